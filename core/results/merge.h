#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/results/result_store.h"

namespace uninet {

/// What mergeShards() joined.
struct MergeSummary {
  std::size_t shards = 0;
  std::size_t images = 0;  ///< of the sweep, with those that were left out
  std::size_t results = 0;
  std::size_t taken = 0;  ///< of them by this call; the others an earlier one had
  /// Name and reason of the images that the shards had to leave out.
  std::vector<std::pair<std::string, std::string>> leftOut;
};

/// Joins all shards of one sweep (files or folders of them, in any order) into `file`, row by row
/// as one program would have written it, so that reports, figures and exports are the same to the
/// last bit. Goes on where an earlier call was stopped. Throws Error in one sentence each: a file
/// that is no shard, is written just now, or was given twice; shards of another division,
/// checkpoint, data, plan or arithmetic; in one line each, shards that are missing or not complete,
/// with the commands that compute the rest; a `file` that is one of them, that another program
/// writes or that holds another sweep. Throws Cancelled.
MergeSummary mergeShards(const std::vector<std::filesystem::path>& shards,
                         const std::filesystem::path& file, const Progress& progress);

/// The remark in which a finished shard lists the images that it left out; see leftOutText().
inline constexpr const char* kLeftOutRemark = "left out";
/// The remark with the arguments that begin a shard or go on with it, a JSON list of texts.
inline constexpr const char* kCommandRemark = "command";

/// An image that could not be attacked.
struct LeftOutImage {
  std::int64_t image = 0;
  std::string name, why;
};
std::string leftOutText(const std::vector<LeftOutImage>& images);

/// The remark with how many images went through the network together at most; empty: one at a time.
inline constexpr const char* kTogetherRemark = "images together";
/// Sets it to `images`, unless it says so many already.
void noteImagesTogether(ResultStore& store, std::size_t images);
/// The same with what another store says.
void noteImagesTogether(ResultStore& store, const ResultStore& from);
/// The names in ResultStore::about() that hold facts and not what tells one sweep from another.
bool isSweepFact(const std::string& key);

}  // namespace uninet
