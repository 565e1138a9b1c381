#pragma once

#include "core/metrics/average_precision.h"
#include "core/prediction.h"

namespace uninet {

/// pasteMask() without the zeros around it.
RegionMask pasteRegion(const Detection& detection, cv::Size imageSize, double scaleX,
                       double scaleY);

}  // namespace uninet
