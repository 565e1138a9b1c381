#pragma once

#include <ATen/core/Tensor.h>

#include "model/ranks/batch_share.h"

namespace uninet {

/// Batch norm in training of a share of a batch: by mean and variance over the images of all ranks,
/// forward and backward; running statistics, in place, are the same on all. x [n, C, H, W], the
/// others [C], as at::batch_norm takes them; gradients of weight and bias are those of this share.
at::Tensor sharedBatchNorm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                           at::Tensor runningMean, at::Tensor runningVariance, double momentum,
                           double epsilon, const BatchShare& share);

}  // namespace uninet
