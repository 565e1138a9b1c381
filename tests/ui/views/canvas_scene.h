#pragma once

#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "core/data/sample.h"
#include "core/outputs/prediction.h"
#include "ui/document/scene.h"

namespace uninet {

/// A prediction of all five tasks at `size` with `objects` cars and persons in rows of boxes; a
/// pure function of its arguments. `shade` makes another image of it, `nearer` another depth map.
inline Prediction madePrediction(cv::Size size, int objects, int shade = 0, float nearer = 0) {
  Prediction p;
  p.tasks = TaskSet::all();
  p.image.create(size, CV_8UC3);
  p.trainIds.create(size, CV_8U);
  p.depthMetres.create(size, CV_32F);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      p.image.at<cv::Vec3b>(y, x) =
          cv::Vec3b(static_cast<std::uint8_t>(60 + 120 * x / size.width + shade),
                    static_cast<std::uint8_t>(80 + 100 * y / size.height),
                    static_cast<std::uint8_t>(90 + (x / 16 + y / 16) % 2 * 20));
      // Sky above, buildings, road below.
      p.trainIds.at<std::uint8_t>(y, x) = y < size.height / 3       ? 10
                                          : y < 2 * size.height / 3 ? 2
                                                                    : 0;
      p.depthMetres.at<float>(y, x) =
          60.f - 55.f * static_cast<float>(y) / static_cast<float>(size.height) - nearer;
    }
  const int columns = std::max(1, (objects + 4) / 5);
  for (int i = 0; i < objects; ++i) {
    Detection d;
    const float wide = 0.8f * static_cast<float>(size.width) / static_cast<float>(columns);
    const float high = 0.13f * static_cast<float>(size.height);
    const float x = (static_cast<float>(i % columns) + 0.1f) * static_cast<float>(size.width) /
                    static_cast<float>(columns);
    const float y =
        (0.1f + 0.17f * static_cast<float>(i / columns)) * static_cast<float>(size.height);
    d.box = {x, y, x + wide, y + high};
    d.classId = i % 2 == 0 ? 3 : 1;
    d.score = 0.99f - 0.005f * static_cast<float>(i);
    d.depthMetres = 5.f + static_cast<float>(i);
    d.mask = cv::Mat(28, 28, CV_32F, cv::Scalar(0));
    cv::circle(d.mask, {14, 14}, 12, cv::Scalar(1), cv::FILLED);
    p.detections.push_back(d);
  }
  return p;
}

/// Ground truth: the maps of a prediction, its first objects with full masks.
inline Sample truthOf(const Prediction& p, std::size_t objects) {
  Sample sample;
  sample.image = p.image;
  sample.trainIds = p.trainIds;
  sample.depthMetres = p.depthMetres;
  sample.hasInstances = true;
  sample.originalSize = p.image.size();
  for (std::size_t i = 0; i < std::min(objects, p.detections.size()); ++i) {
    Instance instance;
    const Box& box = p.detections[i].box;
    instance.classId = p.detections[i].classId;
    instance.box = {std::floor(box.x0), std::floor(box.y0), std::ceil(box.x1), std::ceil(box.y1)};
    instance.mask = cv::Mat::ones(static_cast<int>(instance.box.height()),
                                  static_cast<int>(instance.box.width()), CV_8U);
    instance.depthMetres = p.detections[i].depthMetres;
    sample.instances.push_back(instance);
  }
  return sample;
}

}  // namespace uninet
