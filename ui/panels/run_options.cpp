#include "ui/panels/run_options.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "core/base/numbers.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

/// What values are called.
struct Words {
  Q_DECLARE_TR_FUNCTIONS(uninet::RunOptions)
};

std::string textOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return numberText(value.get<double>());
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// The options of an attack with the values of a run: what the run says stands as it is, even where
/// the attack would refuse it today.
class Reader : public OptionVisitor {
 public:
  explicit Reader(const KeptRun& run) : run_(run) {
    const Json json = Json::parse(run.options, nullptr, false);
    if (json.is_object()) json_ = json;
  }

  void number(const OptionInfo& info, double& value, const Range&) override {
    addNumber(info, numberText(value));
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range&) override {
    addNumber(info, std::to_string(value));
  }
  void flag(const OptionInfo& info, bool& value) override {
    RunOption& option = add(info, value ? "true" : "false");
    option.shown = option.value == "true" ? Words::tr("on") : Words::tr("off");
  }
  void choice(const OptionInfo& info, std::string& value,
              std::span<const Choice> choices) override {
    RunOption& option = add(info, value);
    for (const Choice& choice : choices)
      if (option.value == choice.key) option.shown = labelText(choice.label);
  }
  void text(const OptionInfo& info, std::string& value) override { add(info, value); }
  void className(const OptionInfo& info, std::string& value, ClassKind) override {
    RunOption& option = add(info, value);
    option.isClass = true;
    option.shown = labelText(option.value.c_str());
  }

  std::vector<RunOption> finish() {
    for (const auto& [key, value] : json_.items())
      if (findOption(options_, key) == nullptr) {
        RunOption option;
        option.key = key;
        option.label = option.within = QString::fromStdString(key);
        option.value = textOf(value);
        option.shown = QString::fromStdString(option.value);
        options_.push_back(std::move(option));
      }
    return std::move(options_);
  }

 private:
  RunOption& add(const OptionInfo& info, const std::string& preset) {
    const auto found = json_.find(info.key);
    RunOption option;
    option.key = info.key;
    option.label = labelText(info.label);
    option.within = labelWithin(info.label);
    option.value = found == json_.end() ? preset : textOf(*found);
    option.shown = QString::fromStdString(option.value);
    return options_.emplace_back(std::move(option));
  }

  void addNumber(const OptionInfo& info, const std::string& preset) {
    RunOption& option = add(info, preset);
    option.number = parseNumber<double>(option.value);
    if (!option.number) return;
    const std::string key = info.key;
    if (*option.number < 0 && key == "epsilon") {
      option.shown = Words::tr("unlimited");
    } else if (*option.number < 0 && key == "iterations") {
      option.shown = Words::tr("auto (%1)").arg(shownNumber(qint64{run_.facts.iterationsPlanned}));
    } else {
      option.shown = shownNumber(*option.number, 'g', QLocale::FloatingPointShortest);
      if (*info.unit != '\0') option.shown += QLatin1Char(' ') + labelText(info.unit);
    }
  }

  const KeptRun& run_;
  Json json_ = Json::object();
  std::vector<RunOption> options_;
};

}  // namespace

std::vector<RunOption> runOptions(const KeptRun& run) {
  Reader reader(run);
  if (const AttackInfo* attack = findAttack(run.attack)) attack->makeOptions()->describe(reader);
  return reader.finish();
}

const RunOption* findOption(const std::vector<RunOption>& options, const std::string& key) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const RunOption& option) { return option.key == key; });
  return found == options.end() ? nullptr : &*found;
}

QString attackTitle(const KeptRun& run) {
  const AttackInfo* attack = findAttack(run.attack);
  return attack == nullptr ? QString::fromStdString(run.attack) : labelText(attack->title);
}

QString networkText(const KeptRun& run) {
  const QString name = networkName(run.network);
  return run.attackedOn.empty() ? name
                                : networkName(run.attackedOn) + QStringLiteral(" \u2192 ") + name;
}

QString labelWithin(const char* label) {
  QString text = labelText(label);
  if (text == QString::fromUtf8(label) && text.size() > 1 && !text[1].isUpper())
    text[0] = text[0].toLower();
  return text;
}

QString regionText(const std::string& region) {
  const std::size_t colon = region.find(':');
  const std::string kind = region.substr(0, colon),
                    rest = colon == std::string::npos ? "" : region.substr(colon + 1);
  const QString shown = QString::fromStdString(rest);
  if (region.empty()) return Words::tr("whole image");
  if (kind == "box") return Words::tr("box %1").arg(shown);
  if (kind == "polygon")
    return Words::tr("polygon of %1 corners")
        .arg(shownNumber(qint64{std::count(rest.begin(), rest.end(), ',') + 1} / 2));
  if (kind == "instance") return Words::tr("object %1").arg(shown);
  if (kind == "mask")
    return Words::tr("mask %1").arg(
        QString::fromStdString(std::filesystem::path(rest).filename().string()));
  return QString::fromStdString(region);
}

}  // namespace uninet
