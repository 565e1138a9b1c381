#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

#include "model/ranks/batch_share.h"

namespace uninet {

inline constexpr double kTiny = 1e-12;  ///< a loss below it no longer pulls on the geometric mean

/// Weights of the classes from their pixels in the target of the batch (losses §4); undefined: no
/// valid pixel.
at::Tensor classWeights(const at::Tensor& target, std::int64_t classes, const BatchShare& share);

/// Of the pixels of `target` that are not ignored, those of this share: what their weighted mean is
/// divided by.
double weightOf(const at::Tensor& target, const at::Tensor& weights);

/// Root of the mean square over the `valid` pixels of the batch whose target is positive (losses
/// §8), both in the units of the depth output.
at::Tensor depthLoss(const at::Tensor& predicted, const at::Tensor& target, double valid,
                     const BatchShare& share);

}  // namespace uninet
