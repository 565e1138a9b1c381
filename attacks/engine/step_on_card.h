#pragma once

#include <ATen/core/Tensor.h>

namespace uninet {

/// Whether the step of a gradient attack goes through the kernel of model/cuda. Never in a build
/// without CUDA.
bool canStepOnCard(const at::Tensor& pixels);

/// NormBall::step() in l∞ on a card, in one pass and with the bytes of the CPU. `region` may be
/// undefined: the whole image.
at::Tensor stepOnCard(const at::Tensor& pixels, const at::Tensor& clean,
                      const at::Tensor& direction, const at::Tensor& region, double alpha,
                      double epsilon);

}  // namespace uninet
