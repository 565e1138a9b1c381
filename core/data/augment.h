#pragma once

#include "core/base/random.h"
#include "core/data/sample.h"

namespace uninet {

/// Training augmentations (losses §11). Each takes and returns a sample and draws from `random`.

/// Mirrors image, maps, boxes and masks left to right, and so the x of normals.
Sample flipHorizontally(const Sample& sample);

/// Brightness, contrast, saturation factors in 1 ± `strength`, hue shift of ± `hue` of the circle,
/// in random order, on uint8.
cv::Mat jitterColour(const cv::Mat& image, Random& random, double strength, double hue);

/// Expand (p = 0.5, ratio 1..2) and SSD-style random crop (losses §11, 1 and 2) at the original
/// size. Objects keep their median depth.
Sample cropLikeReleased(const Sample& sample, Random& random);

/// Resizes to r · `size`, r uniform in 0.75..1, keeping the aspect of `size`, drops boxes that
/// became too small (losses §11, 4 and 7) and pads right and below to `size`: image with the mean
/// colour of the normalisation, maps with "ignore".
Sample resizeMultiScale(const Sample& sample, cv::Size size, Random& random);

}  // namespace uninet
