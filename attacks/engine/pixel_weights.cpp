#include "attacks/engine/pixel_weights.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace uninet {
namespace {

/// Weights that follow from the prediction, [1, H, W]; `done` 0..1 of all steps.
at::Tensor weightsOf(const at::Tensor& logits, const WeighedLabels& target, double done) {
  const at::NoGradGuard noGrad;
  const at::Tensor values = logits.detach();
  const at::Tensor labels = target.labels.clamp_min(0).unsqueeze(1);
  at::Tensor weights = at::ones({}, values.options());
  if (target.weights == PixelWeights::segPgd) {
    const double lambda = done / 2;
    const double right = target.towards ? lambda : 1 - lambda;
    weights = at::where(values.argmax(1) == target.labels, at::full({}, right, values.options()),
                        at::full({}, 1 - right, values.options()));
  }
  if (target.weights != PixelWeights::cosPgd && target.gate >= 1) return weights;
  const at::Tensor shares = at::softmax(values, 1);
  const at::Tensor share = shares.gather(1, labels).squeeze(1);
  if (target.weights == PixelWeights::cosPgd) {
    const at::Tensor cosine = share / shares.square().sum(1).sqrt();
    weights = target.towards ? 1 - cosine : cosine;
  }
  if (target.gate >= 1) return weights;
  const at::Tensor there = (share > target.gate).logical_and(values.argmax(1) == target.labels);
  return weights * there.logical_not().to(values.scalar_type());
}

}  // namespace

ObjectiveValue weighedCrossEntropy(const at::Tensor& logits, const WeighedLabels& target) {
  const at::Tensor valid = (target.labels >= 0).sum().clamp_min(1);
  at::Tensor terms =
      at::cross_entropy_loss(logits, target.labels, {}, at::Reduction::None, -1) / valid;
  if (target.fixed.defined()) terms = terms * target.fixed.to(terms.scalar_type());
  ObjectiveValue found;
  found.value = terms.sum();
  if (target.weights != PixelWeights::alike || target.gate < 1)
    found.differentiated = [logits, target, terms](double done) {
      return (weightsOf(logits, target, done) * terms).sum();
    };
  return found;
}

ObjectiveValue cosPgdOfDepth(const at::Tensor& predicted, const at::Tensor& target,
                             double farthest) {
  const at::Tensor truth = target.to(predicted.scalar_type());
  const at::Tensor valid = (truth > 0).sum().clamp_min(1);
  const at::Tensor squares =
      at::where(truth > 0, at::square(predicted - truth), at::zeros({}, predicted.options())) /
      valid;
  ObjectiveValue found;
  found.value = squares.sum();
  found.differentiated = [predicted, truth, farthest, squares](double) {
    const at::Tensor p = (predicted.detach() / farthest).clamp(0, 1);
    const at::Tensor t = (truth / farthest).clamp(0, 1);
    const at::Tensor lengths = ((p.square() + (1 - p).square()) * (t.square() + (1 - t).square()));
    return ((p * t + (1 - p) * (1 - t)) / lengths.sqrt() * squares).sum();
  };
  return found;
}

}  // namespace uninet
