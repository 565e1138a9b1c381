#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "attacks/sweep/sweep.h"
#include "core/base/launcher.h"

namespace uninet {

/// How the ranks of a launcher work together.
struct RankOptions {
  RankPlace place;
  /// What all ranks have to run, e.g. version and hash of the program.
  std::string build;
  /// A rank that was not heard of for so long has lost what it had in hand.
  std::chrono::milliseconds lease{30'000};
};

/// runSweep() by one of several ranks that share the folder of `file`. Rank 0 hands out the work
/// (see RankedWork), writes its results into `file`, reports progress over all and joins, at the
/// end, what the others wrote into files of their own in "uninet-shards" beside it; what a killed
/// start left there is taken over first. Ranks find each other by the file ".uninet-ranks.json" in
/// that folder. Returns the summary of all for rank 0, for others that of what they computed. The
/// other ranks' `progress` only stops. Throws what runSweep() does, and Error: a rank with another
/// build, checkpoint, data, plan or arithmetic than rank 0; a rank that is there twice; rank 0 is
/// gone or did not come.
SweepSummary runRankedSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                            std::size_t limit, const std::filesystem::path& file,
                            const RankOptions& options, const Progress& progress);

/// Takes over into the results of one sweep what its ranks left in "uninet-shards" beside the file
/// when they were killed; nothing if there is none. Throws Error naming a shard of another sweep.
void collectShards(ResultStore& store, const std::filesystem::path& file);

}  // namespace uninet
