#include "ui/document/scene_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/outputs/palette.h"

namespace uninet {
namespace {

constexpr double kDim = 0.82;
constexpr double kCovered = 0.99;  ///< of the pixels lie within the range of a depth change
constexpr int kGrey = 128, kLargestFactor = 128;

/// The image without its colours, pale enough for coloured pixels to stand out.
cv::Mat greyOf(const cv::Mat& image) {
  cv::Mat grey;
  cv::cvtColor(image, grey, cv::COLOR_RGB2GRAY);
  grey.convertTo(grey, CV_8U, 0.45, 70);
  cv::cvtColor(grey, grey, cv::COLOR_GRAY2RGB);
  return grey;
}

/// What the covered share of the values, of which there are some, does not exceed.
double covering(std::vector<float>& values) {
  const auto covered = static_cast<std::size_t>(kCovered * static_cast<double>(values.size() - 1));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(covered);
  std::nth_element(values.begin(), place, values.end());
  return static_cast<double>(*place);
}

}  // namespace

cv::Mat dimmed(const cv::Mat& image) {
  cv::Mat dark;
  image.convertTo(dark, CV_8U, kDim);
  return dark;
}

cv::Mat labelPicture(const cv::Mat& trainIds, const cv::Mat& image, const ClassTable& classes,
                     const std::set<std::string>& hidden) {
  cv::Mat picture = colouriseLabels(trainIds, classes);
  if (hidden.empty()) return picture;
  std::array<bool, 256> hides{};
  for (std::size_t i = 0; i < classes.semantic.size(); ++i)
    hides[i] = hidden.contains(classes.semantic[i].name);
  const cv::Mat grey = greyOf(image);
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x)
      if (hides[trainIds.at<std::uint8_t>(y, x)])
        picture.at<cv::Vec3b>(y, x) = grey.at<cv::Vec3b>(y, x);
  return picture;
}

int changeFactor(const cv::Mat& clean, const cv::Mat& attacked) {
  const double greatest = cv::norm(clean, attacked, cv::NORM_INF);
  int factor = 1;
  while (greatest > 0 && factor < kLargestFactor && 2 * factor * greatest <= kGrey) factor *= 2;
  return factor;
}

cv::Mat amplifiedChange(const cv::Mat& clean, const cv::Mat& attacked, int factor) {
  cv::Mat change;
  cv::subtract(attacked, clean, change, cv::noArray(), CV_16S);
  change.convertTo(change, CV_8U, factor, kGrey);
  return change;
}

cv::Mat labelChange(const cv::Mat& before, const cv::Mat& after, const cv::Mat& image,
                    const ClassTable& classes) {
  cv::Mat picture = greyOf(image);
  cv::Mat differs;
  cv::compare(before, after, differs, cv::CMP_NE);
  colouriseLabels(after, classes).copyTo(picture, differs);
  return picture;
}

double depthChangeRange(const cv::Mat& before, const cv::Mat& after, double farthest) {
  std::vector<float> changes;
  changes.reserve(before.total());
  for (int y = 0; y < before.rows; ++y)
    for (int x = 0; x < before.cols; ++x)
      if (const float change = std::abs(after.at<float>(y, x) - before.at<float>(y, x));
          !std::isnan(change))
        changes.push_back(change);
  if (changes.empty()) return farthest;
  const double greatest = covering(changes);
  // 1, 2, 5, 10, … times a tenth of a metre.
  double decade = 0.1;
  while (decade * 10 < greatest) decade *= 10;
  for (const double range : {decade, 2 * decade, 5 * decade, 10 * decade})
    if (range >= greatest) return std::min(range, farthest);
  return farthest;
}

double angleRange(const cv::Mat& angles) {
  std::vector<float> known;
  for (int y = 0; y < angles.rows; ++y)
    std::copy_if(angles.ptr<float>(y), angles.ptr<float>(y) + angles.cols,
                 std::back_inserter(known), [](float angle) { return !std::isnan(angle); });
  const double greatest = known.empty() ? 0 : covering(known);
  for (const double range : {1., 2., 5., 10., 20., 45., 90.})
    if (range >= greatest) return range;
  return 180;
}

cv::Mat anglePicture(const cv::Mat& angles, double range) {
  cv::Mat picture(angles.size(), CV_8UC3);
  for (int y = 0; y < angles.rows; ++y)
    for (int x = 0; x < angles.cols; ++x) {
      const auto angle = static_cast<double>(angles.at<float>(y, x));
      picture.at<cv::Vec3b>(y, x) = cv::Vec3b::all(
          std::isnan(angle)
              ? kGrey
              : static_cast<std::uint8_t>(std::lround(255 * std::clamp(angle / range, 0., 1.))));
    }
  return picture;
}

cv::Mat depthChange(const cv::Mat& before, const cv::Mat& after, double range) {
  cv::Mat picture(before.size(), CV_8UC3);
  for (int y = 0; y < before.rows; ++y)
    for (int x = 0; x < before.cols; ++x)
      picture.at<cv::Vec3b>(y, x) =
          changeColour(static_cast<double>(after.at<float>(y, x) - before.at<float>(y, x)) / range);
  return picture;
}

}  // namespace uninet
