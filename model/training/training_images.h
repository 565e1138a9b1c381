#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/data/sample.h"
#include "model/training/train_options.h"

namespace uninet {

/// Streams of the random numbers of a run; each is mixed with the image or step number.
enum Stream : std::uint64_t {
  kOrder = 1,
  kAugment = 2,
  kMaskNoise = 3,
  kPcaNoise = 4,
  kDropout = 5
};
std::uint64_t streamSeed(std::int64_t seed, Stream stream, std::int64_t counter);

/// Index of the training image that is seen as number `image`: each pass over the set has an
/// order of its own.
class Order {
 public:
  Order(std::int64_t seed, std::size_t size) : seed_(seed), order_(size) {}

  std::size_t at(std::int64_t image);

 private:
  std::int64_t seed_;
  std::int64_t pass_ = -1;
  std::vector<std::size_t> order_;
};

/// `frame` as the network sees it as number `image` of the run: augmented, at `size`.
Sample trainingSample(const TrainOptions& options, const RawFrame& frame, cv::Size size,
                      std::int64_t image);

}  // namespace uninet
