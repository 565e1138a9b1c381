#pragma once

#include <opencv2/core.hpp>

namespace uninet {

/// A picture of any shape at the size of a network: scaled until it fits, by bilinear
/// interpolation, with grey bars where it leaves room. One whose shape is another by less than a
/// hundredth is stretched.
cv::Mat letterboxed(const cv::Mat& image, cv::Size size);
/// Where the picture lies in it; the whole size: there are no bars.
cv::Rect letterboxOf(cv::Size picture, cv::Size size);

}  // namespace uninet
