#include "core/data/letterbox.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace uninet {

cv::Rect letterboxOf(cv::Size picture, cv::Size size) {
  constexpr double kSame = 0.01;
  const double x = static_cast<double>(size.width) / picture.width;
  const double y = static_cast<double>(size.height) / picture.height;
  if (std::abs(x / y - 1) <= kSame) return {{}, size};
  const double scale = std::min(x, y);
  const cv::Size fitted(std::clamp(cvRound(picture.width * scale), 1, size.width),
                        std::clamp(cvRound(picture.height * scale), 1, size.height));
  return {{(size.width - fitted.width) / 2, (size.height - fitted.height) / 2}, fitted};
}

cv::Mat letterboxed(const cv::Mat& image, cv::Size size) {
  // About the mean that networks subtract.
  const cv::Scalar grey = cv::Scalar::all(114);
  const cv::Rect inside = letterboxOf(image.size(), size);
  cv::Mat whole(size, image.type(), grey);
  cv::Mat part = whole(inside);
  cv::resize(image, part, inside.size(), 0, 0, cv::INTER_LINEAR);
  return whole;
}

}  // namespace uninet
