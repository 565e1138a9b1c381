#include "core/outputs/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/data/class_table.h"

namespace uninet {
namespace {

constexpr double kNearMetres = 5;  ///< up to here the depth scale is about linear

const std::array<cv::Vec3b, 256>& viridis() {
  static const std::array<cv::Vec3b, 256> table = [] {
    cv::Mat ramp(1, 256, CV_8U), colours;
    for (int i = 0; i < 256; ++i) ramp.at<std::uint8_t>(i) = static_cast<std::uint8_t>(i);
    cv::applyColorMap(ramp, colours, cv::COLORMAP_VIRIDIS);
    std::array<cv::Vec3b, 256> rgb;
    for (int i = 0; i < 256; ++i) {
      const cv::Vec3b bgr = colours.at<cv::Vec3b>(i);
      rgb[static_cast<std::size_t>(i)] = {bgr[2], bgr[1], bgr[0]};
    }
    return rgb;
  }();
  return table;
}

/// `position` 0 (near, bright) to 1 (far, dark).
cv::Vec3b depthColourAt(double position) {
  return viridis()[static_cast<std::size_t>(std::lround(255 * (1 - position)))];
}

/// Between the colours of a scale that are evenly spread over `position` 0 to 1.
template <std::size_t N>
cv::Vec3b between(const std::array<cv::Vec3b, N>& scale, double position) {
  const double place = std::clamp(position, 0., 1.) * (N - 1);
  const auto first = std::min(static_cast<std::size_t>(place), N - 2);
  const double share = place - static_cast<double>(first);
  cv::Vec3b colour;
  for (int c = 0; c < 3; ++c)
    colour[c] = static_cast<std::uint8_t>(
        std::lround((1 - share) * scale[first][c] + share * scale[first + 1][c]));
  return colour;
}

}  // namespace

cv::Mat colouriseLabels(const cv::Mat& trainIds, const ClassTable& classes) {
  if (trainIds.empty()) return {};
  if (trainIds.type() != CV_8U) throw Error("label colours: an 8-bit map of train ids is needed");
  std::array<cv::Vec3b, 256> table{};
  for (std::size_t i = 0; i < classes.semantic.size(); ++i) table[i] = classes.semantic[i].colour;
  cv::Mat image(trainIds.size(), CV_8UC3);
  for (int y = 0; y < trainIds.rows; ++y)
    std::transform(trainIds.ptr<std::uint8_t>(y), trainIds.ptr<std::uint8_t>(y) + trainIds.cols,
                   image.ptr<cv::Vec3b>(y), [&](std::uint8_t id) { return table[id]; });
  return image;
}

double depthPosition(double metres, double maxMetres) {
  const double limited = std::clamp(metres, 0., maxMetres);
  return std::log1p(limited / kNearMetres) / std::log1p(maxMetres / kNearMetres);
}

cv::Vec3b depthColour(double metres, double maxMetres) {
  if (!(metres >= 0)) return {0, 0, 0};
  return depthColourAt(depthPosition(metres, maxMetres));
}

cv::Mat colouriseDepth(const cv::Mat& metres, double maxMetres) {
  if (metres.empty()) return {};
  if (metres.type() != CV_32F) throw Error("depth colours: a float map of metres is needed");
  cv::Mat image(metres.size(), CV_8UC3);
  for (int y = 0; y < metres.rows; ++y)
    std::transform(metres.ptr<float>(y), metres.ptr<float>(y) + metres.cols,
                   image.ptr<cv::Vec3b>(y),
                   [&](float m) { return depthColour(static_cast<double>(m), maxMetres); });
  return image;
}

cv::Mat colourisePredictedDepth(const cv::Mat& metres, double maxMetres) {
  if (metres.empty()) return {};
  return colouriseDepth(cv::max(metres, 0), maxMetres);
}

cv::Mat depthLegend(cv::Size size) {
  cv::Mat image(size, CV_8UC3);
  const bool upright = size.height > size.width;
  const int last = std::max((upright ? size.height : size.width) - 1, 1);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      image.at<cv::Vec3b>(y, x) = depthColourAt(static_cast<double>(upright ? y : x) / last);
  return image;
}

std::vector<double> depthTicks(double maxMetres) {
  std::vector<double> ticks{0};
  for (double metres = 5; metres <= maxMetres; metres *= 2) ticks.push_back(metres);
  return ticks;
}

cv::Vec3b changeColour(double change) {
  static const std::array<cv::Vec3b, 11> kRdBu{{{5, 48, 97},
                                                {33, 102, 172},
                                                {67, 147, 195},
                                                {146, 197, 222},
                                                {209, 229, 240},
                                                {247, 247, 247},
                                                {253, 219, 199},
                                                {244, 165, 130},
                                                {214, 96, 77},
                                                {178, 24, 43},
                                                {103, 0, 31}}};
  if (std::isnan(change)) return {0, 0, 0};
  return between(kRdBu, (change + 1) / 2);
}

cv::Mat changeLegend(cv::Size size) {
  cv::Mat image(size, CV_8UC3);
  for (int x = 0; x < size.width; ++x) {
    const cv::Vec3b colour = changeColour(2.0 * x / std::max(size.width - 1, 1) - 1);
    image.col(x).setTo(cv::Scalar(colour[0], colour[1], colour[2]));
  }
  return image;
}

cv::Vec3b ratioColour(double ratio) {
  static const std::array<cv::Vec3b, 3> kGrades{{{183, 28, 28}, {168, 92, 0}, {0, 112, 100}}};
  return between(kGrades, ratio);
}

cv::Vec3b instanceColour(int number) {
  // Hues a golden angle apart, brightness alternating in threes.
  constexpr double kGolden = 0.6180339887498949;
  static constexpr std::array<double, 3> kValue{1.0, 0.8, 0.92}, kSaturation{0.85, 0.75, 0.55};
  const auto n = static_cast<unsigned>(number);
  const double hue = std::fmod(0.05 + n * kGolden, 1.0) * 6;
  const double value = kValue[n % 3], saturation = kSaturation[n / 2 % 3];
  const auto channel = [&](double shift) {
    const double k = std::fmod(shift + hue, 6.0);
    const double v = value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0., 1.));
    return static_cast<std::uint8_t>(std::lround(255 * v));
  };
  return {channel(5), channel(3), channel(1)};
}

}  // namespace uninet
