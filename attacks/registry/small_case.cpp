#include "attacks/registry/small_case.h"

#include <ATen/ATen.h>

#include <cmath>
#include <utility>

#include "core/data/class_table.h"
#include "model/network/network.h"

namespace uninet {

Engine smallEngine(cv::Size size, bool boxes) {
  NetworkSpec spec;
  spec.width = 0.125;
  spec.size = size;
  Engine engine = makeUntrainedEngine(spec, 3);
  engine.network().maskCode.components = at::rand({60, 784}) / 28;
  engine.network().maskCode.mean = at::zeros({784});
  engine.network().maskCode.explainedVariance = at::ones({60});
  for (WeightEntry& entry : engine.network().weights.entries()) {
    if (!entry.key.ends_with("bias")) continue;
    if (entry.key.find("inst_depth") != std::string::npos)
      entry.tensor.fill_(20);
    else if (boxes && entry.key.find("bbox_pred") != std::string::npos)
      entry.tensor.fill_(2);
  }
  return engine;
}

Sample smallSample() {
  Sample sample;
  sample.name = "small";
  sample.image.create(kSmallSize, CV_8UC3);
  sample.trainIds.create(kSmallSize, CV_8U);
  sample.depthMetres.create(kSmallSize, CV_32F);
  for (int y = 0; y < kSmallSize.height; ++y)
    for (int x = 0; x < kSmallSize.width; ++x) {
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

std::string categoryToHide(const Engine& engine, const Sample& sample) {
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

AttackCase::AttackCase() {
  const cv::Rect right(kSmallSize.width / 2, 0, kSmallSize.width / 2, kSmallSize.height);
  engine.predict(sample.image).trainIds(right).copyTo(sample.trainIds(right));
}

}  // namespace uninet
