#pragma once

#include "model/cuda/host_device.h"
#include "model/cuda/nearest_fill.h"

/// What a thread of the kernels of nearest_fill.h does.
namespace uninet::cuda {

/// Over columns: nearest row outside the mask, the upper one of two; −1: there is none.
struct NearestRows {
  const std::uint8_t* mask;
  int height, width;
  int* rows;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    for (std::int64_t x = stride.first; x < stride.end; x += stride.step) {
      int last = -1;
      for (int y = 0; y < height; ++y) {
        const std::int64_t at = static_cast<std::int64_t>(y) * width + x;
        if (mask[at] == 0) last = y;
        rows[at] = last;
      }
      last = -1;
      for (int y = height - 1; y >= 0; --y) {
        const std::int64_t at = static_cast<std::int64_t>(y) * width + x;
        if (mask[at] == 0) last = y;
        const int above = rows[at];
        if (last >= 0 && (above < 0 || last - y < y - above)) rows[at] = last;
      }
    }
  }
};

struct NearestPixel {
  std::int64_t squared;
  int row, column;  ///< −1: none yet

  UNINET_HOST_DEVICE void consider(const NearestPixel& other) {
    const bool nearer = other.squared != squared ? other.squared < squared
                        : other.row != row       ? other.row < row
                                                 : other.column < column;
    if (nearer) *this = other;
  }
};

/// Over pixels.
struct NearestSources {
  const std::uint8_t* mask;
  const int* rows;
  int height, width;
  int* sources;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const int y = static_cast<int>(i / width), x = static_cast<int>(i % width);
      NearestPixel best{mask[i] == 0 ? 0 : std::int64_t{1} << 40, mask[i] == 0 ? y : -1,
                        mask[i] == 0 ? x : -1};
      for (std::int64_t d = 0; mask[i] != 0 && d * d <= best.squared && d < width; ++d) {
        consider(best, y, x, x - static_cast<int>(d));
        consider(best, y, x, x + static_cast<int>(d));
      }
      sources[2 * i] = best.column;
      sources[2 * i + 1] = best.row;
    }
  }

 private:
  UNINET_HOST_DEVICE void consider(NearestPixel& best, int y, int x, int column) const {
    if (column < 0 || column >= width) return;
    const int row = rows[static_cast<std::int64_t>(y) * width + column];
    if (row < 0) return;
    const std::int64_t dx = column - x, dy = row - y;
    best.consider({dx * dx + dy * dy, row, column});
  }
};

/// Over pixels.
template <class T>
struct FillFrom {
  const T* map;
  const int* sources;
  int width;
  T* out;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step)
      out[i] = map[static_cast<std::int64_t>(sources[2 * i + 1]) * width + sources[2 * i]];
  }
};

/// The passes; `grid` is a Grid (launch.cuh), or in the tests loops.
template <class Grid>
void nearestOutsideOn(const Grid& grid, const std::uint8_t* mask, int height, int width, int* rows,
                      int* sources) {
  grid.each(NearestRows{mask, height, width, rows}, width);
  grid.each(NearestSources{mask, rows, height, width, sources},
            static_cast<std::int64_t>(height) * width);
}

template <class Grid, class T>
void filledOn(const Grid& grid, const T* map, const int* sources, int height, int width, T* out) {
  grid.each(FillFrom<T>{map, sources, width, out}, static_cast<std::int64_t>(height) * width);
}

}  // namespace uninet::cuda
