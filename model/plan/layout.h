#pragma once

#include <cstddef>
#include <memory>
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

struct FreeFloats {
  std::size_t mapped = 0;  ///< bytes that were mapped for it alone; 0: from the heap
  void operator()(float* p) const;
};
/// Floats at an address that every vector may be loaded from.
using Floats = std::unique_ptr<float[], FreeFloats>;

/// `count` floats, all 0; many of them on large pages where the system has such. Throws
/// std::bad_alloc.
Floats makeFloats(std::size_t count);

}  // namespace uninet::plan
