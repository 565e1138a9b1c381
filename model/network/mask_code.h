#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <opencv2/core.hpp>

namespace uninet {

/// MEInst mask code (architecture §10): 28×28 grid, whitened PCA of the inverse sigmoid.
struct MaskCode {
  static constexpr int kGrid = 28;

  at::Tensor components;         ///< [k, 784] unit axes
  at::Tensor explainedVariance;  ///< [k]
  at::Tensor mean;               ///< [784]

  bool empty() const { return !components.defined(); }
  /// [n, k] → [n, 784] probabilities.
  at::Tensor decode(const at::Tensor& codes) const;
  /// Binary masks [n, 784] → codes [n, k]; `noise` [n, 784] uniform in 0..1 (§10 encode).
  at::Tensor encode(const at::Tensor& masks, const at::Tensor& noise) const;
};

/// log(d / (1 − d)) of masks [n, 784] in 0/1 with per-pixel noise (§10 encode).
at::Tensor noisyLogits(const at::Tensor& masks, const at::Tensor& noise);

/// Whitened PCA of the noisy logits of training masks [n, 784] (§10 fitting): unit axes,
/// variance S² / (n − 1). Throws Error unless n > codeLength.
MaskCode fitMaskCode(const at::Tensor& masks, const at::Tensor& noise, std::int64_t codeLength);

/// 28×28 nearest-neighbour grid of a 0/1 mask cropped to its box, as 784 floats.
cv::Mat maskGrid(const cv::Mat& boxMask);

}  // namespace uninet
