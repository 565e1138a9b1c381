#pragma once

#include <vector>

#include "model/plan/kernels.h"
#include "model/plan/layers.h"

namespace uninet::plan {

/// Group norm of one layer: y = γ · (x − μ) / σ + β with mean and deviation of each group of
/// channels; and its gradient by x. Sums are taken in double.
class GroupNorm {
 public:
  GroupNorm(const Layer& layer, const Kernels& kernels);
  void forward(const std::vector<BlockIn>& x, const std::vector<BlockOut>& y);
  /// After forward(), of the same x. `gradient` is that of y before its ReLU.
  void backward(const std::vector<BlockIn>& gradient, const std::vector<BlockIn>& x,
                const std::vector<BlockOut>& out) const;

 private:
  const Kernels& kernels_;
  std::ptrdiff_t pixels_;
  int groups_, perGroup_;
  std::vector<std::size_t> place_;  ///< of channel c: block · lanes + lane
  std::vector<float> gamma_, beta_;
  std::vector<double> mean_, inverse_;  ///< of each group: μ and 1 / σ
};

}  // namespace uninet::plan
