#pragma once

#include <math.h>

#include "model/cuda/host_device.h"
#include "model/cuda/paste_masks.h"

/// What a thread of the kernel of paste_masks.h does.
namespace uninet::cuda {

/// What a pixel reads of one axis of the grid, with weights.
struct GridSource {
  int low, high;
  float ofLow, ofHigh;
};

UNINET_HOST_DEVICE inline int insideGrid(int i) {
  return i < 0 ? 0 : i < kMaskGrid ? i : kMaskGrid - 1;
}

/// Rows of cv::resize: beyond the border both are the same.
UNINET_HOST_DEVICE inline GridSource gridRow(int pixel, int size) {
  const double scale = 1 / (static_cast<double>(size) / kMaskGrid);
  const auto source = static_cast<float>((pixel + 0.5) * scale - 0.5);
  const int whole = static_cast<int>(floorf(source));
  const float share = source - static_cast<float>(whole);
  return {insideGrid(whole), insideGrid(whole + 1), 1 - share, share};
}

/// Columns: beyond the border there is one with all the weight.
UNINET_HOST_DEVICE inline GridSource gridColumn(int pixel, int size) {
  const GridSource source = gridRow(pixel, size);
  if (source.low == source.high) return {source.low, source.low, 1, 0};
  return source;
}

/// cv::resize with INTER_LINEAR of a grid to width × height, which for half the size is a mean.
UNINET_HOST_DEVICE inline float resizedGrid(const float* grid, int width, int height, int x,
                                            int y) {
  if (width == kMaskGrid / 2 && height == kMaskGrid / 2) {
    const float *const upper = grid + 2 * y * kMaskGrid + 2 * x, *const lower = upper + kMaskGrid;
    const float sum = upper[0] + upper[1];
    // OpenCV sums four at a time, and what is left of a row one by one.
    const bool alone = x >= width / 4 * 4;
    return (alone ? sum + lower[0] + lower[1] : sum + (lower[0] + lower[1])) * 0.25f;
  }
  const GridSource row = gridRow(y, height), column = gridColumn(x, width);
  const float *const upper = grid + row.low * kMaskGrid, *const lower = grid + row.high * kMaskGrid;
  const float a = upper[column.low] * column.ofLow + upper[column.high] * column.ofHigh;
  const float b = lower[column.low] * column.ofLow + lower[column.high] * column.ofHigh;
  return a * row.ofLow + b * row.ofHigh;
}

struct PasteMask {
  PasteTask task;

  /// Over the visible pixels of one mask; how many of them are 1.
  UNINET_HOST_DEVICE unsigned operator()(int mask, Stride stride) const {
    const PastedBox box = task.boxes[mask];
    const float* const grid = task.grids + static_cast<std::int64_t>(mask) * kMaskGrid * kMaskGrid;
    unsigned ones = 0;
    for (std::int64_t i = stride.first; i < box.pixels(); i += stride.step) {
      const int x = static_cast<int>(i % box.visibleWidth);
      const int y = static_cast<int>(i / box.visibleWidth);
      const bool inside = resizedGrid(grid, box.width, box.height, x, y) > 0.5f;
      task.pixels[box.offset + i] = inside ? 1 : 0;
      ones += inside ? 1 : 0;
    }
    return ones;
  }
};

/// The pass; `grid` is a Grid (launch.cuh), or in the tests loops.
template <class Grid>
void pasteMasksOn(const Grid& grid, const PasteTask& task, std::int64_t most) {
  grid.countRows(PasteMask{task}, task.count, most, task.areas);
}

}  // namespace uninet::cuda
