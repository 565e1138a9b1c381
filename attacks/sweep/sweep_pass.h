#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attacks/sweep/sweep.h"
#include "attacks/sweep/sweep_work.h"
#include "core/results/merge.h"
#include "core/results/result_store.h"

namespace uninet {

/// A sweep that has been checked and can begin.
struct SweepSetup {
  const Engine& engine;
  const Dataset& data;
  const SweepPlan& plan;
  std::size_t count;            ///< images
  std::optional<Engine> other;  ///< computes the checked images again
  std::map<std::string, std::string> identity, facts;

  /// Opens or creates the file of a part, or of everything with shard "".
  ResultStore open(const std::filesystem::path& file, const std::string& shard,
                   ResultStore::Journal journal) const;
};
/// Throws Error: nothing to attack, classes that do not fit.
SweepSetup prepareSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                        std::size_t limit);

/// What earlier passes found, in whatever files.
struct SweepState {
  std::set<std::pair<std::int64_t, std::int64_t>> finished;  ///< (run, image)
  std::map<std::int64_t, std::string> fingerprints;
};

struct PassResult {
  SweepSummary summary;
  std::vector<LeftOutImage> leftOut;
};

/// Computes what `work` hands out and `before` does not have yet, and writes it to `store`.
/// `images`: all that take part, of whoever; `stored` as runSweep() says. Throws Cancelled.
PassResult runPass(const SweepSetup& setup, SweepWork& work, const SweepState& before,
                   const std::vector<std::int64_t>& images, ResultStore& store,
                   const Progress& progress, const std::function<void()>& stored);

/// The note that the plan's images are not checked, in SweepSummary::unchecked.
std::string uncheckedText(const SweepSetup& setup);
/// Throws Error if nothing could be attacked.
void requireAny(const SweepSetup& setup, const SweepSummary& summary);

}  // namespace uninet
