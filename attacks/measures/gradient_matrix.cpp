#include "attacks/measures/gradient_matrix.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <limits>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/objective.h"
#include "model/engine/convolutions_in.h"
#include "model/network/network.h"

namespace uninet {

GradientMatrix gradientMatrix(const AttackInput& input, const cv::Mat& image) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const FrozenWeights frozen(input.engine.network());
  std::vector<std::string> notes;
  const Targets targets = attackTargets(input, notes);
  const ConvolutionsIn precision(input.engine);
  const at::AutoGradMode mode(true);
  const at::Tensor pixels = input.engine.pixels(image).requires_grad_(true);
  const LossValues values =
      computeLosses(input.engine.outputs(pixels, input.engine.spec().tasks), targets);

  GradientMatrix matrix;
  std::vector<at::Tensor> gradients;
  for (const LossInfo& info : losses()) {
    matrix.losses.push_back(info.key);
    const at::Tensor& value = values[static_cast<std::size_t>(info.loss)];
    at::Tensor gradient;
    if (value.defined() && value.requires_grad())
      gradient = torch::autograd::grad({value}, {pixels}, {}, /*retain_graph=*/true,
                                       /*create_graph=*/false, /*allow_unused=*/true)[0];
    if (gradient.defined()) gradient = gradient.flatten().to(at::kDouble);
    matrix.norms.push_back(gradient.defined() ? gradient.norm().item<double>() : kNone);
    gradients.push_back(gradient);
  }
  const std::size_t n = gradients.size();
  const std::vector<double> empty(n, kNone);
  matrix.cosine.assign(n, empty);
  matrix.signAgreement.assign(n, empty);
  matrix.normRatio.assign(n, empty);
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) {
      if (!(matrix.norms[a] > 0) || !(matrix.norms[b] > 0)) continue;
      const at::Tensor product = gradients[a] * gradients[b];
      matrix.cosine[a][b] = product.sum().item<double>() / (matrix.norms[a] * matrix.norms[b]);
      const double both = product.ne(0).sum().item<double>();
      if (both > 0) matrix.signAgreement[a][b] = product.gt(0).sum().item<double>() / both;
      matrix.normRatio[a][b] = matrix.norms[a] / matrix.norms[b];
    }
  return matrix;
}

}  // namespace uninet
