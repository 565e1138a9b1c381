#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

/// What a person is told about one option. Keys are kebab-case and the same in flags, JSON, forms.
struct OptionInfo {
  const char* key;
  const char* label;       ///< marked for translation
  const char* help;        ///< one or two sentences; marked for translation
  const char* unit = "";   ///< "px", "m", "" …
  const char* paper = "";  ///< the paper's value, as text; "" if it has none
};

/// Inclusive limits and the step of a spin box.
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

/// One option as a row of a table: what --help and the documentation print.
struct OptionRow {
  std::string key, label, help, unit, paper;
  std::string type;   ///< number, integer, flag, choice, text, class
  std::string value;  ///< current value as text (the default, for a fresh struct)
  Range range;        ///< number and integer only
  std::vector<std::string> choices;
  ClassKind classKind = ClassKind::semantic;  ///< class only
};

std::vector<OptionRow> optionTable(const Options& options);
nlohmann::json toJson(const Options& options);
/// Sets what `json` names; throws Error for an unknown key, a wrong type or a value out of range,
/// naming the option; `options` is then unchanged.
void fromJson(Options& options, const nlohmann::json& json);
/// Sets one option from text (a command-line flag); same errors.
void setOption(Options& options, const std::string& key, const std::string& value);

}  // namespace uninet
