#include "model/losses/dense_losses.h"

#include <ATen/ATen.h>

namespace uninet {

at::Tensor classWeights(const at::Tensor& target, std::int64_t classes) {
  constexpr double kBeta = 0.999;
  const at::Tensor valid = target.masked_select(target >= 0);
  if (valid.numel() == 0) return {};
  const at::Tensor counts = at::bincount(valid, {}, classes).to(at::kFloat);
  return at::where(counts > 0,
                   (1 - kBeta) / (1 - at::pow(at::full({}, kBeta, counts.options()), counts)),
                   at::zeros_like(counts));
}

at::Tensor depthLoss(const at::Tensor& predicted, const at::Tensor& target, double valid) {
  const at::Tensor difference =
      at::where(target > 0, predicted - target.to(predicted.scalar_type()),
                at::zeros({}, predicted.options()));
  return (at::square(difference).sum() / valid).clamp_min(kTiny * kTiny).sqrt();
}

}  // namespace uninet
