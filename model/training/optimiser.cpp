#include "model/training/optimiser.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>

#include "core/base/error.h"

namespace uninet {

Optimiser::Optimiser(Weights& weights, const Settings& settings) : settings_(settings) {
  for (WeightEntry& entry : weights.entries()) {
    if (entry.buffer) continue;
    entry.tensor.set_requires_grad(true);
    parameters_.push_back(entry.tensor);
    m_.push_back(at::zeros_like(entry.tensor).set_requires_grad(false));
    v_.push_back(at::zeros_like(entry.tensor).set_requires_grad(false));
  }
}

void Optimiser::step(const std::vector<at::Tensor>& gradients, double rate) {
  const at::NoGradGuard noGrad;
  const auto t = static_cast<double>(++steps_);
  const double beta1 = settings_.beta1, beta2 = settings_.beta2;
  const double correction1 = 1 - std::pow(beta1, t), correction2 = 1 - std::pow(beta2, t);
  // θ −= scale · m / (sqrt(v) · root + ε)
  double scale = rate / correction1, root = 1 / std::sqrt(correction2);
  bool adaptive = true;
  if (settings_.kind == OptimiserKind::radam) {
    const double rhoMax = 2 / (1 - beta2) - 1;
    const double rho = rhoMax - 2 * t * std::pow(beta2, t) / correction2;
    adaptive = rho >= 5;
    root = 1;
    if (adaptive)
      scale *= std::sqrt(correction2 * (rho - 4) / (rhoMax - 4) * (rho - 2) / rho * rhoMax /
                         (rhoMax - 2));
  }
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!gradients[i].defined()) continue;
    at::Tensor& p = parameters_[i];
    const at::Tensor g = gradients[i].to(at::kFloat);
    m_[i].mul_(beta1).add_(g, 1 - beta1);
    v_[i].mul_(beta2).addcmul_(g, g, 1 - beta2);
    const bool decays = !settings_.decayConvolutionsOnly || p.dim() == 4;
    if (decays && settings_.decay > 0) p.mul_(1 - rate * settings_.decay);
    if (adaptive)
      p.addcdiv_(m_[i], v_[i].sqrt().mul_(root).add_(settings_.epsilon), -scale);
    else
      p.add_(m_[i], -scale);
  }
}

std::vector<at::Tensor> Optimiser::state() const {
  std::vector<at::Tensor> all = m_;
  all.insert(all.end(), v_.begin(), v_.end());
  return all;
}

void Optimiser::restore(std::int64_t steps, const std::vector<at::Tensor>& state) {
  if (state.size() != 2 * m_.size())
    throw Error(
        concat("training state: expected ", 2 * m_.size(), " moments, found ", state.size()));
  steps_ = steps;
  for (std::size_t i = 0; i < m_.size(); ++i) {
    m_[i].copy_(state[i]);
    v_[i].copy_(state[m_.size() + i]);
  }
}

}  // namespace uninet
