#include "app/option_flags.h"

#include <CLI/CLI.hpp>
#include <functional>

#include "core/base/error.h"

namespace uninet {
namespace {

using Setter = std::function<void(const std::string& key, const std::string& value)>;

/// "Radius of the ball. (0 to 255 /255, default 2, paper 8)"
std::string helpText(const OptionRow& row) { return row.help + " (" + optionFacts(row) + ")"; }

std::string typeText(const OptionRow& row) {
  if (row.type == "choice") {
    std::string text;
    for (const std::string& key : row.choices) text += (text.empty() ? "" : "|") + key;
    return text;
  }
  if (row.type == "class") return "CLASS";
  if (row.type == "text") return "TEXT";
  std::string text = row.type == "number" ? "NUMBER" : "INTEGER";
  for (const SpecialValue& special : row.specials) text += concat("|", special.name);
  return text;
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
  for (const OptionRow& row : optionTable(options)) {
    if (!added_.insert(row.key).second) continue;
    const bool taken = app.get_option_no_throw("--" + row.key) != nullptr;
    if (taken) throw Error(concat(group, ": --", row.key, " is a flag of the command already"));
    addFlag(app, row, set, group);
  }
}

void DeferredOptionFlags::apply(Options& options) const {
  for (const auto& [key, value] : given_) setOption(options, key, value);
}

}  // namespace uninet
