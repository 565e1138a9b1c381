#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/base/options.h"
#include "core/base/progress.h"
#include "core/data/sample.h"
#include "core/outputs/prediction.h"
#include "core/results/image_facts.h"
#include "model/engine/engine.h"

namespace uninet {

Norms measureNorms(const cv::Mat& clean, const cv::Mat& attacked);

/// The state after one iteration (iteration 0 = before the first step).
struct AttackIteration {
  int iteration = 0;
  int total = 0;
  double objective = 0;  ///< value that is being raised (or lowered)
  /// By LossInfo::key those that the objective needs; "target" is the distance to a hiding
  /// attack's target, "active targets" the number that a dense adversary still works on.
  std::map<std::string, double> losses;
  cv::Mat image;  ///< rounded, CV_8UC3 RGB
  /// Of the gradient at this iterate: greatest absolute value (−1: none was taken), and the share
  /// of its entries that are exactly 0.
  double gradientMax = -1, gradientZeroShare = 0;
  /// Of the same gradient, for whoever watches: 255 √(|g| / gradientMax), the greatest channel of
  /// each pixel, CV_8U; empty: none was taken.
  cv::Mat gradient{};
};

/// What an attack returns. Stopped runs hold the best image so far.
struct AttackResult {
  cv::Mat image;  ///< rounded, CV_8UC3 RGB: the one that is evaluated and saved
  Norms norms;    ///< measured between the clean and the attacked image
  std::vector<AttackIteration> iterations;  ///< without images
  int iterationsPlanned = 0;
  int iterationsDone = 0;
  bool cancelled = false;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;  ///< e.g. "id left out: no instance with a known depth"
};

/// Everything that an attack may look at.
struct AttackInput {
  Engine engine;
  Sample sample;  ///< at network size; what it lacks is replaced by the clean prediction, and said
  cv::Mat region = {};    ///< CV_8U 0/1 at network size; empty: the whole image
  Prediction clean = {};  ///< of the sample's image, where it is known already
};
/// input.clean, predicted if it is not there.
Prediction cleanPrediction(const AttackInput& input);

/// What a hiding attack works towards, at network size (attacks §4).
struct AttackTarget {
  cv::Mat mask;         ///< CV_8U 0/1: predicted pixels of the category
  cv::Mat trainIds;     ///< CV_8U; empty: the target is no label map
  cv::Mat depthMetres;  ///< CV_32F; empty: the target is no depth map
};

using IterationCallback = std::function<void(const AttackIteration&)>;

}  // namespace uninet
