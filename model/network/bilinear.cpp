#include "model/network/bilinear.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <array>

namespace uninet {
namespace {

/// [out, in] weights of one axis: row o holds what output o takes from each input. Made where the
/// maps are, without a copy from the host: a CUDA graph can hold it.
at::Tensor interpolation(std::int64_t in, std::int64_t out, const at::TensorOptions& options) {
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  const at::Tensor source =
      at::clamp_min((at::arange(out, options) + 0.5).mul(scale).sub(0.5), 0).unsqueeze(1);
  const at::Tensor low = at::floor(source).clamp_max(static_cast<double>(in - 1));
  const at::Tensor high = (low + 1).clamp_max(static_cast<double>(in - 1));
  const at::Tensor weight = source - low, inputs = at::arange(in, options).unsqueeze(0);
  return inputs.eq(low) * (1 - weight) + inputs.eq(high) * weight;
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
    const at::Tensor columns = at::matmul(full, interpolation(width, g.size(3), full.options()));
    const at::Tensor rows =
        at::matmul(interpolation(height, g.size(2), full.options()).t(), columns);
    return {rows.to(g.scalar_type()).contiguous(g.suggest_memory_format()), {}, {}};
  }
};

}  // namespace

at::Tensor resizeBilinear(const at::Tensor& x, std::int64_t height, std::int64_t width) {
  if ((x.is_cpu() || x.is_cuda()) && x.scalar_type() != at::kDouble && x.requires_grad() &&
      at::GradMode::is_enabled())
    return BilinearFunction::apply(x, height, width);
  const std::array<std::int64_t, 2> size{height, width};
  return at::upsample_bilinear2d(x, size, /*align_corners=*/false);
}

}  // namespace uninet
