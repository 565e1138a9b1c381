#include "model/losses/segment_loss.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "model/losses/dense_losses.h"
#include "model/losses/segment_loss_on_card.h"
#include "model/network/bilinear.h"
#include "model/network/differentiable.h"
#include "model/network/network.h"
#include "model/plan/cross_entropy.h"

namespace uninet {
struct SegmentLoss::Fused {
  std::unique_ptr<plan::CrossEntropy> loss;  ///< for the size of the last logits
};

SegmentLoss::SegmentLoss(at::Tensor labels, at::Tensor weights, const BatchShare& share)
    : labels_(std::move(labels)),
      weights_(std::move(weights)),
      share_(share),
      fused_(std::make_unique<Fused>()) {
  if (!share_.whole()) weight_ = weightOf(labels_, weights_);
}
SegmentLoss::~SegmentLoss() = default;

at::Tensor SegmentLoss::operator()(const RawOutputs& outputs) const {
  const at::Tensor& logits =
      outputs.segment.defined() ? outputs.segment : outputs.segmentBeforeResize;
  return share_.lossMean(ofShare(outputs), weight_, logits);
}

at::Tensor SegmentLoss::ofShare(const RawOutputs& outputs) const {
  at::Tensor logits = outputs.segment;
  if (!logits.defined()) {
    const at::Tensor& source = outputs.segmentBeforeResize;
    if (source.is_cpu() && source.scalar_type() == at::kFloat &&
        plan::CrossEntropy::takes(source.size(1)))
      return ofSource(source);
    if (canFuseOnCard(source)) return segmentLossOnCard(source, labels_, weights_);
    logits = resizeBilinear(source, labels_.size(1), labels_.size(2));
  }
  return at::cross_entropy_loss(logits, labels_, weights_.to(logits.scalar_type()),
                                at::Reduction::Mean, -1);
}

at::Tensor SegmentLoss::ofSource(const at::Tensor& logits) const {
  const at::Tensor values = logits.detach().contiguous();
  const int height = static_cast<int>(values.size(2)), width = static_cast<int>(values.size(3));
  if (!fused_->loss || !fused_->loss->isFor(height, width)) {
    const at::Tensor labels = labels_.to(at::kShort).contiguous();
    const at::Tensor weights = weights_.to(at::kFloat).contiguous();
    const auto* label = labels.data_ptr<std::int16_t>();
    const auto* weight = weights.data_ptr<float>();
    fused_->loss = std::make_unique<plan::CrossEntropy>(
        std::vector<std::int16_t>(label, label + labels.numel()),
        std::vector<float>(weight, weight + weights.numel()), static_cast<int>(labels.size(1)),
        static_cast<int>(labels.size(2)), height, width);
  }
  const bool wanted = at::GradMode::is_enabled() && logits.requires_grad();
  const at::Tensor gradient = wanted ? at::empty_like(values) : at::Tensor();
  const double value =
      fused_->loss->run(values.data_ptr<float>(), wanted ? gradient.data_ptr<float>() : nullptr);
  const at::Tensor result = at::full({}, value, at::kFloat);
  if (!wanted) return result;
  return differentiable(logits, {result}, [gradient](const std::vector<at::Tensor>& above) {
    return gradient * above[0];
  })[0];
}

}  // namespace uninet
