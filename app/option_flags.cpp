#include "app/option_flags.h"

#include <CLI/CLI.hpp>
#include <functional>

#include "core/base/numbers.h"

namespace uninet {
namespace {

using Setter = std::function<void(const std::string& key, const std::string& value)>;

std::string shortNumber(double value) {
  std::string text = fixedText(value, 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// "Radius of the ball. 0 to 255 /255, default 2, paper 8"
std::string helpText(const OptionRow& row) {
  std::string facts;
  const auto fact = [&facts](const std::string& text) {
    facts += (facts.empty() ? "" : ", ") + text;
  };
  if (row.type == "number" || row.type == "integer")
    fact(shortNumber(row.range.min) + " to " + shortNumber(row.range.max) +
         (row.unit.empty() ? "" : " " + row.unit));
  else if (!row.unit.empty())
    fact("in " + row.unit);
  fact("default " + (row.value.empty() ? "none" : row.value));
  if (!row.paper.empty()) fact("paper " + row.paper);
  return row.help + " (" + facts + ")";
}

std::string typeText(const OptionRow& row) {
  if (row.type == "choice") {
    std::string text;
    for (const std::string& key : row.choices) text += (text.empty() ? "" : "|") + key;
    return text;
  }
  if (row.type == "class") return "CLASS";
  return row.type == "number" ? "NUMBER" : row.type == "integer" ? "INTEGER" : "TEXT";
}

void addFlag(CLI::App& app, const OptionRow& row, const Setter& set, const std::string& group) {
  const std::string key = row.key;
  if (row.type == "flag") {
    app.add_flag_function(
           "--" + key + ",!--no-" + key,
           [set, key](std::int64_t count) { set(key, count > 0 ? "true" : "false"); },
           helpText(row))
        ->group(group);
    return;
  }
  app.add_option_function<std::string>(
         "--" + key, [set, key](const std::string& value) { set(key, value); }, helpText(row))
      ->type_name(typeText(row))
      ->group(group);
}

}  // namespace

void DeferredOptionFlags::add(CLI::App& app, const Options& options, const std::string& group) {
  const Setter set = [this](const std::string& key, const std::string& value) {
    given_[key] = value;
  };
  for (const OptionRow& row : optionTable(options))
    if (added_.insert(row.key).second) addFlag(app, row, set, group);
}

void DeferredOptionFlags::apply(Options& options) const {
  for (const auto& [key, value] : given_) setOption(options, key, value);
}

}  // namespace uninet
