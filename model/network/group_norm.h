#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace uninet {

/// Group norm of [N, C, H, W] with eps 1e-5. Of channels-last float32 maps on the CPU the backward
/// pass reads and writes them as they lie; ATen 1.13 copies input and gradient into planes first,
/// and what comes out is in planes as well.
at::Tensor groupNorm(const at::Tensor& x, std::int64_t groups, const at::Tensor& scale,
                     const at::Tensor& shift);

}  // namespace uninet
