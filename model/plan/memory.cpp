#include "model/plan/memory.h"

#include <algorithm>
#include <numeric>

namespace uninet::plan {

int Memory::add(std::size_t bytes, int first) {
  constexpr std::size_t kLine = 64;
  regions_.push_back({(bytes + kLine - 1) / kLine * kLine, 0, first, first});
  return static_cast<int>(regions_.size()) - 1;
}

void Memory::keepUntil(int region, int time) {
  int& last = regions_[static_cast<std::size_t>(region)].last;
  last = std::max(last, time);
}

void Memory::place() {
  std::vector<std::size_t> order(regions_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    return regions_[a].bytes > regions_[b].bytes;
  });
  std::vector<const Region*> placed;  // by offset
  for (const std::size_t number : order) {
    Region& region = regions_[number];
    std::size_t offset = 0;
    for (const Region* other : placed) {
      if (other->last < region.first || region.last < other->first) continue;
      if (offset + region.bytes <= other->offset) break;
      offset = std::max(offset, other->offset + other->bytes);
    }
    region.offset = offset;
    total_ = std::max(total_, offset + region.bytes);
    placed.insert(std::upper_bound(placed.begin(), placed.end(), offset,
                                   [](std::size_t at, const Region* r) { return at < r->offset; }),
                  &region);
  }
}

std::byte* Memory::at(int region) {
  if (!memory_) memory_ = makeFloats(total_ / sizeof(float));
  return reinterpret_cast<std::byte*>(memory_.get()) +
         regions_[static_cast<std::size_t>(region)].offset;
}

}  // namespace uninet::plan
