#include "model/losses/segment_loss.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "model/losses/dense_losses.h"
#include "model/network/network.h"
#include "model/plan/cross_entropy.h"

namespace uninet {
namespace {

/// Hands on the gradient that was computed with the value.
struct WithGradient : torch::autograd::Function<WithGradient> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor&,
                            const at::Tensor& value, const at::Tensor& gradient) {
    context->save_for_backward({gradient});
    return value;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list above) {
    return {context->get_saved_variables()[0] * above[0], {}, {}};
  }
};

}  // namespace

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
  if (!outputs.segment.defined())
    return share_.lossMean(ofSource(outputs.segmentBeforeResize), weight_,
                           outputs.segmentBeforeResize);
  return share_.lossMean(
      at::cross_entropy_loss(outputs.segment, labels_, weights_.to(outputs.segment.scalar_type()),
                             at::Reduction::Mean, -1),
      weight_, outputs.segment);
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
  return wanted ? WithGradient::apply(logits, result, gradient) : result;
}

}  // namespace uninet
