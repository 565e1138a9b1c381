#pragma once

#include <cstddef>
#include <vector>

#include "model/plan/layout.h"

namespace uninet::plan {

/// One piece of memory shared by everything that a plan keeps for a while: pieces whose times do
/// not overlap may lie at the same place.
class Memory {
 public:
  static constexpr int kAlways = 1 << 30;

  /// A region of `bytes` in use at time `first`; returns its number.
  int add(std::size_t bytes, int first);
  /// It is still in use at `time`.
  void keepUntil(int region, int time);

  /// Finds a place for each region, the largest first. To be called once, after the last add().
  void place();
  /// What place() found; allocates on the first call after it or after release(). 64-byte aligned.
  std::byte* at(int region);
  /// Gives the memory back until it is needed again.
  void release() { memory_.reset(); }
  std::size_t bytes() const { return total_; }

 private:
  struct Region {
    std::size_t bytes = 0, offset = 0;
    int first = 0, last = 0;
  };
  std::vector<Region> regions_;
  std::size_t total_ = 0;
  Floats memory_;
};

}  // namespace uninet::plan
