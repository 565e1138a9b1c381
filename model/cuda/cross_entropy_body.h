#pragma once

#include <math.h>

#include "model/cuda/cross_entropy.h"
#include "model/cuda/host_device.h"

/// What a thread of the kernels of cross_entropy.h does.
namespace uninet::cuda {

/// What an output of a bilinear resize reads of one axis, as ATen and plan::AxisTable.
struct AxisSource {
  int low, high;
  float weight;  ///< of `high`

  /// What the output takes from input `i`.
  UNINET_HOST_DEVICE float shareOf(int i) const {
    return (low == i ? 1 - weight : 0.f) + (high == i ? weight : 0.f);
  }
};

UNINET_HOST_DEVICE inline AxisSource sourceOf(int output, int in, int out) {
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  const float found = (static_cast<float>(output) + 0.5f) * scale - 0.5f;
  const float source = found > 0 ? found : 0;
  const int whole = static_cast<int>(source);
  const int low = whole < in - 1 ? whole : in - 1;
  return {low, low + 1 < in ? low + 1 : low, source - static_cast<float>(low)};
}

/// Outputs [first, end) that may read input `i`: all that do, and a few more.
struct Readers {
  int first, end;
};

UNINET_HOST_DEVICE inline Readers readersOf(int i, int in, int out) {
  const double outputs = static_cast<double>(out) / in;
  const int first = i == 0 ? 0 : static_cast<int>((i - 0.5) * outputs - 0.5) - 1;
  const int end = i == in - 1 ? out : static_cast<int>((i + 1.5) * outputs - 0.5) + 3;
  return {first < 0 ? 0 : first, end > out ? out : end};
}

/// A resized logit of a class: rows first, as the plan does.
UNINET_HOST_DEVICE inline float logitAt(const float* plane, int width, const AxisSource& y,
                                        const AxisSource& x) {
  const float* const low = plane + static_cast<std::int64_t>(y.low) * width;
  const float* const high = plane + static_cast<std::int64_t>(y.high) * width;
  const float a = (1 - y.weight) * low[x.low] + y.weight * high[x.low];
  const float b = (1 - y.weight) * low[x.high] + y.weight * high[x.high];
  return (1 - x.weight) * a + x.weight * b;
}

/// Loss and softmax of pixels of the labels.
struct PixelLoss {
  CrossEntropyTask task;
  PixelSoftmax* softmax;

  UNINET_HOST_DEVICE void operator()(const Stride& stride, CrossEntropySums& sums) const {
    const std::int64_t plane = static_cast<std::int64_t>(task.height) * task.width;
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const int label = task.labels[i];
      if (label < 0) continue;
      const AxisSource y =
          sourceOf(static_cast<int>(i / task.fullWidth), task.height, task.fullHeight);
      const AxisSource x =
          sourceOf(static_cast<int>(i % task.fullWidth), task.width, task.fullWidth);
      float greatest = logitAt(task.logits, task.width, y, x);
      for (int c = 1; c < task.classes; ++c) {
        const float logit = logitAt(task.logits + c * plane, task.width, y, x);
        greatest = logit > greatest ? logit : greatest;
      }
      float all = 0, own = 0;
      for (int c = 0; c < task.classes; ++c) {
        const float logit = logitAt(task.logits + c * plane, task.width, y, x);
        all += expf(logit - greatest);
        if (c == label) own = logit;
      }
      const double weight = task.weights[label];
      sums.loss += weight * (logf(all) + greatest - own);
      sums.weight += weight;
      if (softmax != nullptr) softmax[i] = {greatest, all};
    }
  }
};

/// The gradient by logits: each gathers what the pixels that read it have to say, row by row.
struct LogitGradient {
  CrossEntropyTask task;
  const PixelSoftmax* softmax;
  const CrossEntropySums* sums;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    const std::int64_t plane = static_cast<std::int64_t>(task.height) * task.width;
    const auto scale = static_cast<float>(1 / sums->weight);
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const int c = static_cast<int>(i / plane);
      const int row = static_cast<int>(i % plane / task.width);
      const int column = static_cast<int>(i % task.width);
      task.gradient[i] = static_cast<float>(gathered(c, row, column)) * scale;
    }
  }

 private:
  UNINET_HOST_DEVICE double gathered(int c, int row, int column) const {
    const Readers rows = readersOf(row, task.height, task.fullHeight);
    const Readers columns = readersOf(column, task.width, task.fullWidth);
    const float* const plane =
        task.logits + static_cast<std::int64_t>(c) * task.height * task.width;
    double total = 0;
    for (int v = rows.first; v < rows.end; ++v) {
      const AxisSource y = sourceOf(v, task.height, task.fullHeight);
      const float share = y.shareOf(row);
      if (share == 0) continue;
      double sum = 0;
      for (int u = columns.first; u < columns.end; ++u) {
        const std::int64_t at = static_cast<std::int64_t>(v) * task.fullWidth + u;
        const int label = task.labels[at];
        const AxisSource x = sourceOf(u, task.width, task.fullWidth);
        const float part = x.shareOf(column);
        if (label < 0 || part == 0) continue;
        const PixelSoftmax pixel = softmax[at];
        const float power = expf(logitAt(plane, task.width, y, x) - pixel.greatest);
        const float factor = task.weights[label] / pixel.all;
        sum += part * (factor * (c == label ? power - pixel.all : power));
      }
      total += share * sum;
    }
    return total;
  }
};

/// The passes; `grid` is a Grid (launch.cuh), or in the tests loops.
template <class Grid>
void crossEntropyOn(const Grid& grid, const CrossEntropyTask& task, CrossEntropySums* sums,
                    PixelSoftmax* softmax) {
  const bool differentiated = task.gradient != nullptr;
  grid.sumEach(PixelLoss{task, differentiated ? softmax : nullptr}, task.pixels(), sums + 1, sums);
  if (differentiated) grid.each(LogitGradient{task, softmax, sums}, task.values());
}

}  // namespace uninet::cuda
