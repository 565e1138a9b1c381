#pragma once

#include <memory>

#include <ATen/core/Tensor.h>

#include "model/ranks/batch_share.h"

namespace uninet {

struct RawOutputs;

/// Weighted mean cross entropy of the segmentation. Of float32 logits before their last resize
/// (RawOutputs::segmentBeforeResize) value and gradient come in one pass, and the logits at full
/// size never exist, where there is a kernel for it (model/plan/cross_entropy.h).
class SegmentLoss {
 public:
  /// `labels` [N, H, W] int64, −1 ignored, at least one of the batch not; `weights` [C] by class;
  /// both on the device of the logits, which is the CPU for those before their last resize. `share`
  /// is used as long as this.
  SegmentLoss(at::Tensor labels, at::Tensor weights, const BatchShare& share = wholeBatch());
  ~SegmentLoss();
  /// 0-dim, differentiable.
  at::Tensor operator()(const RawOutputs& outputs) const;

 private:
  struct Fused;
  /// Of the images of this share alone.
  at::Tensor ofShare(const RawOutputs& outputs) const;
  at::Tensor ofSource(const at::Tensor& logits) const;

  at::Tensor labels_, weights_;
  const BatchShare& share_;
  double weight_ = 1;  ///< of all pixels of this share of a batch
  std::unique_ptr<Fused> fused_;
};

}  // namespace uninet
