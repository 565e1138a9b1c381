#include "model/training/training_images.h"

#include <numeric>
#include <utility>

#include "core/base/random.h"
#include "core/data/augment.h"

namespace uninet {

std::uint64_t streamSeed(std::int64_t seed, Stream stream, std::int64_t counter) {
  return Random::mix(Random::mix(static_cast<std::uint64_t>(seed), stream),
                     static_cast<std::uint64_t>(counter));
}

std::size_t Order::at(std::int64_t image) {
  const auto size = static_cast<std::int64_t>(order_.size());
  if (image / size != pass_) {
    pass_ = image / size;
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    Random random(streamSeed(seed_, kOrder, pass_));
    for (std::size_t i = order_.size(); i > 1; --i)
      std::swap(order_[i - 1], order_[random.below(i)]);
  }
  return order_[static_cast<std::size_t>(image % size)];
}

Sample trainingSample(const TrainOptions& options, const RawFrame& frame, cv::Size size,
                      std::int64_t image) {
  Random random(streamSeed(options.seed, kAugment, image));
  Sample sample = makeSample(frame);
  if (options.augmentation == "released") sample = cropLikeReleased(sample, random);
  sample = options.augmentation == "released" ? resizeMultiScale(sample, size, random)
                                              : resizeSample(sample, size);
  if (options.augmentation == "none") return sample;
  if (random.chance(0.5)) sample = flipHorizontally(sample);
  if (options.augmentation == "light")
    sample.image = jitterColour(sample.image, random, 0.15, 0.02);
  else if (random.chance(0.5))
    sample.image = jitterColour(sample.image, random, 0.2, 0.2);
  return sample;
}

}  // namespace uninet
