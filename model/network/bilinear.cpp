#include "model/network/bilinear.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace uninet {
namespace {

/// [out, in] weights of one axis: row o holds what output o takes from each input.
at::Tensor interpolation(std::int64_t in, std::int64_t out) {
  at::Tensor matrix = at::zeros({out, in});
  float* p = matrix.data_ptr<float>();
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  for (std::int64_t o = 0; o < out; ++o) {
    const float source = std::max(0.f, (static_cast<float>(o) + 0.5f) * scale - 0.5f);
    const std::int64_t low = std::min(static_cast<std::int64_t>(source), in - 1);
    const std::int64_t high = std::min(low + 1, in - 1);
    const float weight = source - static_cast<float>(low);
    p[o * in + low] += 1 - weight;
    p[o * in + high] += weight;
  }
  return matrix;
}

struct BilinearFunction : torch::autograd::Function<BilinearFunction> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                            std::int64_t height, std::int64_t width) {
    context->saved_data["height"] = x.size(2);
    context->saved_data["width"] = x.size(3);
    const std::array<std::int64_t, 2> size{height, width};
    return at::upsample_bilinear2d(x, size, false);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const at::Tensor& g = gradients[0];
    const std::int64_t height = context->saved_data["height"].toInt();
    const std::int64_t width = context->saved_data["width"].toInt();
    const at::Tensor full = g.to(at::kFloat).contiguous();
    const at::Tensor columns = at::matmul(full, interpolation(width, g.size(3)));
    const at::Tensor rows = at::matmul(interpolation(height, g.size(2)).t(), columns);
    return {rows.to(g.scalar_type()).contiguous(g.suggest_memory_format()), {}, {}};
  }
};

}  // namespace

at::Tensor resizeBilinear(const at::Tensor& x, std::int64_t height, std::int64_t width) {
  if (x.is_cpu() && x.scalar_type() != at::kDouble && x.requires_grad() &&
      at::GradMode::is_enabled())
    return BilinearFunction::apply(x, height, width);
  const std::array<std::int64_t, 2> size{height, width};
  return at::upsample_bilinear2d(x, size, /*align_corners=*/false);
}

}  // namespace uninet
