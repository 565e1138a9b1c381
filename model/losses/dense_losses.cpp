#include "model/losses/dense_losses.h"

#include <ATen/ATen.h>

namespace uninet {

at::Tensor classWeights(const at::Tensor& target, std::int64_t classes, const BatchShare& share) {
  constexpr double kBeta = 0.999;
  const at::Tensor valid = target.masked_select(target >= 0);
  const at::Tensor pixels = share.sum(at::bincount(valid, {}, classes));
  if (pixels.sum().item<std::int64_t>() == 0) return {};
  const at::Tensor counts = pixels.to(at::kFloat);
  return at::where(counts > 0,
                   (1 - kBeta) / (1 - at::pow(at::full({}, kBeta, counts.options()), counts)),
                   at::zeros_like(counts));
}

double weightOf(const at::Tensor& target, const at::Tensor& weights) {
  return weights.to(at::kDouble)
      .index_select(0, target.masked_select(target >= 0))
      .sum()
      .item<double>();
}

at::Tensor depthLoss(const at::Tensor& predicted, const at::Tensor& target, double valid,
                     const BatchShare& share) {
  const at::Tensor difference =
      at::where(target > 0, predicted - target.to(predicted.scalar_type()),
                at::zeros({}, predicted.options()));
  return (share.lossSum(at::square(difference).sum()) / valid).clamp_min(kTiny * kTiny).sqrt();
}

}  // namespace uninet
