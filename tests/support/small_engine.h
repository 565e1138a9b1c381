#pragma once

#include <ATen/ATen.h>

#include "model/engine/engine.h"
#include "model/network/network.h"

namespace uninet {

/// A narrow untrained network of all tasks with random mask components, so that the mask loss has a
/// target. Instance depths start at 20 m: at 0 a ReLU has no gradient. `boxes`: box sides start
/// above 0 as well, so that it detects something.
inline Engine smallEngine(cv::Size size, bool boxes) {
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

}  // namespace uninet
