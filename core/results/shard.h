#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace uninet {

/// The share of a sweep that one of several programs computes: every `count`-th image, so that the
/// first ones, which are also attacked by another arithmetic, are spread over all. Whole images,
/// because reading one and its clean prediction then serve all of its runs; what is found of one
/// image depends on no other, so that the shards together hold what one program would.
struct Shard {
  std::int64_t index = 1, count = 0;  ///< index from 1 to count; count 0: no shard but everything
  /// The arguments that begin it or go on with it, for those who are told that it is not complete.
  std::vector<std::string> command{};

  bool whole() const { return count == 0; }
  bool holds(std::int64_t image) const { return whole() || image % count == index - 1; }
  /// "3/16"
  std::string text() const;
};

inline constexpr std::int64_t kMostShards = 100'000;
/// Reads "3/16"; throws Error naming `where`.
Shard shardFromText(const std::string& text, const std::string& where);

/// Arguments as a shell reads them, with quotes where they are needed.
std::string shellText(const std::vector<std::string>& arguments);

}  // namespace uninet
