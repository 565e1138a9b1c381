#pragma once

#include <cstdint>
#include <vector>

#include "model/plan/axis.h"
#include "model/plan/kernels.h"
#include "model/plan/layout.h"

namespace uninet::plan {

/// Weighted mean cross entropy of logits that are resized (bilinear) to the size of the labels, in
/// one pass: Σ weight · −log softmax / Σ weight over the pixels with a label, of all images
/// together. The resized logits exist one row at a time. The same bytes for any number of threads.
class CrossEntropy {
 public:
  /// Whether there are kernels for this processor and so many classes.
  static bool takes(std::int64_t classes);
  /// `labels` images × height × width, −1 ignored; `weights` by class. `logitsHeight` ×
  /// `logitsWidth`: size before the resize.
  CrossEntropy(std::vector<std::int16_t> labels, std::vector<float> weights, int height, int width,
               int logitsHeight, int logitsWidth);
  bool isFor(int logitsHeight, int logitsWidth) const {
    return logitsHeight == logitsHeight_ && logitsWidth == logitsWidth_;
  }
  /// `logits` and `gradient` (may be null) [images, classes, logitsHeight, logitsWidth].
  double run(const float* logits, float* gradient) const;

 private:
  /// The sum of one image, and its part of the gradient.
  double runImage(const std::int16_t* labels, const float* logits, float* gradient) const;

  const Kernels& kernels_;
  std::vector<std::int16_t> labels_;
  std::vector<float> weights_;
  int height_, width_, logitsHeight_, logitsWidth_;
  double weightSum_ = 0;
  AxisTable y_, x_;
};

}  // namespace uninet::plan
