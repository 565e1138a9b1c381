#pragma once

#include <cstdint>

#include <opencv2/core.hpp>

#include "core/outputs/prediction.h"

namespace uninet {

/// A 0/1 mask that is zero outside `rect`.
struct RegionMask {
  cv::Rect rect;
  cv::Mat pixels;  ///< CV_8U, size of rect; empty: no pixel
  std::int64_t area = 0;
};

/// pasteMask() without the zeros around it.
RegionMask pasteRegion(const Detection& detection, cv::Size imageSize, double scaleX,
                       double scaleY);

}  // namespace uninet
