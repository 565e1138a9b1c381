#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace uninet {

/// The perturbation nearest to `wanted` with Σ|δ| ≤ `epsilon` and clean + δ within 0..255 (after
/// Croce and Hein, ICML 2021): sign · clip(|wanted| − λ, 0, room), with the least λ ≥ 0 that fits.
/// Found on the CPU, wherever the tensors are.
at::Tensor nearestWithinL1(const at::Tensor& wanted, const at::Tensor& clean, double epsilon);

/// Signs of the entries whose absolute value reaches the one at ascending rank ⌊(1 − share) n⌋ of
/// the first n = `count` greatest, divided by how many those are: a step of length 1 along few
/// values. 0 where everything is 0.
at::Tensor sparseDirection(const at::Tensor& direction, double share, std::int64_t count);

}  // namespace uninet
