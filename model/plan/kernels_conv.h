// Part of kernels_body.h, which says what may stand here.
#pragma once

#include "model/plan/kernels_vector.h"

namespace uninet::plan {
namespace {

// --- convolutions without transforms ---

constexpr int kMostTaps = 64;

/// The taps that count in one row of outputs, with dy the row of the source; and the columns whose
/// taps all lie inside, from ≤ j < to.
struct RowTaps {
  Tap taps[kMostTaps];
  int count = 0;
  int from = 0, to = 0;
};

RowTaps rowTaps(const Direct& d, const Phase& phase, int row) {
  RowTaps r;
  int left = 0, right = 0;  // how far taps reach beyond j · step
  for (int t = 0; t < phase.tapCount; ++t) {
    const int y = row * d.sourceStep + phase.taps[t].dy;
    if (y < 0 || y >= d.inHeight) continue;
    r.taps[r.count] = phase.taps[t];
    r.taps[r.count++].dy = y;
    left = -phase.taps[t].dx > left ? -phase.taps[t].dx : left;
    right = phase.taps[t].dx > right ? phase.taps[t].dx : right;
  }
  // from · step ≥ left, (to − 1) · step + right < width.
  r.from = (left + d.sourceStep - 1) / d.sourceStep;
  r.to = d.inWidth - right > 0 ? (d.inWidth - right - 1) / d.sourceStep + 1 : 0;
  r.to = r.to < phase.columns ? r.to : phase.columns;
  r.from = r.from < phase.columns ? r.from : phase.columns;
  if (r.to < r.from) r.to = r.from;
  return r;
}

inline std::ptrdiff_t pixelOf(const Direct& d, const Phase& phase, int row, int column) {
  return static_cast<std::ptrdiff_t>(phase.yFirst + row * d.outStep) * d.outWidth + phase.xFirst +
         static_cast<std::ptrdiff_t>(column) * d.outStep;
}

template <int Groups>
void directRow(const Direct& d, const Phase& phase, int row, int group) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const RowTaps r = rowTaps(d, phase, row);
  const Tap* taps = r.taps;
  const int count = r.count;
  const float* weights = d.weights + groupStart(group, d.inBlocks, d.weightTaps);
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(d.sourceStep) * kLanes;
  const auto put = [&](int j, const Vec* sums) {
    for (int g = 0; g < Groups; ++g)
      finish(d.out[2 * group + g], pixelOf(d, phase, row, j), sums[g]);
  };
  const auto weightsOf = [&](int block, int tap) {
    return weights +
           (static_cast<std::ptrdiff_t>(block) * d.weightTaps + tap) * kLanes * Groups * kLanes;
  };
  const auto edge = [&](int j) {
    Vec sums[1][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      for (int t = 0; t < count; ++t) {
        const int x = j * d.sourceStep + taps[t].dx;
        if (x < 0 || x >= d.inWidth) continue;
        const float* source =
            d.in[b].src + (static_cast<std::ptrdiff_t>(taps[t].dy) * d.inWidth + x) * kLanes;
        accumulate<1, Groups>(sums, source, 0, weightsOf(b, taps[t].index), d.in[b].channels);
      }
    put(j, sums[0]);
  };
  for (int j = 0; j < r.from; ++j) edge(j);
  inPasses<kMost>(r.from, r.to, [&]<int Rows>(std::ptrdiff_t j) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      for (int t = 0; t < count; ++t) {
        const float* source = d.in[b].src +
                              static_cast<std::ptrdiff_t>(taps[t].dy) * d.inWidth * kLanes +
                              j * step + static_cast<std::ptrdiff_t>(taps[t].dx) * kLanes;
        accumulate<Rows, Groups>(sums, source, step, weightsOf(b, taps[t].index), d.in[b].channels);
      }
    for (int i = 0; i < Rows; ++i) put(static_cast<int>(j) + i, sums[i]);
  });
  for (int j = r.to; j < phase.columns; ++j) edge(j);
}

void direct(const Direct& d, const Phase& phase, int firstRow, int lastRow, int firstGroup,
            int lastGroup) {
  for (int group = firstGroup; group < lastGroup; ++group)
    for (int row = firstRow; row < lastRow; ++row)
      if (2 * group + 1 < d.outBlocks)
        directRow<2>(d, phase, row, group);
      else
        directRow<1>(d, phase, row, group);
}

/// Few outputs: the channels of the source lie in the lanes, and each sum over them is taken once
/// at the end. Weights: for each tap, each block of the source, each output: [channel].
template <int Outputs>
void narrowRow(const Direct& d, const Phase& phase, int row) {
  constexpr int kMost = 12 / Outputs;
  const RowTaps r = rowTaps(d, phase, row);
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(d.sourceStep) * kLanes;
  const auto put = [&](int j, const Vec* sums) {
    Vec v{};
    for (int k = 0; k < Outputs; ++k) {
      float total = 0;
      for (int c = 0; c < kLanes; ++c) total += sums[k][c];
      v[k] = total;
    }
    finish(d.out[0], pixelOf(d, phase, row, j), v);
  };
  const auto add = [&]<int Rows>(Vec(&sums)[Rows][Outputs], const Tap& tap, std::ptrdiff_t x) {
    const float* w =
        d.weights + static_cast<std::ptrdiff_t>(tap.index) * d.inBlocks * Outputs * kLanes;
    for (int b = 0; b < d.inBlocks; ++b, w += Outputs * kLanes) {
      const float* source =
          d.in[b].src + (static_cast<std::ptrdiff_t>(tap.dy) * d.inWidth + x) * kLanes;
#pragma GCC unroll 12
      for (int i = 0; i < Rows; ++i) {
        const Vec value = load(source + i * step);
#pragma GCC unroll 4
        for (int k = 0; k < Outputs; ++k) sums[i][k] += value * load(w + k * kLanes);
      }
    }
  };
  const auto edge = [&](int j) {
    Vec sums[1][Outputs] = {};
    for (int t = 0; t < r.count; ++t) {
      const int x = j * d.sourceStep + r.taps[t].dx;
      if (x >= 0 && x < d.inWidth) add(sums, r.taps[t], x);
    }
    put(j, sums[0]);
  };
  for (int j = 0; j < r.from; ++j) edge(j);
  inPasses<kMost>(r.from, r.to, [&]<int Rows>(std::ptrdiff_t j) {
    Vec sums[Rows][Outputs] = {};
    for (int t = 0; t < r.count; ++t) add(sums, r.taps[t], j * d.sourceStep + r.taps[t].dx);
    for (int i = 0; i < Rows; ++i) put(static_cast<int>(j) + i, sums[i]);
  });
  for (int j = r.to; j < phase.columns; ++j) edge(j);
}

void narrow(const Direct& d, const Phase& phase, int firstRow, int lastRow, int outputs) {
  for (int row = firstRow; row < lastRow; ++row) switch (outputs) {
      case 1:
        narrowRow<1>(d, phase, row);
        break;
      case 2:
        narrowRow<2>(d, phase, row);
        break;
      case 3:
        narrowRow<3>(d, phase, row);
        break;
      default:
        narrowRow<4>(d, phase, row);
    }
}

template <int Groups>
void pointwiseGroup(const Direct& d, std::ptrdiff_t first, std::ptrdiff_t last, int group,
                    const float* near) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const float* weights = d.weights + groupStart(group, d.inBlocks, 1);
  const std::ptrdiff_t block = (last - first) * kLanes;
  inPasses<kMost>(first, last, [&]<int Rows>(std::ptrdiff_t pixel) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      accumulate<Rows, Groups>(sums, near + b * block + (pixel - first) * kLanes, kLanes,
                               weights + static_cast<std::ptrdiff_t>(b) * kLanes * Groups * kLanes,
                               d.in[b].channels);
    for (int r = 0; r < Rows; ++r)
      for (int g = 0; g < Groups; ++g) finish(d.out[2 * group + g], pixel + r, sums[r][g]);
  });
}

void pointwise(const Direct& d, std::ptrdiff_t first, std::ptrdiff_t last, float* near) {
  // All blocks of these pixels side by side: read once in long runs instead of as many streams as
  // there are blocks.
  const std::ptrdiff_t block = (last - first) * kLanes;
  for (int b = 0; b < d.inBlocks; ++b)
    for (std::ptrdiff_t i = 0; i < block; i += kLanes)
      store(near + b * block + i, load(d.in[b].src + first * kLanes + i));
  for (int group = 0; 2 * group < d.outBlocks; ++group)
    if (2 * group + 1 < d.outBlocks)
      pointwiseGroup<2>(d, first, last, group, near);
    else
      pointwiseGroup<1>(d, first, last, group, near);
}

}  // namespace
}  // namespace uninet::plan
