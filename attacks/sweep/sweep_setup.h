#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "attacks/sweep/sweep.h"
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
/// Throws Error: nothing to attack, classes that do not fit, images together where the engine takes
/// one at a time.
SweepSetup prepareSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                        std::size_t limit);

/// What earlier passes found, in whatever files.
struct SweepState {
  /// Where images are to be kept, units without one are not finished.
  static SweepState of(const ResultStore& store, const SweepPlan& plan);

  std::set<std::pair<std::int64_t, std::int64_t>> finished;  ///< (run, image)
  std::map<std::int64_t, std::string> fingerprints;
};

/// The note that the plan's images are not checked, in SweepSummary::unchecked.
std::string uncheckedText(const SweepSetup& setup);
/// Throws Error if nothing could be attacked.
void requireAny(const SweepSetup& setup, const SweepSummary& summary);

}  // namespace uninet
