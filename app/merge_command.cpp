#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/results/merge.h"
#include "core/results/shard.h"

namespace uninet {
namespace {

struct MergeArguments {
  std::vector<std::string> shards;
  std::string out;
};

void merge(const MergeArguments& arguments) {
  const std::filesystem::path out = arguments.out;
  const std::filesystem::path file = out / "results.sqlite";
  prepareOutput(out);
  const MergeSummary summary = mergeShards({arguments.shards.begin(), arguments.shards.end()}, file,
                                           terminalProgress("merge"));
  for (const auto& [name, why] : summary.leftOut)
    std::printf("left out: %s: %s\n", name.c_str(), why.c_str());
  std::printf("%zu shards with %zu results on %zu images%s\n", summary.shards, summary.results,
              summary.images, summary.taken == 0 ? ": nothing was left to do" : "");
  std::printf("results in %s; metrics by: %s\n", file.c_str(),
              shellText({"uninet", "sweep", "--out", arguments.out, "--export", "json"}).c_str());
  if (!summary.leftOut.empty())
    throw Error(concat(summary.leftOut.size(),
                       " images were left out, see above; the commands of their shards try them "
                       "again"));
}

}  // namespace

void addMergeCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "merge", "Joins the shards of a sweep (uninet sweep --shard K/N) into one results.sqlite");
  const auto arguments = std::make_shared<MergeArguments>();
  command
      ->add_option("shards", arguments->shards,
                   "All shards of one sweep: their folders, or the results.sqlite in them")
      ->required()
      ->check(notEmpty());
  command->add_option("--out", arguments->out, "Folder of the results.sqlite that it writes")
      ->required()
      ->check(notEmpty());
  command->callback([arguments] { merge(*arguments); });
}

}  // namespace uninet
