#pragma once

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "attacks/registry/registry.h"
#include "core/data/class_table.h"
#include "support/small_engine.h"

namespace uninet {

/// Of the network and of the sample.
inline const cv::Size kSize{160, 128};

/// Five regions of one label each, two objects, depth growing to the top.
inline Sample smallSample() {
  Sample sample;
  sample.name = "small";
  sample.image.create(kSize, CV_8UC3);
  sample.trainIds.create(kSize, CV_8U);
  sample.depthMetres.create(kSize, CV_32F);
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x) {
      sample.image.at<cv::Vec3b>(y, x) = {static_cast<uchar>(2 * x), static_cast<uchar>(2 * y),
                                          static_cast<uchar>((x * 7 + y * 13) % 256)};
      sample.trainIds.at<uchar>(y, x) = static_cast<uchar>(y < 6 ? kIgnoreLabel : x / 26);
      sample.depthMetres.at<float>(y, x) = y < 4 ? -1.f : static_cast<float>(100 - y);
    }
  sample.hasInstances = true;
  for (const auto& [id, box] : {std::pair{1, Box{10, 10, 40, 80}}, {3, Box{50, 40, 120, 90}}}) {
    Instance instance;
    instance.classId = id;
    instance.box = box;
    instance.depthMetres = 12;
    instance.mask =
        cv::Mat::ones(static_cast<int>(box.height()), static_cast<int>(box.width()), CV_8U);
    sample.instances.push_back(instance);
  }
  return sample;
}

/// The predicted class whose share of the pixels is nearest to a half.
inline std::string categoryToHide(const Engine& engine, const Sample& sample) {
  const Prediction prediction = engine.predict(sample.image);
  std::string chosen;
  double best = 1;
  for (std::size_t c = 0; c < cityscapesClasses()->semantic.size(); ++c) {
    const double share = cv::countNonZero(prediction.trainIds == static_cast<double>(c)) /
                         static_cast<double>(prediction.trainIds.total());
    if (share == 0 || std::abs(share - 0.5) >= best) continue;
    best = std::abs(share - 0.5);
    chosen = cityscapesClasses()->semantic[c].name;
  }
  return chosen;
}

inline std::unique_ptr<Options> optionsOf(const AttackInfo& info, const nlohmann::json& values) {
  auto options = info.makeOptions();
  fromJson(*options, values);
  return options;
}

/// Bit for bit.
inline bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

/// A small network, a sample, and a category that the network sees in it.
struct AttackCase {
  Engine engine = smallEngine(kSize, false);
  Sample sample = smallSample();
  std::string category = categoryToHide(engine, sample);

  AttackCase() {
    // Half of the labels are what the network predicts: a dense adversary works on those.
    const cv::Rect right(kSize.width / 2, 0, kSize.width / 2, kSize.height);
    engine.predict(sample.image).trainIds(right).copyTo(sample.trainIds(right));
  }
};

}  // namespace uninet
