#pragma once

#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "core/data/dataset.h"

namespace uninet {

/// Five classes that are neither those of Cityscapes nor of NYUv2, two of them with instances.
inline Classes toyClasses() {
  static const Classes table = [] {
    auto made = std::make_shared<ClassTable>();
    made->key = "toy";
    made->title = "Toys";
    made->semantic = {{"wall", 3, {200, 200, 180}},
                      {"floor", 5, {90, 70, 50}},
                      {"ball", 9, {220, 40, 40}},
                      {"cube", 11, {40, 60, 220}},
                      {"lamp", 40, {250, 240, 120}}};
    made->instance = {{"cube", 11, 3}, {"ball", 9, 2}};
    made->farthestMetres = 20;
    made->networkSize = {256, 128};
    return made;
  }();
  return table;
}

/// Balls and cubes on a floor before a wall.
class ToyData : public Dataset {
 public:
  ToyData(std::size_t count, cv::Size size) : count_(count), size_(size) {}

  std::string title() const override { return "Toys"; }
  std::size_t size() const override { return count_; }
  std::string name(std::size_t index) const override { return "toys_" + std::to_string(index); }
  Classes classes() const override { return toyClasses(); }
  bool hasGroundTruth() const override { return true; }
  RawFrame load(std::size_t index) const override {
    Random random(index + 1);
    RawFrame frame;
    frame.name = name(index);
    frame.classes = toyClasses();
    frame.labelIds = cv::Mat(size_, CV_8U, cv::Scalar(3));
    const int horizon = size_.height / 2;
    frame.labelIds.rowRange(horizon, size_.height).setTo(5);
    frame.labelIds(cv::Rect(2, 2, 12, 12)).setTo(40);
    frame.labelIds.convertTo(frame.instanceIds, CV_16U);
    frame.disparity = cv::Mat(size_, CV_16U, cv::Scalar(12001));
    for (int i = 0; i < 6; ++i) {
      const int label = i % 2 == 0 ? 9 : 11, radius = 8 + static_cast<int>(random.below(16));
      const cv::Point at(static_cast<int>(random.below(static_cast<std::uint64_t>(size_.width))),
                         horizon + static_cast<int>(random.below(40)));
      const auto draw = [&](cv::Mat& map, int value) {
        if (label == 9)
          cv::circle(map, at, radius, value, cv::FILLED);
        else
          cv::rectangle(map, at - cv::Point(radius, radius), at + cv::Point(radius, radius), value,
                        cv::FILLED);
      };
      draw(frame.labelIds, label);
      draw(frame.instanceIds, label * 1000 + i);
      draw(frame.disparity, 20001 + 3000 * i);
    }
    frame.image.create(size_, CV_8UC3);
    for (int y = 0; y < size_.height; ++y)
      for (int x = 0; x < size_.width; ++x) {
        const int id = toyClasses()->trainIdOfLabel(frame.labelIds.at<std::uint8_t>(y, x));
        frame.image.at<cv::Vec3b>(y, x) =
            toyClasses()->semantic[static_cast<std::size_t>(id)].colour;
      }
    return frame;
  }

 private:
  std::size_t count_;
  cv::Size size_;
};

}  // namespace uninet
