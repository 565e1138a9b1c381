#pragma once

#include "core/random.h"
#include "core/sample.h"

namespace uninet {

/// Training augmentations (losses §11). Each takes and returns a sample and draws from `random`.

/// Mirrors image, maps, boxes and masks left to right.
Sample flipHorizontally(const Sample& sample);

/// Brightness, contrast, saturation factors in 1 ± `strength`, hue shift of ± `hue` of the circle,
/// in random order, on uint8.
cv::Mat jitterColour(const cv::Mat& image, Random& random, double strength, double hue);

}  // namespace uninet
