#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/sample.h"
#include "model/engine.h"

namespace uninet {

/// How far the attacked image moves one feature map (attacks §7).
struct LevelDrift {
  std::string level;  ///< E2 … E7, P3 … P5, D6 … D2, or a head: its output over all strides
  double drift = 0;   ///< ‖f(attacked) − f(clean)‖₂ / ‖f(clean)‖₂; NaN: f(clean) is 0
  double cka = 0;     ///< linear CKA over locations (Kornblith et al. 2019); NaN: constant features
};
/// Every named feature map in the order of the forward pass. Images at network size.
std::vector<LevelDrift> levelDrift(const Engine& engine, const cv::Mat& clean,
                                   const cv::Mat& attacked);

/// Activation patching (attacks §7): what the heads make of `sample` when the features of one level
/// come from the image `donor`. Level → outcome, for E2 … E7, P3 … P5 and D6 … D2.
std::map<std::string, Engine::Evaluated> patchLevels(const Engine& engine, const Sample& sample,
                                                     const cv::Mat& donor);

}  // namespace uninet
