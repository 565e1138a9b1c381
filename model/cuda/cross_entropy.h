#pragma once

#include <cstdint>

#include "model/cuda/host_device.h"
#include "model/cuda/stream.h"

/// plan::CrossEntropy (model/plan/cross_entropy.h) on the card, for one image: the logits are
/// resized (bilinear) to the size of the labels where they are used, and never lie in memory at
/// that size. Each gradient gathers what it needs from the pixels around, in a fixed order: no
/// atomics, the same bytes every time. The value agrees with the plan's to 1e-5 of it, the gradient
/// to 1e-5 of the greatest one. All pointers are the card's. Errors: failure.h.
namespace uninet::cuda {

struct CrossEntropySums {
  double loss, weight;

  /// Weighted mean; NaN where no pixel has a label.
  double value() const { return loss / weight; }
  UNINET_HOST_DEVICE void merge(const CrossEntropySums& other) {
    loss += other.loss;
    weight += other.weight;
  }
};

struct CrossEntropyTask {
  const float* logits = nullptr;         ///< [classes, height, width]
  const std::int16_t* labels = nullptr;  ///< [fullHeight, fullWidth], −1 ignored
  const float* weights = nullptr;        ///< [classes]
  float* gradient = nullptr;             ///< by the logits; null: only the value
  int classes = 0, height = 0, width = 0, fullHeight = 0, fullWidth = 0;

  UNINET_HOST_DEVICE std::int64_t pixels() const {
    return static_cast<std::int64_t>(fullHeight) * fullWidth;
  }
  UNINET_HOST_DEVICE std::int64_t values() const {
    return static_cast<std::int64_t>(classes) * height * width;
  }
};

/// What exp and log of a pixel's softmax need, kept from the value for the gradient.
struct PixelSoftmax {
  float greatest;  ///< of the logits
  float all;       ///< Σ exp(logit − greatest)
};

/// Sums that a call needs place for; the first is the result.
constexpr int kCrossEntropySums = 1 + kMostBlocks;

/// `softmax` has place for every pixel of the labels; null without a gradient.
void crossEntropy(const CrossEntropyTask& task, CrossEntropySums* sums, PixelSoftmax* softmax,
                  Stream stream);

}  // namespace uninet::cuda
