#include "ui/document/scene_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
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
  const auto covered = static_cast<std::size_t>(kCovered * static_cast<double>(changes.size() - 1));
  const auto place = changes.begin() + static_cast<std::ptrdiff_t>(covered);
  std::nth_element(changes.begin(), place, changes.end());
  const auto greatest = static_cast<double>(*place);
  // 1, 2, 5, 10, … times a tenth of a metre.
  double decade = 0.1;
  while (decade * 10 < greatest) decade *= 10;
  for (const double range : {decade, 2 * decade, 5 * decade, 10 * decade})
    if (range >= greatest) return std::min(range, farthest);
  return farthest;
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
