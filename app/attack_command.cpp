#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/option_flags.h"
#include "app/sources.h"
#include "attacks/engine/region.h"
#include "attacks/sweep/experiment.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/outputs/output_folder.h"

namespace uninet {
namespace {

struct AttackArguments {
  CheckpointArgument checkpoint;
  DataArgument data;
  DeferredOptionFlags flags;
  std::string image, attack = "pgd", preset, region, out;
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
    for (const OptionRow& row : optionTable(*info.makeOptions())) {
      text += concat("    --", row.key, " ", row.value.empty() ? "\"\"" : row.value);
      if (!row.unit.empty()) text += " " + row.unit;
      if (row.type == "number" || row.type == "integer")
        text += concat(", ", row.range.min, " to ", row.range.max);
      if (!row.paper.empty()) text += ", paper: " + row.paper;
      text += "\n";
    }
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

void print(const Experiment& experiment, const std::string& out) {
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
  std::printf("written to %s\n", out.c_str());
}

void attackOne(const AttackArguments& arguments) {
  std::string key = arguments.attack;
  std::string values;
  if (!arguments.preset.empty()) {
    const AttackPreset& preset = presetByName(arguments.preset);
    key = preset.attack;
    values = preset.options;
  }
  const AttackInfo& attack = attackByKey(key);
  const auto options = attack.makeOptions();
  if (!values.empty()) fromJson(*options, nlohmann::json::parse(values));
  arguments.flags.apply(*options);

  const Engine engine = arguments.checkpoint.open();
  const auto data = arguments.data.open(engine.spec().size);
  const std::size_t index = chosenIndex(arguments, *data);
  {
    const OutputFolder out(arguments.out, "report.json", "attack");
    out.refuseInput(arguments.data.data);
    if (constexpr std::string_view kMask = "mask:"; arguments.region.starts_with(kMask))
      out.refuseInput(arguments.region.substr(kMask.size()));
  }
  const RawFrame frame = data->load(index);
  const Experiment experiment = runExperiment(
      engine, frame, attack, *options, terminalProgress(attack.title),
      parseRegion(arguments.region, resizeSample(makeSample(frame), engine.spec().size)));
  writeExperiment(experiment, arguments.out);
  print(experiment, arguments.out);
  // What was reached is written and says that it was stopped; the exit code says it as well.
  if (experiment.result.cancelled) throw Cancelled();
}

}  // namespace

void addAttackCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("attack", "Attacks one image and measures all tasks");
  const auto arguments = std::make_shared<AttackArguments>();
  arguments->checkpoint.add(*command);
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
  command->add_option("--out", arguments->out, "Folder for images, outputs and report.json")
      ->required();
  for (const AttackInfo& info : attacks())
    arguments->flags.add(*command, *info.makeOptions(), concat("Options of ", info.key));
  command->footer(attackTable());
  command->callback([arguments] { attackOne(*arguments); });
}

}  // namespace uninet
