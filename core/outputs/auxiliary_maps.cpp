#include "core/outputs/auxiliary_maps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr double kPaper = 240, kInk = 16;  ///< grey of probability 0 and 1

void requireType(const cv::Mat& map, int type, const char* what) {
  if (map.type() != type) throw Error(concat(what, ": found a map of another type"));
}

std::uint8_t byteOf(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0., 255.)));
}

/// In the units of the depth output; ≤ 0: unknown.
float depthOutput(float metres, const ClassTable& table) {
  if (!(metres > 0)) return -1;
  if (table.depthActivation != DepthActivation::sigmoid) return metres;
  const auto nearest = static_cast<float>(table.nearestMetres);
  return (metres - nearest) / static_cast<float>(table.farthestMetres - table.nearestMetres);
}

}  // namespace

cv::Mat contoursOfLabels(const cv::Mat& trainIds) {
  if (trainIds.empty()) return {};
  requireType(trainIds, CV_8U, "contours of labels: an 8-bit map of train ids is needed");
  const cv::Mat window = cv::Mat::ones(3, 3, CV_8U);
  cv::Mat greatest, least, contours;
  cv::dilate(trainIds, greatest, window);
  cv::erode(trainIds, least, window);
  cv::Mat(greatest != least).convertTo(contours, CV_32F, 1. / 255);
  return contours;
}

cv::Mat normalsOfDepth(const cv::Mat& metres, const Pinhole& pinhole, const ClassTable& table) {
  if (metres.empty()) return {};
  requireType(metres, CV_32F, "normals of depth: a float map of metres is needed");
  cv::Mat points(metres.size(), CV_64FC3), known(metres.size(), CV_8U);
  for (int y = 0; y < metres.rows; ++y)
    for (int x = 0; x < metres.cols; ++x) {
      const cv::Vec3d ray((x - pinhole.u0) / pinhole.fx, (y - pinhole.v0) / pinhole.fy, 1);
      const float depth = depthOutput(metres.at<float>(y, x), table);
      points.at<cv::Vec3d>(y, x) = ray / cv::norm(ray) * static_cast<double>(depth);
      known.at<std::uint8_t>(y, x) = depth > 0 ? 1 : 0;
    }
  cv::Mat along, down;
  cv::Sobel(points, along, CV_64F, 1, 0, 3, 1. / 8, 0, cv::BORDER_REPLICATE);
  cv::Sobel(points, down, CV_64F, 0, 1, 3, 1. / 8, 0, cv::BORDER_REPLICATE);
  cv::erode(known, known, cv::Mat::ones(3, 3, CV_8U));
  cv::Mat normals(metres.size(), CV_32FC3, cv::Scalar::all(0));
  for (int y = 0; y < metres.rows; ++y)
    for (int x = 0; x < metres.cols; ++x) {
      if (known.at<std::uint8_t>(y, x) == 0) continue;
      const cv::Vec3d normal = along.at<cv::Vec3d>(y, x).cross(down.at<cv::Vec3d>(y, x));
      const double length = cv::norm(normal);
      if (length > 0) normals.at<cv::Vec3f>(y, x) = cv::Vec3f(normal / length);
    }
  return normals;
}

cv::Mat colouriseContours(const cv::Mat& contours) {
  if (contours.empty()) return {};
  requireType(contours, CV_32F, "contour colours: a float map of probabilities is needed");
  cv::Mat grey(contours.size(), CV_8UC3);
  for (int y = 0; y < contours.rows; ++y)
    std::transform(
        contours.ptr<float>(y), contours.ptr<float>(y) + contours.cols, grey.ptr<cv::Vec3b>(y),
        [](float p) {
          return cv::Vec3b::all(byteOf(kPaper + (kInk - kPaper) * static_cast<double>(p)));
        });
  return grey;
}

cv::Mat colouriseNormals(const cv::Mat& normals) {
  if (normals.empty()) return {};
  requireType(normals, CV_32FC3, "normal colours: a float map of three channels is needed");
  cv::Mat image(normals.size(), CV_8UC3);
  for (int y = 0; y < normals.rows; ++y)
    for (int x = 0; x < normals.cols; ++x) {
      const cv::Vec3f& v = normals.at<cv::Vec3f>(y, x);
      cv::Vec3b& colour = image.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c)
        colour[c] = v == cv::Vec3f::all(0) ? 0 : byteOf((static_cast<double>(v[c]) + 1) / 2 * 255);
    }
  return image;
}

cv::Mat contoursPng(const cv::Mat& contours) {
  cv::Mat png;
  contours.convertTo(png, CV_8U, 255);
  return png;
}

cv::Mat anglesBetween(const cv::Mat& before, const cv::Mat& after) {
  constexpr double kDegrees = 180 / CV_PI;
  cv::Mat angles(before.size(), CV_32F, cv::Scalar(std::numeric_limits<float>::quiet_NaN()));
  for (int y = 0; y < before.rows; ++y)
    for (int x = 0; x < before.cols; ++x) {
      const cv::Vec3d a = before.at<cv::Vec3f>(y, x), b = after.at<cv::Vec3f>(y, x);
      const double sine = cv::norm(a.cross(b)), cosine = a.dot(b);
      if (sine > 0 || cosine != 0)
        angles.at<float>(y, x) = static_cast<float>(std::atan2(sine, cosine) * kDegrees);
    }
  return angles;
}

}  // namespace uninet
