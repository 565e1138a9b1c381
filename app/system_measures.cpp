#include "app/system_measures.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/device_flag.h"
#include "app/own_command.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/numbers.h"
#include "model/engine/evaluate.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"

namespace uninet {
namespace {

/// How long a kept measurement was allowed to take.
constexpr const char* kMostSeconds = "most_seconds";

using Json = nlohmann::json;

/// What an earlier call kept, if it was measured under the same settings.
std::optional<Json> kept(const std::filesystem::path& file, const Json& settings) {
  if (!isFile(file)) return std::nullopt;
  try {
    const Json json = parseJson(readTextFile(file), file.string());
    if (json.at("settings") == settings) return json.at("result");
    logInfo(concat(file.string(), " was measured under other settings and is measured anew"));
  } catch (const std::exception& error) {
    logWarning(concat(file.string(), " is not taken: ", error.what()));
  }
  return std::nullopt;
}

void keep(const std::filesystem::path& file, const Json& settings, const Json& result) {
  writeTextFile(file, Json{{"settings", settings}, {"result", result}}.dump(1) + "\n");
}

/// "a, b and 2 more"; what stands in a table's note.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool isCheckpoint(const std::filesystem::path& file) {
  const std::string end = file.extension().string();
  return end == ".pth" || end == ".pt" || end == ".safetensors";
}

std::int64_t gigaMacs(const SystemMeasures& system) {
  return std::max<std::int64_t>(1, system.cost.ptflopsMacs / 1'000'000'000);
}

}  // namespace

SystemMeasurer::SystemMeasurer(std::filesystem::path folder, std::string threads)
    : folder_(std::move(folder)), threads_(std::move(threads)) {
  prepareOutput(folder_);
}

PassCost SystemMeasurer::timed(const SystemMeasures& system, bool plan, double mostSeconds,
                               const std::function<void()>& tick) const {
  const NetworkSpec& spec = system.spec;
  const std::string name = concat(system.system->key, "-", spec.classes->key, "-",
                                  sizeText(spec.size), plan ? "-plan" : "");
  const std::filesystem::path file = folder_ / (name + ".json");
  const Json settings{{"program", UNINET_VERSION},
                      {"processor", processorName()},
                      {"device", deviceText(chosenDevice())},
                      {"parameters", system.cost.parameters}};
  const RepeatOptions repeat;
  if (const auto json = kept(file, settings)) {
    PassCost cost = passCostFrom(*json);
    // Longer than before only where the median is not known yet.
    if (cost.time.seconds.uncertainty() <= repeat.uncertainty ||
        json->value(kMostSeconds, 0.0) >= mostSeconds)
      return cost;
  }
  std::vector<std::string> arguments{"profile",
                                     "--network",
                                     spec.network,
                                     "--dataset",
                                     spec.classes->key,
                                     "--tasks",
                                     spec.tasks.text(),
                                     "--neck",
                                     neckName(spec.neck),
                                     "--size",
                                     sizeText(spec.size),
                                     "--most-seconds",
                                     numberText(mostSeconds),
                                     "--arithmetic",
                                     plan ? "plan" : "libtorch",
                                     "--time",
                                     "--json"};
  if (deviceGiven()) arguments.insert(arguments.begin(), {"--device", chosenDevice()});
  if (!threads_.empty()) arguments.insert(arguments.begin(), {"--threads", threads_});
  const TemporaryFolder own(folder_ / name);
  const std::filesystem::path out = own.path / "out.json";
  const OwnOutcome outcome = runOwnCommand(arguments, out, own.path / "errors.txt", tick);
  if (!outcome.problem.empty()) {
    tick();  // it may have been stopped together with this program
    throw Error(outcome.problem);
  }
  Json result = parseJson(readTextFile(out), out.string()).at("time");
  result[kMostSeconds] = mostSeconds;
  PassCost cost = passCostFrom(result);
  keep(file, settings, result);
  return cost;
}

void SystemMeasurer::measureCosts(std::vector<SystemMeasures>& systems, double mostSeconds,
                                  const Progress& progress) const {
  std::int64_t total = 0, done = 0;
  for (const SystemMeasures& system : systems) total += gigaMacs(system);
  for (SystemMeasures& system : systems) {
    const auto tick = [&] { progress.step(done, total, concat("G MACs; ", system.system->title)); };
    tick();
    try {
      system.pass = timed(system, false, mostSeconds, tick);
      if (system.pass->hasPlan) system.compiled = timed(system, true, mostSeconds, tick);
    } catch (const Cancelled&) {
      throw;
    } catch (const std::exception& error) {
      system.problems.push_back(concat("it could not be timed: ", sentenceOf(error)));
      logWarning(concat(system.system->title, ": ", system.problems.back()));
    }
    done += gigaMacs(system);
  }
  progress.step(total, total, "G MACs");
}

void SystemMeasurer::findCheckpoints(std::vector<SystemMeasures>& systems,
                                     const std::filesystem::path& folder, const Progress& progress,
                                     std::vector<std::string>& others) {
  std::vector<std::filesystem::path> files = filesBelow(folder);
  std::erase_if(files, [](const auto& file) { return !isCheckpoint(file); });
  if (files.empty())
    throw Error(
        concat(folder.string(), ": expected checkpoints (.pth, .pt, .safetensors), found none"));
  std::map<const SystemMeasures*, std::vector<std::string>> several;
  for (std::size_t i = 0; i < files.size(); ++i) {
    progress.step(static_cast<std::int64_t>(i), static_cast<std::int64_t>(files.size()),
                  files[i].filename().string());
    std::optional<NetworkSpec> spec;
    try {
      spec = recogniseNetwork(openCheckpoint(files[i]), files[i]);
    } catch (const Error& error) {
      others.emplace_back(error.what());
      continue;
    }
    const auto found = std::find_if(systems.begin(), systems.end(), [&](const auto& system) {
      return spec && system.system->matches(*spec) &&
             sameClasses(spec->classes, system.spec.classes);
    });
    if (found == systems.end()) {
      others.push_back(concat(files[i].string(), ": ",
                              spec ? concat("it is none of this table (", specText(*spec), ", ",
                                            spec->classes->title, ")")
                                   : std::string("it fits no network that is known here")));
      continue;
    }
    several[&*found].push_back(files[i].string());
    found->checkpoint = files[i];
  }
  for (SystemMeasures& system : systems)
    if (const auto& names = several[&system]; names.size() > 1) {
      system.checkpoint.clear();
      system.problems.push_back(
          concat("several checkpoints fit it, leave one of them in the folder: ", joined(names)));
    }
}

void SystemMeasurer::evaluate(SystemMeasures& system,
                              const std::function<std::unique_ptr<Dataset>(cv::Size)>& open,
                              const std::string& dataText, std::size_t limit,
                              const Progress& progress) const {
  const Engine engine = Engine::open(system.checkpoint).onDevice(chosenDevice());
  const Json settings{{"program", UNINET_VERSION},
                      {"checkpoint", engine.identity()},
                      {"data", dataText},
                      {"limit", limit},
                      {"arithmetic", engine.arithmetic()}};
  const std::filesystem::path file = folder_ / concat(system.system->key, "-metrics.json");
  auto result = kept(file, settings);
  if (!result) {
    const auto data = open(engine.spec().size);
    const Evaluation found = evaluateDataset(engine, *data, limit, progress);
    std::vector<std::string> notes = engine.notes();
    for (const std::string& line : found.notes.lines()) notes.push_back(line);
    std::vector<std::string> leftOut;
    for (const auto& [name, why] : found.leftOut)
      leftOut.push_back(concat(name, " is left out: ", why));
    Json metrics = Json::object();
    for (const auto& [key, value] : found.metrics.values) metrics[key] = numberOrNull(value);
    result = Json{{"metrics", metrics},
                  {"images", found.metrics.images},
                  {"data", data->title()},
                  {"notes", notes},
                  {"left_out", leftOut}};
    // Images that could not be read are tried again.
    if (leftOut.empty()) keep(file, settings, *result);
  }
  for (const auto& [key, value] : result->at("metrics").items())
    system.metrics[key] = numberOrNone(value);
  system.notes = result->at("notes").get<std::vector<std::string>>();
  for (const auto& one : result->at("left_out")) system.problems.push_back(one.get<std::string>());
  system.checkpointText =
      concat(system.checkpoint.filename().string(), ", width ", numberText(engine.spec().width),
             ", ", sizeText(engine.spec().size), ", ", wholeOf(result->at("images"), 0, 1LL << 40),
             " images of ", result->at("data").get<std::string>());
}

void SystemMeasurer::measureMetrics(std::vector<SystemMeasures>& systems,
                                    const std::function<std::unique_ptr<Dataset>(cv::Size)>& open,
                                    const std::string& dataText, std::size_t limit,
                                    const Progress& progress) const {
  // In thousandths of a system, weighted by its costs.
  constexpr std::int64_t kParts = 1000;
  std::int64_t total = 0, before = 0;
  for (const SystemMeasures& system : systems)
    if (!system.checkpoint.empty()) total += gigaMacs(system) * kParts;
  std::atomic<bool> stop{false};
  for (SystemMeasures& system : systems) {
    if (system.checkpoint.empty()) continue;
    const std::int64_t weight = gigaMacs(system) * kParts;
    // Passes the wish to stop on, which the inner progress cannot see.
    const Progress inner(
        [&](const ProgressReport& report) {
          progress.report(before + weight * report.done / std::max<std::int64_t>(1, report.total),
                          total, concat("parts; ", system.system->title));
          if (progress.stopRequested()) stop = true;
        },
        &stop);
    try {
      evaluate(system, open, dataText, limit, inner);
    } catch (const Cancelled&) {
      throw;
    } catch (const std::exception& error) {
      system.problems.push_back(concat("it could not be evaluated: ", sentenceOf(error)));
      logWarning(concat(system.system->title, ": ", system.problems.back()));
    }
    before += weight;
  }
  progress.step(total, total, "parts");
}

}  // namespace uninet
