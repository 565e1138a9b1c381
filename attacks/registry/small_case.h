#pragma once

#include <string>

#include <opencv2/core.hpp>

#include "core/data/sample.h"
#include "model/engine/engine.h"

namespace uninet {

/// A narrow untrained network of all tasks with random mask components, so that the mask loss has a
/// target. Instance depths start at 20 m: at 0 a ReLU has no gradient. `boxes`: box sides start
/// above 0 as well, so that it detects something.
Engine smallEngine(cv::Size size, bool boxes);

/// Of the network and of the sample.
inline const cv::Size kSmallSize{160, 128};

/// Five regions of one label each, two objects, depth growing to the top.
Sample smallSample();

/// The predicted class whose share of the pixels is nearest to a half.
std::string categoryToHide(const Engine& engine, const Sample& sample);

/// A small network, a sample, and a category that the network sees in it: what attacks are checked
/// on within seconds.
struct AttackCase {
  Engine engine = smallEngine(kSmallSize, false);
  Sample sample = smallSample();
  std::string category = categoryToHide(engine, sample);

  /// Half of the labels are what the network predicts: a dense adversary works on those.
  AttackCase();
};

}  // namespace uninet
