#pragma once

#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>

namespace uninet {

/// Gradient by the input from those by the outputs; an undefined one is 0.
using Backward = std::function<at::Tensor(const std::vector<at::Tensor>& gradients)>;

/// `outputs`, which were computed outside of LibTorch's autograd, as functions of `input`. To be
/// called under gradient mode. `backward` is called once for each gradient that is taken, without
/// gradient mode.
std::vector<at::Tensor> differentiable(const at::Tensor& input,
                                       const std::vector<at::Tensor>& outputs, Backward backward);

}  // namespace uninet
