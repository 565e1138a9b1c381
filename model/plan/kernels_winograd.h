// Part of kernels_body.h, which says what may stand here.
#pragma once

#include "model/plan/kernels_vector.h"

namespace uninet::plan {
namespace {

// --- Winograd ---

/// Bᵀ · d, for six vectors.
inline void inputTransform(const Vec (&d)[6], Vec (&t)[6]) {
  t[0] = 4 * d[0] - 5 * d[2] + d[4];
  t[1] = d[3] + d[4] - 4 * (d[1] + d[2]);
  t[2] = d[4] - d[3] + 4 * (d[1] - d[2]);
  const Vec a = d[4] - d[2], b = 2 * (d[3] - d[1]);
  t[3] = a + b;
  t[4] = a - b;
  t[5] = 4 * d[1] - 5 * d[3] + d[5];
}

/// Aᵀ · m.
inline void outputTransform(const Vec (&m)[6], Vec (&o)[4]) {
  const Vec a = m[1] + m[2], b = m[1] - m[2], c = m[3] + m[4], e = m[3] - m[4];
  o[0] = m[0] + a + c;
  o[1] = b + 2 * e;
  o[2] = a + 4 * c;
  o[3] = b + 8 * e + m[5];
}

void winogradIn(const Winograd& w, int first, int count, int block, int capacity, float* v) {
  const int across = (w.width + 3) / 4;
  const float* source = w.in[block].src;
  const std::ptrdiff_t next = static_cast<std::ptrdiff_t>(w.inBlocks) * capacity * kLanes;
  for (int i = 0; i < count; ++i) {
    const int y0 = (first + i) / across * 4 - 1, x0 = (first + i) % across * 4 - 1;
    const bool inside = y0 >= 0 && x0 >= 0 && y0 + 6 <= w.height && x0 + 6 <= w.width;
    Vec columns[6][6];
    for (int x = 0; x < 6; ++x) {
      Vec d[6];
      for (int y = 0; y < 6; ++y) {
        const bool there =
            inside || (y0 + y >= 0 && y0 + y < w.height && x0 + x >= 0 && x0 + x < w.width);
        d[y] =
            there ? load(source + (static_cast<std::ptrdiff_t>(y0 + y) * w.width + x0 + x) * kLanes)
                  : Vec{};
      }
      Vec t[6];
      inputTransform(d, t);
      for (int y = 0; y < 6; ++y) columns[y][x] = t[y];
    }
    float* to = v + (static_cast<std::ptrdiff_t>(block) * capacity + i) * kLanes;
    for (int y = 0; y < 6; ++y) {
      Vec t[6];
      inputTransform(columns[y], t);
      for (int x = 0; x < 6; ++x, to += next) store(to, t[x]);
    }
  }
}

template <int Groups>
void productGroup(const Winograd& w, const float* weights, int group, int count, int capacity,
                  const float* v, float* m) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const std::ptrdiff_t block = static_cast<std::ptrdiff_t>(capacity) * kLanes;
  inPasses<kMost>(0, count, [&]<int Rows>(std::ptrdiff_t tile) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < w.inBlocks; ++b)
      accumulate<Rows, Groups>(sums, v + b * block + tile * kLanes, kLanes,
                               weights + static_cast<std::ptrdiff_t>(b) * kLanes * Groups * kLanes,
                               w.in[b].channels);
    for (int r = 0; r < Rows; ++r)
      for (int g = 0; g < Groups; ++g)
        store(m + (2 * group + g) * block + (tile + r) * kLanes, sums[r][g]);
  });
}

void winogradProduct(const Winograd& w, int position, int count, int capacity, const float* v,
                     float* m) {
  const std::ptrdiff_t block = static_cast<std::ptrdiff_t>(capacity) * kLanes;
  v += position * w.inBlocks * block;
  m += position * w.outBlocks * block;
  const float* weights = w.weights + static_cast<std::ptrdiff_t>(position) * w.inBlocks * kLanes *
                                         w.outBlocks * kLanes;
  for (int group = 0; 2 * group < w.outBlocks; ++group) {
    const float* part = weights + groupStart(group, w.inBlocks, 1);
    if (2 * group + 1 < w.outBlocks)
      productGroup<2>(w, part, group, count, capacity, v, m);
    else
      productGroup<1>(w, part, group, count, capacity, v, m);
  }
}

void winogradOut(const Winograd& w, int first, int count, int block, int capacity, const float* m) {
  const int across = (w.width + 3) / 4;
  const std::ptrdiff_t next = static_cast<std::ptrdiff_t>(w.outBlocks) * capacity * kLanes;
  const BlockOut out = w.out[block];
  for (int i = 0; i < count; ++i) {
    const float* from = m + (static_cast<std::ptrdiff_t>(block) * capacity + i) * kLanes;
    Vec rows[6][4];
    for (int y = 0; y < 6; ++y) {
      Vec line[6];
      for (int x = 0; x < 6; ++x, from += next) line[x] = load(from);
      outputTransform(line, rows[y]);
    }
    const int y0 = (first + i) / across * 4, x0 = (first + i) % across * 4;
    for (int x = 0; x < 4 && x0 + x < w.width; ++x) {
      const Vec column[6] = {rows[0][x], rows[1][x], rows[2][x],
                             rows[3][x], rows[4][x], rows[5][x]};
      Vec o[4];
      outputTransform(column, o);
      for (int y = 0; y < 4 && y0 + y < w.height; ++y)
        finish(out, static_cast<std::ptrdiff_t>(y0 + y) * w.width + x0 + x, o[y]);
    }
  }
}

}  // namespace
}  // namespace uninet::plan
