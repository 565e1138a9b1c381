#include "model/engine/label_map.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <array>

namespace uninet {
namespace {

constexpr std::int64_t kColumns = 512;  ///< at a time: what is kept of them stays in the cache

/// Labels of `width` ≤ kColumns pixels; the logits of one pixel lie `plane` apart.
template <class T>
void label(const T* logits, std::int64_t classes, std::int64_t plane, std::int64_t width,
           std::uint8_t* out) {
  std::array<T, kColumns> greatest;
  // As wide as T, so that it is chosen by the same mask.
  using Index = std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>;
  std::array<Index, kColumns> found{};
  std::copy_n(logits, width, greatest.begin());
  for (std::int64_t c = 1; c < classes; ++c) {
    const T* values = logits + c * plane;
    const auto index = static_cast<Index>(c);
    for (std::int64_t x = 0; x < width; ++x) {
      const T value = values[x], best = greatest[static_cast<std::size_t>(x)];
      // Bits, not branches: vectorises.
      const bool better = !(value <= best) & (best == best);
      greatest[static_cast<std::size_t>(x)] = better ? value : best;
      found[static_cast<std::size_t>(x)] = better ? index : found[static_cast<std::size_t>(x)];
    }
  }
  for (std::int64_t x = 0; x < width; ++x)
    out[x] = static_cast<std::uint8_t>(found[static_cast<std::size_t>(x)]);
}

template <class T>
void labelAll(const at::Tensor& planes, cv::Mat& labels) {
  const T* logits = planes.data_ptr<T>();
  const std::int64_t classes = planes.size(0), width = planes.size(2);
  const std::int64_t plane = planes.size(1) * width;
  at::parallel_for(0, planes.size(1), 8, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t y = first; y < last; ++y)
      for (std::int64_t x = 0; x < width; x += kColumns)
        label(logits + y * width + x, classes, plane, std::min(kColumns, width - x),
              labels.ptr<std::uint8_t>(static_cast<int>(y)) + x);
  });
}

}  // namespace

cv::Mat labelMap(const at::Tensor& logits) {
  if (!logits.is_cpu()) {
    const at::Tensor labels = logits.detach().argmax(0).to(at::kByte).cpu().contiguous();
    return cv::Mat(static_cast<int>(labels.size(0)), static_cast<int>(labels.size(1)), CV_8U,
                   labels.data_ptr<std::uint8_t>())
        .clone();
  }
  const bool precise = logits.scalar_type() == at::kDouble;
  const at::Tensor planes = logits.detach().to(precise ? at::kDouble : at::kFloat).contiguous();
  cv::Mat labels(static_cast<int>(planes.size(1)), static_cast<int>(planes.size(2)), CV_8U);
  if (precise)
    labelAll<double>(planes, labels);
  else
    labelAll<float>(planes, labels);
  return labels;
}

}  // namespace uninet
