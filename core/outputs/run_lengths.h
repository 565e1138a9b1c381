#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "core/outputs/paste.h"

namespace uninet {

/// COCO's uncompressed run lengths of a mask in an image of `size`: column by column, the first run
/// outside. Only the rectangle of the mask is looked at.
std::vector<std::int64_t> runLengths(const RegionMask& mask, cv::Size size);

}  // namespace uninet
