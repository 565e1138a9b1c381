#include "model/plan/group_norm.h"

#include <cmath>

#include "model/plan/packed_conv.h"

namespace uninet::plan {

GroupNorm::GroupNorm(const Layer& layer, const Kernels& kernels)
    : kernels_(kernels),
      pixels_(layer.out.pixels()),
      groups_(layer.groups),
      perGroup_(layer.out.channels() / layer.groups),
      gamma_(layer.weights),
      beta_(layer.bias) {
  const auto lanes = static_cast<std::size_t>(kernels.lanes);
  for (std::size_t s = 0; s < layer.out.slots.size(); ++s)
    for (int c = 0; c < layer.out.slots[s].channels; ++c)
      place_.push_back(s * lanes + static_cast<std::size_t>(c));
  mean_.resize(static_cast<std::size_t>(groups_));
  inverse_.resize(mean_.size());
}

void GroupNorm::forward(const std::vector<BlockIn>& x, const std::vector<BlockOut>& y) {
  constexpr double kEpsilon = 1e-5;
  const auto lanes = static_cast<std::size_t>(kernels_.lanes);
  std::vector<double> sum(x.size() * lanes), square(sum.size());
  inParallel(static_cast<std::ptrdiff_t>(x.size()), [&](std::ptrdiff_t b) {
    const std::size_t first = static_cast<std::size_t>(b) * lanes;
    const float* src = x[static_cast<std::size_t>(b)].src;
    kernels_.sums(src, src, pixels_, &sum[first], &square[first]);
  });
  const Floats scale = makeFloats(sum.size()), shift = makeFloats(sum.size());
  const double count = static_cast<double>(pixels_) * perGroup_;
  for (std::size_t g = 0; g < mean_.size(); ++g) {
    const std::size_t first = g * static_cast<std::size_t>(perGroup_);
    double total = 0, squares = 0;
    for (std::size_t c = first; c < first + static_cast<std::size_t>(perGroup_); ++c) {
      total += sum[place_[c]];
      squares += square[place_[c]];
    }
    mean_[g] = total / count;
    inverse_[g] = 1 / std::sqrt(squares / count - mean_[g] * mean_[g] + kEpsilon);
    for (std::size_t c = first; c < first + static_cast<std::size_t>(perGroup_); ++c) {
      scale[place_[c]] = static_cast<float>(gamma_[c] * inverse_[g]);
      shift[place_[c]] = static_cast<float>(beta_[c] - gamma_[c] * inverse_[g] * mean_[g]);
    }
  }
  inParallel(static_cast<std::ptrdiff_t>(x.size()), [&](std::ptrdiff_t b) {
    const auto block = static_cast<std::size_t>(b);
    kernels_.affine(x[block].src, &scale[block * lanes], &shift[block * lanes], nullptr, nullptr,
                    pixels_, y[block]);
  });
}

void GroupNorm::backward(const std::vector<BlockIn>& gradient, const std::vector<BlockIn>& x,
                         const std::vector<BlockOut>& out) const {
  const auto lanes = static_cast<std::size_t>(kernels_.lanes);
  std::vector<double> sum(x.size() * lanes), product(sum.size());
  inParallel(static_cast<std::ptrdiff_t>(x.size()), [&](std::ptrdiff_t b) {
    const auto block = static_cast<std::size_t>(b);
    kernels_.sums(gradient[block].src, x[block].src, pixels_, &sum[block * lanes],
                  &product[block * lanes]);
  });
  // With n = (x − μ) / σ and h = γ · gradient: (h − mean(h) − n · mean(h · n)) / σ.
  const Floats scale = makeFloats(sum.size()), shift = makeFloats(sum.size());
  const Floats byX = makeFloats(sum.size());
  const double count = static_cast<double>(pixels_) * perGroup_;
  for (std::size_t g = 0; g < mean_.size(); ++g) {
    const std::size_t first = g * static_cast<std::size_t>(perGroup_);
    double meanH = 0, meanHN = 0;
    for (std::size_t c = first; c < first + static_cast<std::size_t>(perGroup_); ++c) {
      const std::size_t at = place_[c];
      meanH += gamma_[c] * sum[at];
      meanHN += gamma_[c] * (product[at] - mean_[g] * sum[at]) * inverse_[g];
    }
    meanH /= count;
    meanHN /= count;
    const double slope = -meanHN * inverse_[g] * inverse_[g];
    for (std::size_t c = first; c < first + static_cast<std::size_t>(perGroup_); ++c) {
      scale[place_[c]] = static_cast<float>(gamma_[c] * inverse_[g]);
      byX[place_[c]] = static_cast<float>(slope);
      shift[place_[c]] = static_cast<float>(-meanH * inverse_[g] - slope * mean_[g]);
    }
  }
  inParallel(static_cast<std::ptrdiff_t>(x.size()), [&](std::ptrdiff_t b) {
    const auto block = static_cast<std::size_t>(b);
    kernels_.affine(gradient[block].src, &scale[block * lanes], &shift[block * lanes], x[block].src,
                    &byX[block * lanes], pixels_, out[block]);
  });
}

}  // namespace uninet::plan
