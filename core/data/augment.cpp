#include "core/data/augment.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace uninet {

Sample flipHorizontally(const Sample& sample) {
  const auto mirror = [](const cv::Mat& map) {
    cv::Mat mirrored;
    if (!map.empty()) cv::flip(map, mirrored, 1);
    return mirrored;
  };
  Sample flipped = sample;
  flipped.image = mirror(sample.image);
  flipped.trainIds = mirror(sample.trainIds);
  flipped.depthMetres = mirror(sample.depthMetres);
  flipped.edges = mirror(sample.edges);
  flipped.normals = mirror(sample.normals);
  // What points to the right then points to the left.
  if (!flipped.normals.empty())
    cv::multiply(flipped.normals, cv::Scalar(-1, 1, 1), flipped.normals);
  flipped.pinhole = sample.pinhole.mirrored(sample.image.cols);
  const auto width = static_cast<float>(sample.image.cols);
  for (Instance& instance : flipped.instances) {
    const Box box = instance.box;
    instance.box = {width - box.x1, box.y0, width - box.x0, box.y1};
    instance.mask = mirror(instance.mask);
  }
  return flipped;
}

cv::Mat jitterColour(const cv::Mat& image, Random& random, double strength, double hue) {
  std::array<int, 4> order{0, 1, 2, 3};
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  const double brightness = random.uniform(1 - strength, 1 + strength);
  const double contrast = random.uniform(1 - strength, 1 + strength);
  const double saturation = random.uniform(1 - strength, 1 + strength);
  const double shift = random.uniform(-hue, hue);
  cv::Mat out = image.clone();
  for (const int step : order) {
    cv::Mat grey;
    switch (step) {
      case 0:
        out.convertTo(out, CV_8U, brightness);
        break;
      case 1: {
        cv::cvtColor(out, grey, cv::COLOR_RGB2GRAY);
        out.convertTo(out, CV_8U, contrast, cv::mean(grey)[0] * (1 - contrast));
        break;
      }
      case 2: {
        cv::cvtColor(out, grey, cv::COLOR_RGB2GRAY);
        cv::cvtColor(grey, grey, cv::COLOR_GRAY2RGB);
        cv::addWeighted(out, saturation, grey, 1 - saturation, 0, out);
        break;
      }
      default: {
        if (hue <= 0) break;
        cv::Mat hsv;
        cv::cvtColor(out, hsv, cv::COLOR_RGB2HSV);  // hue in 0..179
        const int offset = static_cast<int>(std::lround(shift * 180)) + 180;
        cv::Mat table(1, 256, CV_8U);
        for (int i = 0; i < 256; ++i)
          table.at<std::uint8_t>(i) = static_cast<std::uint8_t>((i + offset) % 180);
        std::array<cv::Mat, 3> planes;
        cv::split(hsv, planes.data());
        cv::LUT(planes[0], table, planes[0]);
        cv::merge(planes.data(), 3, hsv);
        cv::cvtColor(hsv, out, cv::COLOR_HSV2RGB);
      }
    }
  }
  return out;
}

}  // namespace uninet
