#include "attacks/sweep/sweep_plan.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/data/weighted_objectives.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

/// "Depth · ε 1", "Hide from depth · person · ε 2": what tells runs apart in tables and legends.
std::string titleOf(const AttackInfo& attack, const Json& options) {
  std::string title = attack.title;
  if (options.contains("objective")) {
    const std::string key = options["objective"];
    if (const std::string label = objectiveLabel(key); !label.empty()) title = label;
    if (key == "custom") title = options["losses"];
    if (std::string(attack.key) != "pgd") title = concat(attack.title, " \u00b7 ", title);
  }
  if (options.contains("category")) title += " \u00b7 " + options["category"].get<std::string>();
  if (options.contains("first"))
    title += concat(" \u00b7 ", options["first"].get<std::string>(), " \u2194 ",
                    options["second"].get<std::string>());
  if (options.contains("head")) title += " \u00b7 " + options["head"].get<std::string>();
  if (options.contains("epsilon") && options["epsilon"].get<double>() >= 0)
    title += concat(" \u00b7 \u03b5 ", options["epsilon"].get<double>());
  if (options.contains("seed") && options["seed"] != 0)
    title += concat(" \u00b7 seed ", options["seed"].dump());
  return title;
}

PlannedRun plannedRun(const std::string& key, const Json& values) {
  const AttackInfo& attack = attackByKey(key);
  const auto options = attack.makeOptions();
  fromJson(*options, values);
  PlannedRun run;
  run.attack = key;
  run.options = toJson(*options).dump();
  run.title = titleOf(attack, toJson(*options));
  run.shapes = key == "dag-detection";
  return run;
}

PlannedRun pgd(const char* objective, double epsilon) {
  return plannedRun("pgd", {{"objective", objective}, {"epsilon", epsilon}});
}

/// The values of a list entry, or the one of the options.
std::vector<Json> listed(const Json& entry, const char* key) {
  if (!entry.contains(key)) return {Json()};
  if (!entry[key].is_array() || entry[key].empty())
    throw Error(concat("\"", key, "\" has to be a list of numbers"));
  return entry[key].get<std::vector<Json>>();
}

constexpr std::array<SweepPreset, 8> kPresets{{
    {"figure3a", "Figure 3a: combined objectives",
     "PGD on the multi-task, semantic and geometric losses, epsilon 1, and controls"},
    {"figure3b", "Figure 3b: single losses",
     "PGD on each of the seven losses and the multi-task loss, epsilon 1"},
    {"table3", "Table 3: people hidden",
     "hiding people from segmentation and from depth, epsilon 2 (Figure 4, Table 3)"},
    {"figure5", "Figures 5 and 6: person and car swapped",
     "swapping person and car in detection (Figures 5 and 6)"},
    {"levels", "Levels: where it breaks",
     "drift and activation patching under both hiding attacks (paper 5.5.1)"},
    {"interaction", "Interaction: who depends on whom",
     "all ten objectives and the gradients of the seven losses"},
    {"epsilon", "Strength: epsilon 0.25 to 32",
     "multi-task, semantic and geometric losses at epsilon 0.25 to 32"},
    {"paper", "Everything in the paper", "all of these but epsilon, in one file"},
}};

/// Those that are not the default of the attack.
std::map<std::string, std::string> changedOptions(const PlannedRun& run) {
  const Json defaults = toJson(*attackByKey(run.attack).makeOptions());
  const Json options = Json::parse(run.options);
  std::map<std::string, std::string> changed;
  const StoredRun stored{0, run.attack, run.options, run.title};
  for (const auto& [key, value] : options.items())
    if (defaults.at(key) != value) changed[key] = optionOf(stored, key);
  return changed;
}

void add(SweepPlan& plan, const SweepPlan& other) {
  plan.cleanGradients = plan.cleanGradients || other.cleanGradients;
  for (const PlannedRun& run : other.runs) {
    const auto same = std::find_if(plan.runs.begin(), plan.runs.end(), [&](const PlannedRun& r) {
      return r.attack == run.attack && r.options == run.options;
    });
    if (same == plan.runs.end()) {
      plan.runs.push_back(run);
      continue;
    }
    same->levels = same->levels || run.levels;
    same->gradients = same->gradients || run.gradients;
    same->pictures = same->pictures || run.pictures;
  }
}

}  // namespace

