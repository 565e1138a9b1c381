#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace uninet {

inline constexpr double kTiny = 1e-12;  ///< a loss below it no longer pulls on the geometric mean

/// Weights of the classes from their pixels in the target (losses §4); undefined: no valid pixel.
at::Tensor classWeights(const at::Tensor& target, std::int64_t classes);

/// Root of the mean square over the `valid` pixels of the batch whose target is positive (losses
/// §8), both in the units of the depth output.
at::Tensor depthLoss(const at::Tensor& predicted, const at::Tensor& target, double valid);

}  // namespace uninet
