#pragma once

#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace uninet::plan {

/// Where a block of channels lies: block `block` of the result of layer `buffer` (0: the image,
/// n: layer n − 1).
struct Slot {
  int buffer = 0;
  int block = 0;
  int channels = 0;  ///< 1 … lanes, the rest is 0
};

/// A feature map as a list of blocks. A concatenation is the list of its parts' blocks, each with
/// its own rest; so channel c of the network is not always at block c / lanes.
struct Map {
  std::vector<Slot> slots;
  int height = 0, width = 0;

  int channels() const {
    int sum = 0;
    for (const Slot& slot : slots) sum += slot.channels;
    return sum;
  }
  std::ptrdiff_t pixels() const { return static_cast<std::ptrdiff_t>(height) * width; }
};

struct FreeAligned {
  void operator()(float* p) const { std::free(p); }
};
/// Floats at an address that every vector may be loaded from.
using Floats = std::unique_ptr<float[], FreeAligned>;

/// `count` floats, all 0. Throws std::bad_alloc.
inline Floats makeFloats(std::size_t count) {
  constexpr std::size_t kLine = 64;
  const std::size_t bytes = (count * sizeof(float) + kLine - 1) / kLine * kLine;
  auto* p = static_cast<float*>(std::aligned_alloc(kLine, bytes > 0 ? bytes : kLine));
  if (p == nullptr) throw std::bad_alloc();
  std::fill(p, p + bytes / sizeof(float), 0.f);
  return Floats(p);
}

}  // namespace uninet::plan
