#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

namespace uninet {

/// Values of tensors with one element each, of any type, each as its own item<double>() is: all of
/// them by one copy, so that whoever computes on another device waits for it once.
std::vector<double> readTogether(const std::vector<at::Tensor>& values);

}  // namespace uninet
