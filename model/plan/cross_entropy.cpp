#include "model/plan/cross_entropy.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "model/plan/layers.h"
#include "model/plan/packed_conv.h"

namespace uninet::plan {
namespace {

const Kernels& available() {
  const Kernels* found = kernels();
  if (found == nullptr) throw Unsupported("a processor without AVX2");
  return *found;
}

/// Rows of labels that are computed together; fixed, as sums depend on it.
constexpr int kBand = 32;

}  // namespace

bool CrossEntropy::takes(std::int64_t classes) {
  const Kernels* found = kernels();
  return found != nullptr && classes <= std::int64_t{kMostClassBlocks} * found->lanes;
}

CrossEntropy::CrossEntropy(std::vector<std::int16_t> labels, std::vector<float> weights, int height,
                           int width, int logitsHeight, int logitsWidth)
    : kernels_(available()),
      labels_(std::move(labels)),
      weights_(std::move(weights)),
      height_(height),
      width_(width),
      logitsHeight_(logitsHeight),
      logitsWidth_(logitsWidth),
      y_(logitsHeight, height, Resize::bilinear),
      x_(logitsWidth, width, Resize::bilinear) {
  const int blocks = (static_cast<int>(weights_.size()) + kernels_.lanes - 1) / kernels_.lanes;
  if (blocks > kMostClassBlocks)
    throw Error(concat("the fused cross entropy takes at most ", kMostClassBlocks * kernels_.lanes,
                       " classes, found ", weights_.size()));
  for (const std::int16_t label : labels_)
    if (label >= 0) weightSum_ += weights_[static_cast<std::size_t>(label)];
}

double CrossEntropy::run(const float* logits, float* gradient) const {
  const std::size_t size = static_cast<std::size_t>(height_) * static_cast<std::size_t>(width_);
  const std::size_t step = weights_.size() * static_cast<std::size_t>(logitsHeight_) *
                           static_cast<std::size_t>(logitsWidth_);
  double sum = 0;
  for (std::size_t i = 0; i < labels_.size() / size; ++i)
    sum += runImage(labels_.data() + i * size, logits + i * step,
                    gradient == nullptr ? nullptr : gradient + i * step);
  return sum / weightSum_;
}

double CrossEntropy::runImage(const std::int16_t* labels, const float* logits,
                              float* gradient) const {
  const auto lanes = static_cast<std::size_t>(kernels_.lanes);
  const std::size_t classes = weights_.size();
  const std::size_t blocks = (classes + lanes - 1) / lanes, pixel = blocks * lanes;
  const auto pixels =
      static_cast<std::size_t>(logitsHeight_) * static_cast<std::size_t>(logitsWidth_);
  const std::size_t rowFloats = static_cast<std::size_t>(logitsWidth_) * pixel;

  // Classes side by side; what pads them never gets any probability.
  constexpr float kNever = -1e30f;
  const Floats together = makeFloats(pixels * pixel);
  inParallel(logitsHeight_, [&](std::ptrdiff_t y) {
    const std::size_t first = static_cast<std::size_t>(y) * static_cast<std::size_t>(logitsWidth_);
    for (std::size_t p = first; p < first + static_cast<std::size_t>(logitsWidth_); ++p) {
      for (std::size_t c = 0; c < classes; ++c) together[p * pixel + c] = logits[c * pixels + p];
      for (std::size_t c = classes; c < pixel; ++c) together[p * pixel + c] = kNever;
    }
  });

  const Axis y = y_.view(), x = x_.view();
  struct Band {
    double sum = 0;
    int firstRow = 0, rows = 0;
    Floats gradient;
  };
  std::vector<Band> bands(static_cast<std::size_t>((height_ + kBand - 1) / kBand));
  inParallel(static_cast<std::ptrdiff_t>(bands.size()), [&](std::ptrdiff_t i) {
    Band& band = bands[static_cast<std::size_t>(i)];
    const int first = static_cast<int>(i) * kBand, last = std::min(height_, first + kBand);
    band.firstRow = y.low[first];
    band.rows = y.high[last - 1] - band.firstRow + 1;
    const Floats rows = makeFloats(2 * rowFloats);
    if (gradient != nullptr)
      band.gradient = makeFloats(static_cast<std::size_t>(band.rows) * rowFloats);
    const CrossEntropyRows task{together.get(), static_cast<int>(blocks), y, x,
                                labels,         weights_.data()};
    band.sum = kernels_.crossEntropy(task, first, last, rows.get(), rows.get() + rowFloats,
                                     band.gradient.get(), band.firstRow);
  });

  double sum = 0;
  for (const Band& band : bands) sum += band.sum;
  if (gradient != nullptr) {
    const auto scale = static_cast<float>(1 / weightSum_);
    inParallel(logitsHeight_, [&](std::ptrdiff_t row) {
      for (std::size_t c = 0; c < classes; ++c)
        for (int p = 0; p < logitsWidth_; ++p) {
          float total = 0;
          for (const Band& band : bands) {
            const auto inside = static_cast<int>(row) - band.firstRow;
            if (inside >= 0 && inside < band.rows)
              total += band.gradient[static_cast<std::size_t>(inside) * rowFloats +
                                     static_cast<std::size_t>(p) * pixel + c];
          }
          gradient[c * pixels +
                   static_cast<std::size_t>(row) * static_cast<std::size_t>(logitsWidth_) +
                   static_cast<std::size_t>(p)] = total * scale;
        }
    });
  }
  return sum;
}

}  // namespace uninet::plan
