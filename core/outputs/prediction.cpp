#include "core/outputs/prediction.h"

#include <opencv2/imgproc.hpp>

#include "core/outputs/paste.h"

namespace uninet {

RegionMask pasteRegion(const Detection& detection, cv::Size imageSize, double scaleX,
                       double scaleY) {
  RegionMask region;
  if (detection.mask.empty()) return region;
  const double x = detection.box.x0 * scaleX, y = detection.box.y0 * scaleY;
  const double width = detection.box.x1 * scaleX - x, height = detection.box.y1 * scaleY - y;
  const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
  const int x1 = static_cast<int>(x + width), y1 = static_cast<int>(y + height);
  if (x1 <= x0 || y1 <= y0 || x < 0 || y < 0) return region;
  cv::Mat resized;
  cv::resize(detection.mask, resized, {x1 - x0, y1 - y0}, 0, 0, cv::INTER_LINEAR);
  const cv::Rect rect(x0, y0, x1 - x0, y1 - y0);
  region.rect = rect & cv::Rect({0, 0}, imageSize);
  if (region.rect.empty()) return {};
  cv::compare(resized(region.rect - rect.tl()), 0.5, region.pixels, cv::CMP_GT);
  cv::min(region.pixels, 1, region.pixels);
  region.area = cv::countNonZero(region.pixels);
  return region;
}

cv::Mat pasteMask(const Detection& detection, cv::Size imageSize, double scaleX, double scaleY) {
  cv::Mat mask = cv::Mat::zeros(imageSize, CV_8U);
  const RegionMask region = pasteRegion(detection, imageSize, scaleX, scaleY);
  if (!region.pixels.empty()) region.pixels.copyTo(mask(region.rect));
  return mask;
}

}  // namespace uninet
