#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

/// A value with a name of its own, within the limits or outside them: "auto", "unlimited", "never".
struct SpecialValue {
  double value = 0;
  const char* name = "";   ///< kebab-case; flags and JSON take it in place of the value
  const char* label = "";  ///< marked for translation; %1, %2 … stand for `means`
  /// What the value comes to with the options as they are: −1 steps are 5 of size 1.
  std::vector<double> means = {};
};

/// What a person is told about one option. Keys are kebab-case and the same in flags, JSON, forms.
struct OptionInfo {
  const char* key;
  const char* label;                        ///< marked for translation
  const char* help;                         ///< one or two sentences; marked for translation
  const char* unit = "";                    ///< "px", "m", "" …
  const char* paper = "";                   ///< the paper's value, as text; "" if it has none
  bool advanced = false;                    ///< most people leave it alone
  std::vector<SpecialValue> specials = {};  ///< number and integer only
  /// It has an effect only where the choice or flag of this key has this value; "": everywhere.
  const char* onlyWhere = "";
  const char* onlyValue = "";
  double fullScale = 0;            ///< 255: a value of 2 is 2/255; 0: the unit says it all
  const char* measuredBy = "";     ///< key of the choice that says what the value measures
  std::vector<double> marks = {};  ///< values worth marking on a scale, ascending

  // Each returns a copy that also says this.
  OptionInfo inAdvanced() const;
  OptionInfo where(const char* choiceKey, const char* choiceValue) const;
  OptionInfo withSpecial(SpecialValue special) const;
  OptionInfo ofScale(double full, const char* measuringChoice) const;
  OptionInfo withMarks(std::vector<double> values) const;
};

/// Inclusive limits and the step of a spin box. Special values may lie outside.
struct Range {
  double min = 0;
  double max = 1;
  double step = 1;
};

struct Choice {
  const char* key;    ///< value in flags and JSON
  const char* label;  ///< marked for translation
};

/// Classes of the segmentation, or those that have instances.
enum class ClassKind { semantic, instance };

/// Visits every option of a struct once: the form, the flags, the JSON reader and writer, the
/// validation and the documentation table are visitors.
class OptionVisitor {
 public:
  virtual ~OptionVisitor() = default;
  virtual void number(const OptionInfo& info, double& value, const Range& range) = 0;
  virtual void integer(const OptionInfo& info, std::int64_t& value, const Range& range) = 0;
  virtual void flag(const OptionInfo& info, bool& value) = 0;
  virtual void choice(const OptionInfo& info, std::string& value,
                      std::span<const Choice> choices) = 0;
  virtual void text(const OptionInfo& info, std::string& value) = 0;
  /// The name of a class of the data. Which there are is known only when a network is open, so it
  /// is a text, checked by whoever uses it; a form may offer the names.
  virtual void className(const OptionInfo& info, std::string& value, ClassKind) {
    text(info, value);
  }
};

/// Base of every parameter struct: members with defaults and one describe().
struct Options {
  virtual ~Options() = default;
  virtual void describe(OptionVisitor& visitor) = 0;
  virtual std::unique_ptr<Options> clone() const = 0;
};

/// Implements clone() for `Derived`.
template <class Derived>
struct OptionsOf : Options {
  std::unique_ptr<Options> clone() const override {
    return std::make_unique<Derived>(static_cast<const Derived&>(*this));
  }
};

/// One option as a row of a table: what --help, forms and the documentation are made from.
struct OptionRow {
  std::string key, label, help, unit, paper;
  std::string type;   ///< number, integer, flag, choice, text, class
  std::string value;  ///< current value as text (the default, for a fresh struct)
  Range range;        ///< number and integer only
  std::vector<std::string> choices, choiceLabels;
  ClassKind classKind = ClassKind::semantic;  ///< class only
  bool advanced = false;
  std::vector<SpecialValue> specials;
  std::string onlyWhere, onlyValue;
  bool applies = true;  ///< onlyWhere has its value, and applies itself
  double fullScale = 0;
  std::string measuredBy;
  std::vector<double> marks;

  /// The special value that `value` is; nullptr: an ordinary one.
  const SpecialValue* special() const;
  /// `value` for a reader: "5", "auto (5 of size 1)", "none" for an empty text.
  std::string shown() const;
};

std::vector<OptionRow> optionTable(const Options& options);
/// Limits, unit, special values, default, the paper's value and where it counts, on one line:
/// "0 to 255 px, 2 = 2/255, default 1, paper 8". For a row of fresh options.
std::string optionFacts(const OptionRow& row);
/// The label of a special value with what it comes to: "auto (5 of size 1)".
std::string specialText(const SpecialValue& special);
/// What differs between two sets of values of one struct, as `options` has it; for fromJson().
nlohmann::json changedOptions(const Options& options, const Options& defaults);
nlohmann::json toJson(const Options& options);
/// Sets what `json` names, special values also by name; throws Error for an unknown key, a wrong
/// type or a value out of range, naming the option; `options` is then unchanged.
void fromJson(Options& options, const nlohmann::json& json);
/// Sets one option from text (a command-line flag); same errors.
void setOption(Options& options, const std::string& key, const std::string& value);

}  // namespace uninet
