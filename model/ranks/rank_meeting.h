#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/base/launcher.h"
#include "core/base/progress.h"
#include "model/ranks/rank_store.h"

namespace uninet {

/// "rank 2 (node7, process 4711)", of this process.
std::string rankName(int rank);
/// Of this machine.
std::string hostName();

/// How the ranks of one start find each other in the folder that they share, and what all of them
/// must have alike, by name. That of rank 0: as long as it lives the file ".uninet-ranks.json" in
/// the folder says where its store is.
class RankMeeting {
 public:
  using Alike = std::map<std::string, std::string>;

  /// What the others are to find in the store is already there.
  RankMeeting(const std::filesystem::path& folder, const RankPlace& place, RankStore store,
              const Alike& alike);
  ~RankMeeting();
  RankMeeting(const RankMeeting&) = delete;
  RankMeeting& operator=(const RankMeeting&) = delete;

  /// For another rank: waits for rank 0, ten minutes at most, and takes its place. Throws Error if
  /// none comes, if something that must be alike is not (rank 0 is told), if another process has
  /// the place; Cancelled.
  static RankStore join(const std::filesystem::path& folder, const RankPlace& place,
                        const Alike& alike, const Progress& progress);

  /// The same for all ranks of a start, and another for every other.
  static std::string token(RankStore& store);
  /// rankName() of another rank that has come.
  static std::optional<std::string> placeOf(RankStore& store, int rank);
  /// Why another rank does not take part.
  static std::optional<std::string> refusalOf(RankStore& store, int rank);
  /// Says that to rank 0.
  static void refuse(RankStore& store, int rank, const std::string& why);

 private:
  std::filesystem::path file_;
};

}  // namespace uninet
