#pragma once

#include <ATen/core/Tensor.h>

namespace uninet {

/// Whether these logits before their last resize go through the kernels of model/cuda: float32 of
/// one image on a card. Never in a build without CUDA.
bool canFuseOnCard(const at::Tensor& logits);

/// Weighted mean cross entropy of `logits` [1, C, h, w] at the size of `labels` [1, H, W], −1
/// ignored; `weights` [C]; all on the card. 0-dim, differentiable by the logits; the host does not
/// wait for it.
at::Tensor segmentLossOnCard(const at::Tensor& logits, const at::Tensor& labels,
                             const at::Tensor& weights);

}  // namespace uninet
