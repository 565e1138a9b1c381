#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

namespace uninet {

/// COCO's uncompressed run lengths of a CV_8U 0/1 mask: column by column, the first run outside.
std::vector<std::int64_t> runLengths(const cv::Mat& mask);

}  // namespace uninet
