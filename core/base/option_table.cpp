#include <algorithm>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/base/options.h"

namespace uninet {
namespace {

class TableVisitor : public OptionVisitor {
 public:
  std::vector<OptionRow> rows;

  void number(const OptionInfo& info, double& value, const Range& range) override {
    add(info, "number", numberText(value)).range = range;
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range& range) override {
    add(info, "integer", std::to_string(value)).range = range;
  }
  void flag(const OptionInfo& info, bool& value) override {
    add(info, "flag", value ? "true" : "false");
  }
  void choice(const OptionInfo& info, std::string& value,
              std::span<const Choice> choices) override {
    OptionRow& row = add(info, "choice", value);
    for (const Choice& choice : choices) {
      row.choices.emplace_back(choice.key);
      row.choiceLabels.emplace_back(choice.label);
    }
  }
  void text(const OptionInfo& info, std::string& value) override { add(info, "text", value); }
  void className(const OptionInfo& info, std::string& value, ClassKind kind) override {
    add(info, "class", value).classKind = kind;
  }

 private:
  OptionRow& add(const OptionInfo& info, const char* type, std::string value) {
    OptionRow row;
    row.key = info.key;
    row.label = info.label;
    row.help = info.help;
    row.unit = info.unit;
    row.paper = info.paper;
    row.type = type;
    row.value = std::move(value);
    row.advanced = info.advanced;
    row.specials = info.specials;
    row.onlyWhere = info.onlyWhere;
    row.onlyValue = info.onlyValue;
    row.fullScale = info.fullScale;
    row.measuredBy = info.measuredBy;
    row.marks = info.marks;
    return rows.emplace_back(std::move(row));
  }
};

const OptionRow* rowOf(const std::vector<OptionRow>& rows, const std::string& key) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&key](const OptionRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

/// An option that decides over another may itself have no effect. No chain is longer than the
/// table.
bool applies(const std::vector<OptionRow>& rows, const OptionRow& row) {
  const OptionRow* current = &row;
  for (std::size_t i = 0; i < rows.size() && !current->onlyWhere.empty(); ++i) {
    const OptionRow* deciding = rowOf(rows, current->onlyWhere);
    if (deciding == nullptr || deciding->value != current->onlyValue) return false;
    current = deciding;
  }
  return true;
}

/// Without an exponent: limits are round numbers.
std::string shortNumber(double value) {
  std::string text = fixedText(value, 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

OptionInfo with(OptionInfo info, const auto& change) {
  change(info);
  return info;
}

}  // namespace

OptionInfo OptionInfo::inAdvanced() const {
  return with(*this, [](OptionInfo& info) { info.advanced = true; });
}

OptionInfo OptionInfo::where(const char* choiceKey, const char* choiceValue) const {
  return with(*this, [=](OptionInfo& info) {
    info.onlyWhere = choiceKey;
    info.onlyValue = choiceValue;
  });
}

OptionInfo OptionInfo::withSpecial(SpecialValue special) const {
  return with(*this, [&special](OptionInfo& info) { info.specials.push_back(std::move(special)); });
}

OptionInfo OptionInfo::ofScale(double full, const char* measuringChoice) const {
  return with(*this, [=](OptionInfo& info) {
    info.fullScale = full;
    info.measuredBy = measuringChoice;
  });
}

OptionInfo OptionInfo::withMarks(std::vector<double> values) const {
  return with(*this, [&values](OptionInfo& info) { info.marks = std::move(values); });
}

const SpecialValue* OptionRow::special() const {
  const auto number = parseNumber<double>(value);
  if (!number) return nullptr;
  const auto found =
      std::find_if(specials.begin(), specials.end(),
                   [&number](const SpecialValue& one) { return one.value == *number; });
  return found == specials.end() ? nullptr : &*found;
}

std::string OptionRow::shown() const {
  if (const SpecialValue* named = special()) return specialText(*named);
  return value.empty() ? "none" : value;
}

std::string specialText(const SpecialValue& special) {
  std::string text = special.label;
  for (std::size_t i = 0; i < special.means.size(); ++i) {
    const std::string place = concat("%", i + 1);
    if (const std::size_t at = text.find(place); at != std::string::npos)
      text.replace(at, place.size(), numberText(special.means[i]));
  }
  return text;
}

std::vector<OptionRow> optionTable(const Options& options) {
  TableVisitor visitor;
  options.clone()->describe(visitor);
  for (OptionRow& row : visitor.rows) row.applies = applies(visitor.rows, row);
  return std::move(visitor.rows);
}

std::string optionFacts(const OptionRow& row) {
  std::string facts;
  const auto fact = [&facts](const std::string& text) {
    facts += (facts.empty() ? "" : ", ") + text;
  };
  const std::string unit = row.unit.empty() ? "" : " " + row.unit;
  if (row.type == "number" || row.type == "integer")
    fact(concat(shortNumber(row.range.min), " to ", shortNumber(row.range.max), unit));
  else if (!row.unit.empty())
    fact("in" + unit);
  for (const SpecialValue& special : row.specials)
    fact(concat("or ", special.name, " (", shortNumber(special.value), ")"));
  if (row.fullScale > 0) fact(concat("2 = 2/", shortNumber(row.fullScale)));
  fact("default " + row.shown());
  if (!row.paper.empty()) fact("paper " + row.paper);
  if (!row.onlyWhere.empty()) fact(concat("only where ", row.onlyWhere, " is ", row.onlyValue));
  if (row.advanced) fact("advanced");
  return facts;
}

}  // namespace uninet
