#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/option_flags.h"
#include "app/plugins.h"
#include "app/sources.h"
#include "attacks/engine/region.h"
#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/outputs/output_folder.h"

namespace uninet {
namespace {

constexpr std::string_view kMask = "mask:";

struct AttackArguments {
  CheckpointArgument checkpoint;
  DataArgument data;
  DeferredOptionFlags flags;
  SessionArgument session;
  std::string image, attack, preset, out;
  std::optional<std::string> region;
  std::int64_t index = -1;
};

std::string attackKeys() {
  std::string keys;
  for (const AttackInfo& info : attacks())
    keys += (keys.empty() ? "" : ", ") + std::string(info.key);
  return keys;
}

const AttackPreset& presetByName(const std::string& name) {
  std::string names;
  for (const AttackPreset& preset : attackPresets()) {
    if (name == preset.name) return preset;
    names += concat(names.empty() ? "\"" : ", \"", preset.name, "\"");
  }
  throw Error(concat("preset: \"", name, "\" is not one of ", names));
}

/// Every attack with its own defaults, limits and the paper's values: flags that attacks share
/// stand only once above.
std::string attackTable() {
  std::string text = "Attacks:\n";
  for (const AttackInfo& info : attacks()) {
    text += concat("  ", info.key, ": ", info.title, ". ", info.help, "\n");
    for (const OptionRow& row : optionTable(*info.makeOptions()))
      text += concat("    --", row.key, ": ", optionFacts(row), "\n");
  }
  return text;
}

std::size_t chosenIndex(const AttackArguments& arguments, const Dataset& data) {
  if (!arguments.image.empty()) return data.indexOf(arguments.image);
  const std::int64_t index = std::max<std::int64_t>(arguments.index, 0);
  if (index >= static_cast<std::int64_t>(data.size()))
    throw Error(
        concat("index: ", index, " is beyond the ", data.size(), " images of ", data.title()));
  return static_cast<std::size_t>(index);
}

void print(const Experiment& experiment) {
  const AttackResult& result = experiment.result;
  std::printf("%s on %s: %d of %d iterations, l\u221e %g, l2 %.1f, %lld pixels changed, %.1f s\n",
              experiment.attack.c_str(), experiment.frame.c_str(), result.iterationsDone,
              result.iterationsPlanned, result.norms.linf, result.norms.l2,
              static_cast<long long>(result.norms.l0), experiment.seconds);
  if (result.cancelled)
    std::printf("stopped at %d of %d iterations: this is the best image so far\n",
                result.iterationsDone, result.iterationsPlanned);
  if (!result.iterations.empty())
    std::printf("objective %.6g \u2192 %.6g\n", result.iterations.front().objective,
                result.iterations.back().objective);
  for (const RatioBar& bar : metricRatios(experiment.cleanMetrics, experiment.attackedMetrics)) {
    const TaskInfo& info = taskInfo(bar.task);
    const std::string ratio = std::isfinite(bar.ratio) ? concat(bar.ratio) : "\u2013";
    if (std::isfinite(bar.clean))
      std::printf("%-24s %-14s %10.4g \u2192 %10.4g   ratio %s\n", info.title, info.metricTitle,
                  bar.clean, bar.attacked, ratio.c_str());
    else
      std::printf("%-24s %-14s \u2013 no ground truth or not predicted\n", info.title,
                  info.metricTitle);
  }
  printNotes(experiment.engineNotes);
  for (const std::string& note : experiment.original.notes) std::printf("note: %s\n", note.c_str());
  for (const std::string& note : result.notes) std::printf("note: %s\n", note.c_str());
  std::printf("diagnostics: %s\n", diagnosticsLine(experiment.diagnostics).c_str());
}

/// What is run: flags before the session before the default.
struct Chosen {
  const AttackInfo* attack = nullptr;
  std::unique_ptr<Options> options;
  std::string preset;  ///< that it still is; empty: none
};

Chosen chosenAttack(const AttackArguments& arguments, const std::optional<Session>& session) {
  Chosen chosen;
  const auto take = [&chosen](const std::string& key, const nlohmann::json& values) {
    chosen.attack = &attackByKey(key);
    chosen.options = chosen.attack->makeOptions();
    fromJson(*chosen.options, values);
  };
  if (!arguments.preset.empty()) {
    const AttackPreset& preset = presetByName(arguments.preset);
    take(preset.attack, nlohmann::json::parse(preset.options));
    chosen.preset = arguments.preset;
  } else if (!arguments.attack.empty() || !session) {
    take(arguments.attack.empty() ? "pgd" : arguments.attack, nlohmann::json::object());
  } else {
    try {
      take(session->attack.key, session->attack.options);
    } catch (const Error& e) {
      throw Error(concat(arguments.session.file, ": ", e.what()));
    }
    chosen.preset = session->attack.preset;
  }
  arguments.flags.apply(*chosen.options);
  bool unchanged = false;
  for (const AttackPreset& preset : attackPresets()) {
    if (chosen.preset != preset.name || std::string(chosen.attack->key) != preset.attack) continue;
    const auto options = chosen.attack->makeOptions();
    fromJson(*options, nlohmann::json::parse(preset.options));
    unchanged = toJson(*options) == toJson(*chosen.options);
  }
  if (!unchanged) chosen.preset.clear();
  return chosen;
}

/// A session of what was given to a command that found none.
Session sessionOf(const AttackArguments& arguments, const Chosen& chosen, const Engine& engine,
                  const std::string& image, const std::string& region) {
  Session session = newSession();
  session.network = arguments.checkpoint.forSession(engine.hash());
  session.data = arguments.data.forSession();
  session.image = image;
  session.attack = {chosen.attack->key, chosen.preset, nlohmann::json::object(), region,
                    arguments.checkpoint.precision()};
  const nlohmann::json defaults = toJson(*chosen.attack->makeOptions());
  const nlohmann::json values = toJson(*chosen.options);
  for (const auto& [key, value] : values.items())
    if (defaults.at(key) != value) session.attack.options[key] = value;
  return session;
}

void attackOne(AttackArguments arguments) {
  if (arguments.out.empty() && arguments.session.file.empty())
    throw CLI::ValidationError("attack: give --out, --session or both");
  const std::optional<Session> session = arguments.session.read();
  bool dataOfSession = false;
  if (session) {
    arguments.checkpoint.takeFrom(session->network);
    dataOfSession = arguments.data.takeFrom(session->data);
    if (!arguments.region) arguments.region = session->attack.region;
    arguments.checkpoint.takePrecision(session->attack.precision);
  }
  const Chosen chosen = chosenAttack(arguments, session);
  std::string region = arguments.region.value_or("");
  if (region.starts_with(kMask))
    region = std::string(kMask) + plainPath(region.substr(kMask.size())).string();

  const Engine engine = arguments.checkpoint.open();
  const auto data = arguments.data.open(engine.spec().size);
  if (dataOfSession && arguments.image.empty() && arguments.index < 0)
    arguments.image = session->image;
  const std::size_t index = chosenIndex(arguments, *data);
  if (!arguments.out.empty()) {
    const OutputFolder out(arguments.out, "report.json", "attack");
    out.refuseInput(arguments.data.data);
    if (region.starts_with(kMask)) out.refuseInput(region.substr(kMask.size()));
  }
  const RawFrame frame = data->load(index);
  const cv::Mat mask = parseRegion(region, resizeSample(makeSample(frame), engine.spec().size));
  // Before the work, so that a file that cannot be written is known of.
  std::optional<RunStore> store;
  if (const std::filesystem::path file = arguments.session.file; !file.empty()) {
    makeFolder(plainPath(file).parent_path());
    store = RunStore::open(runStoreOf(file));
    if (!session) writeSession(sessionOf(arguments, chosen, engine, frame.name, region), file);
  }

  const Experiment experiment = runExperiment(engine, frame, *chosen.attack, *chosen.options,
                                              terminalProgress(chosen.attack->title), mask);
  if (!arguments.out.empty()) writeExperiment(experiment, arguments.out);
  print(experiment);
  if (!arguments.out.empty()) std::printf("written to %s\n", arguments.out.c_str());
  if (store) {
    KeptRun run = keptRunOf(experiment, data->title(), fingerprint(frame), region, chosen.preset);
    run.networkFrom = arguments.checkpoint.forSession(engine.hash());
    run.dataFrom = arguments.data.forSession();
    const std::int64_t id = store->add(run, experiment.sample.image, experiment.result.image);
    std::printf("run %lld in %s\n", static_cast<long long>(id), store->file().c_str());
  }
  // What was reached is written and says that it was stopped; the exit code says it as well.
  if (experiment.result.cancelled) throw Cancelled();
}

}  // namespace

void addAttackCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("attack", "Attacks one image and measures all tasks");
  const auto arguments = std::make_shared<AttackArguments>();
  arguments->checkpoint.add(*command);
  arguments->checkpoint.addPrecision(*command);
  arguments->data.add(*command);
  command->add_option("--image", arguments->image, "Name of the image");
  addNumber<std::int64_t>(*command, "--index", arguments->index,
                          "Or its place in the list (default 0)", 0, kMostImages);
  command->add_option("--attack", arguments->attack, "One of " + attackKeys() + " (default pgd)");
  command->add_option("--preset", arguments->preset,
                      "Settings of the paper by name, e.g. \"Figure 3a \u00b7 semantic\"");
  command->add_option("--region", arguments->region,
                      "Part of the image that may change, in network pixels: box:x0,y0,x1,y1, "
                      "polygon:x,y,x,y,x,y, instance:N or mask:FILE (default: all of it)");
  command
      ->add_option("--out", arguments->out,
                   "Folder for images, outputs and report.json; may be left out with --session")
      ->check(notEmpty());
  arguments->session.add(
      *command,
      "Session file (.json): network, data, image, attack, options, region and precision are taken "
      "from it unless given, and the run is kept with it; made from what is given if it is not "
      "there");
  addPluginFlag(*command);
  for (const AttackInfo& info : attacks())
    arguments->flags.add(*command, *info.makeOptions(), concat("Options of ", info.key));
  command->footer(attackTable());
  command->callback([arguments] { attackOne(*arguments); });
}

}  // namespace uninet
