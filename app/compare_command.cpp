#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "app/sweep_output.h"
#include "attacks/sweep/compare.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/results/attacked_trees.h"

namespace uninet {
namespace {

struct CompareArguments {
  CheckpointArgument checkpoint;
  std::string clean, attacked, split = "val", labels = "auto", title, out, exported;
  std::int64_t limit = 0;
  double depthUnit = 0;
  const CLI::Option* splitOption = nullptr;
  BootstrapArgument bootstrap;
};

/// What the attacked folder says of itself, or else what is said of it here.
StoredRun runOf(const CompareArguments& arguments) {
  StoredRun run;
  if (const auto found = attackOfTree(arguments.attacked))
    run = *found;
  else
    run = {1, kOutsideAttack, "{}", plainPath(arguments.attacked).filename().string()};
  if (!arguments.title.empty()) run.title = arguments.title;
  return run;
}

void compare(const CompareArguments& arguments) {
  const Engine engine = arguments.checkpoint.open();
  printNotes(engine.notes());
  const bool given = arguments.splitOption->count() > 0;
  const auto open = [&](const std::string& path) {
    const bool splits = hasSplits(path);
    return openDataset(path, {arguments.split, given && splits, parseLabelChoice(arguments.labels),
                              arguments.depthUnit});
  };
  const auto clean = open(arguments.clean), attacked = open(arguments.attacked);
  const std::filesystem::path out = arguments.out, file = out / "results.sqlite";
  prepareOutput(out);
  const CompareSummary summary =
      runCompare(engine, *clean, *attacked, runOf(arguments),
                 static_cast<std::size_t>(arguments.limit), file, terminalProgress("compare"));
  for (const auto& [name, why] : summary.leftOut)
    std::printf("left out: %s: %s\n", name.c_str(), why.c_str());
  printNotes(summary.notes);
  if (summary.measured == 0) std::printf("nothing was left to do\n");
  const SweepReport report =
      reportOf(ResultStore::open(file), arguments.bootstrap.options, terminalProgress("intervals"));
  printRatios(report);
  std::printf("results in %s\n", file.c_str());
  exportReport(report, out, arguments.exported);
  if (!summary.leftOut.empty())
    throw Error(concat(summary.leftOut.size(), " images were left out, see above"));
}

}  // namespace

void addCompareCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "compare", "Measures a split that was attacked elsewhere beside its clean one");
  const auto arguments = std::make_shared<CompareArguments>();
  arguments->checkpoint.add(*command);
  command
      ->add_option("--clean", arguments->clean,
                   "Cityscapes or NYUv2 tree, or folder: clean images and the ground truth of both")
      ->required()
      ->check(notEmpty());
  command
      ->add_option("--attacked", arguments->attacked,
                   "The same with attacked images of the same names, of the network's size or of "
                   "the clean images'; ground truth is not needed")
      ->required()
      ->check(notEmpty());
  arguments->splitOption =
      command->add_option("--split", arguments->split, "Split of both trees (default val)");
  command
      ->add_option("--labels", arguments->labels,
                   "What the label images of a tree hold: label-ids, train-ids, or auto (default)")
      ->check(CLI::IsMember({"auto", "label-ids", "train-ids"}));
  addNumber(*command, "--depth-unit", arguments->depthUnit,
            "Metres of one unit of NYUv2's depth files (default: 0.001 of PNG, 1 of .npy)",
            kSmallestDepthUnit, kLargestDepthUnit);
  command
      ->add_option("--title", arguments->title,
                   "How tables and figures call the attack (default: as its attack.json says, else "
                   "the name of the folder)")
      ->check(notEmpty());
  addNumber<std::int64_t>(*command, "--limit", arguments->limit, "At most so many images; 0: all",
                          0, kMostImages);
  command
      ->add_option("--out", arguments->out,
                   "Folder of results.sqlite, which \"uninet figures\" and the window take; the "
                   "same command goes on with it")
      ->required()
      ->check(notEmpty());
  command->add_option("--export", arguments->exported, "Also writes results.csv or results.json")
      ->check(CLI::IsMember({"csv", "json"}));
  arguments->bootstrap.add(*command);
  command->callback([arguments] { compare(*arguments); });
}

}  // namespace uninet
