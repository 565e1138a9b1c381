#include "model/training/step_guard.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>

#include "core/base/error.h"

namespace uninet {

std::string notFinite(const std::vector<at::Tensor>& gradients, const Network& network) {
  std::size_t parameter = 0;
  for (const WeightEntry& entry : network.weights.entries()) {
    if (entry.buffer) continue;
    const at::Tensor& gradient = gradients.at(parameter++);
    if (gradient.defined() && !std::isfinite(gradient.sum().item<double>()))
      return concat("gradient of ", entry.key);
  }
  return {};
}

RunningStatistics::RunningStatistics(Network& network) {
  for (const WeightEntry& entry : network.weights.entries())
    if (entry.buffer) {
      now_.push_back(entry.tensor);
      kept_.push_back(entry.tensor.clone());
    }
}

void RunningStatistics::keep() {
  const at::NoGradGuard noGrad;
  for (std::size_t i = 0; i < now_.size(); ++i) kept_[i].copy_(now_[i]);
}

void RunningStatistics::restore() {
  const at::NoGradGuard noGrad;
  for (std::size_t i = 0; i < now_.size(); ++i) now_[i].copy_(kept_[i]);
}

}  // namespace uninet
