#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/plugins.h"
#include "app/sources.h"
#include "app/sweep_output.h"
#include "app/version_text.h"
#include "attacks/sweep/ranked_sweep.h"
#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/launcher.h"
#include "core/base/numbers.h"
#include "core/results/attacked_trees.h"
#include "core/results/merge.h"
#include "core/results/shard.h"
#include "core/results/sweep_report.h"
#include "model/engine/image_batch.h"

namespace uninet {
namespace {

struct SweepArguments {
  CheckpointArgument checkpoint;
  DataArgument data;
  SessionArgument session;
  std::string plan, preset, out, exported, saveImages;
  std::int64_t limit = 0;
  Shard shard;
  bool alone = false;  ///< whatever launcher there is
  double leaseSeconds = 30;
  int arithmeticCheck = -1;  ///< as the plan says
  int batch = 0;             ///< images; 0: as many as a card has room for
  BootstrapArgument bootstrap;
};

void print(const SweepSummary& summary) {
  for (const auto& [name, why] : summary.leftOut)
    std::printf("left out: %s: %s\n", name.c_str(), why.c_str());
  printNotes(summary.notes);
  if (!summary.unchecked.empty()) std::printf("note: %s\n", summary.unchecked.c_str());
  if (summary.pairs == 0) {
    if (summary.leftOut.empty()) std::printf("nothing was left to do\n");
    return;
  }
  const auto pairs = static_cast<double>(summary.pairs);
  if (summary.ranks > 0) {
    std::printf("%zu attacks and predictions by %d ranks in %.1f s: %.3f a second\n", summary.pairs,
                summary.ranks, summary.wallSeconds, pairs / summary.wallSeconds);
    if (summary.skipped > 0) std::printf("%zu skipped, see the log\n", summary.skipped);
    return;
  }
  // Alone, the compute thread would not wait, and at best have the time of what goes on beside it.
  const double alone = summary.busySeconds - summary.besideSeconds;
  std::printf("%zu attacks and predictions in %.1f s: %.3f a second\n", summary.pairs,
              summary.wallSeconds, pairs / summary.wallSeconds);
  if (alone > 0)
    std::printf("the attack loop alone: at most %.3f a second; the sweep reaches %.1f %% of it\n",
                pairs / alone, 100 * alone / summary.wallSeconds);
  if (summary.skipped > 0) std::printf("%zu skipped, see the log\n", summary.skipped);
}

/// Beside NAME.json the folder NAME.sweep.
std::filesystem::path folderBeside(const std::filesystem::path& session) {
  std::filesystem::path folder = session;
  if (folder.extension() == ".json") folder.replace_extension();
  folder += ".sweep";
  return folder;
}

/// The attack of a session on every image.
SweepPlan planOf(const Session& session, const std::string& file) {
  const nlohmann::json plan{
      {"name", session.attack.key},
      {"attacks", {{{"attack", session.attack.key}, {"options", session.attack.options}}}}};
  return planFromJson(plan.dump(), file);
}

SweepPlan chosenPlan(const SweepArguments& arguments, const Session& session) {
  if (!arguments.preset.empty()) return presetPlan(arguments.preset);
  if (!arguments.plan.empty()) return planFromJson(readTextFile(arguments.plan), arguments.plan);
  if (!session.attack.region.empty())
    std::printf(
        "note: the region of the session belongs to one image; whole images are attacked\n");
  return planOf(session, arguments.session.file);
}

/// Metrics of what is in the file, as a table and as the file that was asked for.
void report(const SweepArguments& arguments, const std::filesystem::path& file) {
  const SweepReport report =
      reportOf(ResultStore::open(file), arguments.bootstrap.options, terminalProgress("intervals"));
  if (const auto shard = report.about.find("shard"); shard != report.about.end())
    std::printf("note: these are the images of shard %s only\n", shard->second.c_str());
  if (const auto together = report.about.find(kTogetherRemark); together != report.about.end())
    std::printf(
        "note: up to %s images were computed together, which moves results by rounding: as another "
        "arithmetic does, whose differences results.json and the claims hold\n",
        together->second.c_str());
  printRatios(report);
  std::printf("results in %s\n", file.c_str());
  exportReport(report, file.parent_path(), arguments.exported);
}

/// The arguments that this program was started with; empty if the system does not tell.
std::vector<std::string> commandLine() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<std::string> arguments;
  for (std::size_t at = 0; at < all.size(); at += arguments.back().size() + 1)
    arguments.push_back(all.substr(at, all.find('\0', at) - at));
  return arguments;
}

void saveImages(const SweepArguments& arguments, const ResultStore& store, const Dataset& data) {
  const auto folders = writeAttackedTrees(store, data, arguments.data.split, arguments.saveImages,
                                          terminalProgress("images"));
  for (const std::filesystem::path& folder : folders)
    std::printf("attacked images in %s\n", folder.c_str());
  if (folders.empty()) std::printf("note: no run has an attacked image\n");
}

/// The ranks that share this sweep; nullopt: this process does it, or a shard of it, by itself.
std::optional<RankOptions> ranksOf(const SweepArguments& arguments) {
  if (arguments.alone || !arguments.shard.whole()) return std::nullopt;
  const std::optional<RankPlace> place = rankFromEnvironment();
  if (!place || place->size == 1) return std::nullopt;
  return RankOptions{
      *place, buildText(),
      std::chrono::milliseconds(static_cast<std::int64_t>(1000 * arguments.leaseSeconds))};
}

/// What all ranks but the first do; that one shows and exports the results of all.
void helpOtherRank(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                   std::size_t limit, const std::filesystem::path& file,
                   const RankOptions& options) {
  const SweepSummary summary =
      runRankedSweep(engine, data, plan, limit, file, options, Progress({}, &stopFlag()));
  std::printf("rank %d of %d: %zu attacks and predictions in %.1f s\n", options.place.rank,
              options.place.size, summary.pairs, summary.wallSeconds);
}

void sweep(SweepArguments arguments) {
  Session session;
  if (!arguments.session.file.empty()) {
    session = readSession(arguments.session.file);
    arguments.checkpoint.takeFrom(session.network);
    arguments.data.takeFrom(session.data);
    arguments.checkpoint.takePrecision(session.attack.precision);
    if (arguments.out.empty()) arguments.out = folderBeside(arguments.session.file).string();
  }
  if (arguments.out.empty()) throw CLI::ValidationError("sweep: give --out, --session or both");
  const std::filesystem::path out = arguments.out;
  const std::filesystem::path file = out / "results.sqlite";
  const bool runs =
      !arguments.plan.empty() || !arguments.preset.empty() || !arguments.session.file.empty();
  if (!runs && arguments.exported.empty())
    throw Error(
        "sweep: give --preset, --plan or --session, or --export for results that are there");
  const bool part = !arguments.shard.whole();
  if (part && (!runs || !arguments.exported.empty()))
    throw Error("sweep: --export is of whole sweeps; join the shards first: uninet merge");
  if (!runs && !arguments.saveImages.empty())
    throw Error("sweep: --save-images needs the plan of the results: give --preset or --plan too");
  std::size_t leftOut = 0, images = 0;
  if (runs) {
    SweepPlan plan = chosenPlan(arguments, session);
    plan.keepImages = !arguments.saveImages.empty();
    plan.batch = arguments.batch;
    if (arguments.arithmeticCheck >= 0) plan.arithmeticCheck = arguments.arithmeticCheck;
    const Engine engine = arguments.checkpoint.open();
    const std::optional<RankOptions> ranks = ranksOf(arguments);
    const auto limit = static_cast<std::size_t>(arguments.limit);
    const auto data = arguments.data.open(engine.spec().size);
    prepareOutput(out);
    if (plan.keepImages) {
      requireTreeData(*data);
      if (!part) prepareOutput(arguments.saveImages);
    }
    if (ranks && ranks->place.rank > 0)
      return helpOtherRank(engine, *data, plan, limit, file, *ranks);
    printNotes(engine.notes());
    if (ranks)
      std::printf("note: %s has started %d ranks, which share this sweep\n",
                  ranks->place.launcher.c_str(), ranks->place.size);
    arguments.shard.command = commandLine();
    const SweepSummary summary =
        ranks ? runRankedSweep(engine, *data, plan, limit, file, *ranks, terminalProgress("sweep"))
              : runSweep(engine, *data, plan, limit, file, terminalProgress("sweep"), {},
                         arguments.shard);
    print(summary);
    leftOut = summary.leftOut.size();
    images = summary.images;
    if (plan.keepImages && !part) saveImages(arguments, ResultStore::open(file), *data);
  }
  if (part) {
    std::printf("shard %s (%zu images) in %s; \"uninet merge\" joins all of them\n",
                arguments.shard.text().c_str(), images, file.c_str());
    if (!arguments.saveImages.empty())
      std::printf(
          "note: attacked images are kept there; when the shards are merged, the same command "
          "without --shard and with the merged --out writes them to %s\n",
          arguments.saveImages.c_str());
  } else {
    report(arguments, file);
  }
  if (leftOut > 0)
    throw Error(
        concat(leftOut, " images were left out, see above; the same command tries them again"));
}

}  // namespace

void addSweepCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "sweep",
      "Attacks a whole split by a plan; the same command goes on with one that was stopped");
  const auto arguments = std::make_shared<SweepArguments>();
  std::string presets = "Plan by name.";
  std::vector<std::string> keys;
  for (const SweepPreset& preset : sweepPresets()) {
    presets += concat(" ", preset.key, ": ", preset.help, ".");
    keys.emplace_back(preset.key);
  }
  arguments->checkpoint.add(*command);
  arguments->checkpoint.addPrecision(*command);
  arguments->data.add(*command);
  CLI::Option* plan = command->add_option("--plan", arguments->plan, "JSON file, see the README");
  command->add_option("--preset", arguments->preset, presets)
      ->check(CLI::IsMember(keys))
      ->excludes(plan);
  addNumber<std::int64_t>(*command, "--limit", arguments->limit, "At most so many images; 0: all",
                          0, kMostImages);
  addNumber(*command, "--arithmetic-check", arguments->arithmeticCheck,
            "So many of the first images also by another arithmetic (compiled plan, LibTorch): how "
            "far rounding moves each metric; 5 unless the plan says otherwise, 0: none",
            0, kMostCheckedImages);
  addNumber(*command, "--batch", arguments->batch,
            concat("Images that a card attacks together, by rounding other numbers than one at a "
                   "time; 0 or not given: as many as it has room for, ",
                   ImageBatch::kChosenAtMost, " at most; the processor computes one"),
            0, static_cast<int>(ImageBatch::kAtMost));
  command
      ->add_option(
          "--out", arguments->out,
          "Folder of results.sqlite; with --session NAME.json: NAME.sweep beside it (default)")
      ->check(notEmpty());
  addChecked(*command, "--shard",
             "Only the K-th of N shares of the images, for a batch system; \"uninet merge\" joins "
             "them (each with an --out of its own)",
             "K/N", [arguments](const std::string& text) {
               arguments->shard = shardFromText(text, "--shard");
             });
  command->add_flag(
      "--no-ranks", arguments->alone,
      "This process attacks everything itself, though mpirun, srun or torchrun has "
      "started others: they share a sweep by default (see resources/docs/cluster.md)");
  addNumber(*command, "--lease", arguments->leaseSeconds,
            "Seconds after which a rank that is not heard of has lost what it had in hand; 30 "
            "unless told",
            1.0, 86400.0);
  arguments->session.add(
      *command,
      "Session file (.json): checkpoint, data and precision are taken from it unless given, "
      "and attack and options where there is no --plan and no --preset");
  command->add_option("--export", arguments->exported, "Also writes results.csv or results.json")
      ->check(CLI::IsMember({"csv", "json"}));
  command
      ->add_option("--save-images", arguments->saveImages,
                   "Also keeps every attacked image in results.sqlite, and writes each run as a "
                   "Cityscapes tree of its own into this folder: the images that were evaluated, "
                   "at the size of the network, links to the ground truth, attack.json")
      ->check(notEmpty());
  arguments->bootstrap.add(*command);
  addPluginFlag(*command);
  command->callback([arguments] { sweep(*arguments); });
}

}  // namespace uninet
