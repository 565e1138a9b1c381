#include "model/ranks/batch_share.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace uninet {
namespace {

struct SumOfLoss : torch::autograd::Function<SumOfLoss> {
  static at::Tensor forward(torch::autograd::AutogradContext*, const at::Tensor& local,
                            const BatchShare* share) {
    return share->sum(local);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                 torch::autograd::variable_list above) {
    return {above[0], at::Tensor()};
  }
};

}  // namespace

void BatchShare::addUp(at::Tensor&) const {}

at::Tensor BatchShare::sum(const at::Tensor& local) const {
  if (whole()) return local;
  at::Tensor total = local.detach().clone(at::MemoryFormat::Contiguous);
  addUp(total);
  return total;
}

double BatchShare::sum(double local) const {
  return whole() ? local : sum(at::full({}, local, at::kDouble)).item<double>();
}

std::int64_t BatchShare::sumBefore(std::int64_t local) const {
  if (whole()) return 0;
  at::Tensor counts = at::zeros({size()}, at::kLong);
  counts[rank()] = local;
  addUp(counts);
  return counts.narrow(0, 0, rank()).sum().item<std::int64_t>();
}

at::Tensor BatchShare::lossSum(const at::Tensor& local) const {
  return whole() ? local : SumOfLoss::apply(local, this);
}

at::Tensor BatchShare::lossMean(const at::Tensor& mean, double weight,
                                const at::Tensor& map) const {
  if (whole()) return mean;
  return lossSum(weight > 0 ? mean * weight : (map * 0).sum()) / sum(weight);
}

const BatchShare& wholeBatch() {
  static const BatchShare whole;
  return whole;
}

}  // namespace uninet
