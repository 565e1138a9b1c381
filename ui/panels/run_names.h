#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <QString>

#include "core/session/run_store.h"

namespace uninet {

/// What a name of a run can be made of, read from the run once. Texts are translated and in the
/// user's locale; an empty one says nothing.
struct RunWords {
  std::int64_t id = 0;
  QString own;       ///< name that a person gave
  QString method;    ///< "PGD"
  QString aim;       ///< objective or classes: "multi-task", "person ↔ car"
  QString strength;  ///< "ε 4"; of an unbounded attack "150 steps"
  QString network;   ///< networkText()
  /// Everything else that can differ, by key, in the order in which names take it up: seed, steps,
  /// norm, region, image, the other options, …
  std::vector<std::pair<std::string, QString>> details;
};
RunWords runWords(const KeptRun& run);

/// A name for each run, all of them different: its own, or method, aim, strength, the network where
/// there are several, and of the details as many as tell it from the others ("PGD · depth · ε 4 ·
/// seed 1"). Runs without a difference are numbered by their id: the second one ends in "#2".
/// Depends on the set of runs, not on their order.
std::vector<QString> namesOf(const std::vector<const RunWords*>& runs);
std::vector<QString> runNames(const std::vector<KeptRun>& runs);

/// Names for a few runs side by side: only what differs between them.
struct ComparedNames {
  QString common;              ///< what they share: "image 0 · PGD · ε 4"; may be empty
  std::vector<QString> names;  ///< all different: "multi-task", "depth"
};
ComparedNames comparedNames(const std::vector<const RunWords*>& runs);

}  // namespace uninet
