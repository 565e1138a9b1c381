#pragma once

#include "attacks/engine/attack.h"
#include "core/results/image_facts.h"

namespace uninet {

/// `image` at network size takes the place of the sample's; targets are those of the input.
GradientMatrix gradientMatrix(const AttackInput& input, const cv::Mat& image);

}  // namespace uninet
