#include "model/network/group_norm.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>

namespace uninet {
namespace {

constexpr double kEps = 1e-5;
/// Pixels whose sums are taken together; fixed, as sums depend on it.
constexpr std::int64_t kBand = 128;

struct Shape {
  std::int64_t images, channels, pixels, groups;

  std::int64_t bands() const { return (pixels + kBand - 1) / kBand; }
};

/// Calls part(image, first pixel, last pixel) for all bands of all images.
template <class Part>
void eachBand(const Shape& shape, const Part& part) {
  at::parallel_for(0, shape.images * shape.bands(), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t first = i % shape.bands() * kBand;
      part(i / shape.bands(), first, std::min(first + kBand, shape.pixels));
    }
  });
}

/// Σ gradient · x and Σ gradient over the pixels, [images, channels] each.
std::array<at::Tensor, 2> channelSums(const Shape& shape, const float* gradient, const float* x) {
  const std::int64_t channels = shape.channels;
  const at::Tensor parts = at::zeros({shape.images, shape.bands(), 2, channels});
  float* const sums = parts.data_ptr<float>();
  eachBand(shape, [&](std::int64_t image, std::int64_t first, std::int64_t last) {
    float* const products = sums + (image * shape.bands() + first / kBand) * 2 * channels;
    float* const plain = products + channels;
    for (std::int64_t p = image * shape.pixels + first; p < image * shape.pixels + last; ++p) {
      const float* const g = gradient + p * channels;
      const float* const v = x + p * channels;
#pragma omp simd
      for (std::int64_t c = 0; c < channels; ++c) {
        products[c] += g[c] * v[c];
        plain[c] += g[c];
      }
    }
  });
  const at::Tensor total = parts.to(at::kDouble).sum(1);
  return {total.select(1, 0), total.select(1, 1)};
}

struct GroupNorm : torch::autograd::Function<GroupNorm> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                            const at::Tensor& scale, const at::Tensor& shift, std::int64_t groups) {
    const auto [y, mean, inverse] = at::native_group_norm(x, scale, shift, x.size(0), x.size(1),
                                                          x.size(2) * x.size(3), groups, kEps);
    context->save_for_backward({x, scale, mean, inverse});
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &scale = saved[1];
    const at::Tensor above = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor mean = saved[2].to(at::kDouble), inverse = saved[3].to(at::kDouble);
    const Shape shape{x.size(0), x.size(1), x.size(2) * x.size(3), mean.size(1)};
    const std::int64_t perGroup = shape.channels / shape.groups;
    const std::array<std::int64_t, 3> grouped{shape.images, shape.groups, perGroup};
    const auto [products, plain] = channelSums(shape, above.data_ptr<float>(), x.data_ptr<float>());
    const at::Tensor ofX = products.reshape(grouped), ofOne = plain.reshape(grouped);
    const at::Tensor m = mean.unsqueeze(2), r = inverse.unsqueeze(2);
    const at::Tensor gamma = scale.to(at::kDouble).view({1, shape.groups, perGroup});

    // The gradient by x is a · gradient + b · x + c, with an a for each channel, b and c of a
    // group.
    const auto count = static_cast<double>(perGroup * shape.pixels);
    const at::Tensor a = (gamma * r).to(at::kFloat).contiguous();
    const at::Tensor b =
        ((gamma * (ofOne * m - ofX)).sum(2, true) * r * r * r / count).expand(grouped);
    const at::Tensor c = -b * m - (gamma * ofOne).sum(2, true) * r / count;
    const at::Tensor byX = at::empty_like(x);
    const at::Tensor slope = b.to(at::kFloat).contiguous(), start = c.to(at::kFloat).contiguous();
    eachBand(shape, [&, channels = shape.channels](std::int64_t image, std::int64_t first,
                                                   std::int64_t last) {
      const float* const as = a.data_ptr<float>() + image * channels;
      const float* const bs = slope.data_ptr<float>() + image * channels;
      const float* const cs = start.data_ptr<float>() + image * channels;
      for (std::int64_t p = image * shape.pixels + first; p < image * shape.pixels + last; ++p) {
        const float* const g = above.data_ptr<float>() + p * channels;
        const float* const v = x.data_ptr<float>() + p * channels;
        float* const out = byX.data_ptr<float>() + p * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) out[i] = as[i] * g[i] + bs[i] * v[i] + cs[i];
      }
    });
    const at::Tensor byScale = ((ofX - ofOne * m) * r).sum(0).flatten().to(at::kFloat);
    return {byX, byScale, ofOne.sum(0).flatten().to(at::kFloat), {}};
  }
};

}  // namespace

at::Tensor groupNorm(const at::Tensor& x, std::int64_t groups, const at::Tensor& scale,
                     const at::Tensor& shift) {
  const bool ours = x.is_cpu() && x.scalar_type() == at::kFloat &&
                    x.is_contiguous(at::MemoryFormat::ChannelsLast) && at::GradMode::is_enabled() &&
                    (x.requires_grad() || scale.requires_grad());
  if (ours) return GroupNorm::apply(x, scale, shift, groups);
  return at::group_norm(x, groups, scale, shift, kEps, false);
}

}  // namespace uninet
