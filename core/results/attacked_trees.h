#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/results/result_store.h"

namespace uninet {

/// Kind of the picture of a run that was evaluated, in results that keep them.
inline constexpr const char* kAttackedImage = "attacked image";

/// Writes the kept images of every run as a Cityscapes tree in a folder of its own below `root`:
/// leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.png, at the size of the network, beside links to the
/// ground truth of `data`, and attack.json: attack, options, SHA-256 of checkpoint and pictures,
/// images without one. Where `data` is no tree itself (Streetscape, plain pictures), it is written
/// as one into root/clean first, and linked from there. What is there already of the same results
/// is not written again. Returns the folders. Throws Error: data of other classes than
/// Cityscapes', other images than in the results, a folder with other results; Cancelled.
std::vector<std::filesystem::path> writeAttackedTrees(const ResultStore& store, const Dataset& data,
                                                      const std::string& split,
                                                      const std::filesystem::path& root,
                                                      const Progress& progress);

/// Throws the first of these errors, for before a long sweep.
void requireTreeData(const Dataset& data);

/// The run whose images a tree holds, by its attack.json; nullopt: it has none. Throws Error if
/// that cannot be read.
std::optional<StoredRun> attackOfTree(const std::filesystem::path& tree);

}  // namespace uninet