SweepPlan planFromJson(const std::string& text, const std::string& where) {
  static const std::set<std::string> kPlanKeys{"name", "attacks", "clean-gradients",
                                               "arithmetic-check"};
  static const std::set<std::string> kRunKeys{"attack", "options",   "epsilon", "seed",    "title",
                                              "levels", "gradients", "shapes",  "pictures"};
  const auto known = [&](const Json& object, const char* what, const std::set<std::string>& keys) {
    if (!object.is_object())
      throw Error(concat(what, " has to be an object, found ", object.type_name()));
    for (const auto& [key, value] : object.items())
      if (!keys.contains(key)) throw Error(concat("\"", key, "\" is not known"));
  };
  try {
    const Json json = parseJson(text, "a plan");
    known(json, "a plan", kPlanKeys);
    SweepPlan plan;
    plan.name = json.value("name", "plan");
    plan.cleanGradients = json.value("clean-gradients", false);
    if (json.contains("arithmetic-check")) {
      const Json& check = json["arithmetic-check"];
      if (!check.is_number_unsigned() || check.get<std::uint64_t>() > kMostCheckedImages)
        throw Error(concat("\"arithmetic-check\" has to be a whole number from 0 to ",
                           kMostCheckedImages, ", found ", check.dump()));
      plan.arithmeticCheck = check;
    }
    if (!json.at("attacks").is_array()) throw Error("\"attacks\" has to be a list");
    for (const Json& entry : json.at("attacks")) {
      known(entry, "an attack of a plan", kRunKeys);
      for (const Json& epsilon : listed(entry, "epsilon"))
        for (const Json& seed : listed(entry, "seed")) {
          Json options = entry.value("options", Json::object());
          if (!epsilon.is_null()) options["epsilon"] = epsilon;
          if (!seed.is_null()) options["seed"] = seed;
          PlannedRun run = plannedRun(entry.at("attack"), options);
          run.title = entry.value("title", run.title);
          run.levels = entry.value("levels", false);
          run.gradients = entry.value("gradients", false);
          run.shapes = entry.value("shapes", run.shapes);
          run.pictures = entry.value("pictures", false);
          plan.runs.push_back(run);
        }
    }
    if (plan.runs.empty()) throw Error("\"attacks\" is empty");
    return plan;
  } catch (const Json::exception& e) {
    throw Error(concat(where, " is no plan: ", e.what()));
  } catch (const Error& e) {
    throw Error(concat(where, ": ", e.what()));
  }
}

std::span<const SweepPreset> sweepPresets() { return kPresets; }

SweepPlan presetPlan(const std::string& key) {
  SweepPlan plan;
  plan.name = key;
  if (key == "figure3a") {
    for (const char* objective : {"multi-task", "semantic", "geometric"})
      plan.runs.push_back(pgd(objective, 1));
    for (const char* control : {"noise-uniform", "noise-sign"})
      plan.runs.push_back(plannedRun(control, {{"epsilon", 1}}));
  } else if (key == "figure3b") {
    for (const char* objective : {"multi-task", "cls", "reg", "cent", "seg", "is", "depth", "id"})
      plan.runs.push_back(pgd(objective, 1));
  } else if (key == "table3" || key == "levels") {
    for (const char* attack : {"hide-segmentation", "hide-depth"}) {
      plan.runs.push_back(plannedRun(attack, {{"category", "person"}, {"epsilon", 2}}));
      plan.runs.back().pictures = true;
      plan.runs.back().levels = key == "levels";
    }
  } else if (key == "figure5") {
    plan.runs.push_back(plannedRun("dag-detection", {{"first", "person"}, {"second", "car"}}));
    plan.runs.back().pictures = true;
  } else if (key == "interaction") {
    plan.cleanGradients = true;
    for (const ObjectiveInfo& info : objectives()) plan.runs.push_back(pgd(info.key, 1));
    plan.runs.back().gradients = true;
  } else if (key == "epsilon") {
    for (const char* objective : {"multi-task", "semantic", "geometric"})
      for (const double epsilon : {0.25, 0.5, 1., 2., 4., 8., 16., 32.})
        plan.runs.push_back(pgd(objective, epsilon));
  } else if (key == "paper") {
    for (const char* part : {"figure3a", "figure3b", "table3", "figure5", "levels", "interaction"})
      add(plan, presetPlan(part));
  } else {
    std::string keys;
    for (const SweepPreset& preset : kPresets)
      keys += (keys.empty() ? "" : ", ") + std::string(preset.key);
    throw Error(concat("preset: \"", key, "\" is not one of ", keys));
  }
  return plan;
}

std::vector<StoredRun> storedRuns(const SweepPlan& plan) {
  std::vector<StoredRun> runs{{0, "", "{}", "clean"}};
  for (const PlannedRun& run : plan.runs)
    runs.push_back({static_cast<std::int64_t>(runs.size()), run.attack, run.options, run.title,
                    changedOptions(run)});
  return runs;
}

std::string planHash(const SweepPlan& plan) {
  Json json{{"clean-gradients", plan.cleanGradients}, {"runs", Json::array()}};
  for (const PlannedRun& run : plan.runs)
    json["runs"].push_back(
        {run.attack, run.options, run.title, run.levels, run.gradients, run.shapes, run.pictures});
  const std::string text = json.dump();
  Sha256 hash;
  hash.add(text.data(), text.size());
  return hash.finish();
}

}  // namespace uninet
