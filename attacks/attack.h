#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/options.h"
#include "core/prediction.h"
#include "core/progress.h"
#include "core/sample.h"
#include "model/engine.h"

namespace uninet {

/// Norms of a perturbation in 8-bit pixel units, over all channels.
struct Norms {
  double linf = 0;
  double l2 = 0;
  std::int64_t l0 = 0;  ///< pixels with any changed channel
};
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

/// One entry of the registry. An outsider adds a .h/.cpp pair and one line in attacks().
struct AttackInfo {
  const char* key;    ///< pgd, fgsm, hide-segmentation …
  const char* title;  ///< marked for translation
  const char* help;   ///< marked for translation
  std::unique_ptr<Options> (*makeOptions)();
  /// Throws Error (no target for the objective, bad option). Stopping is not an error: the result
  /// is marked as cancelled.
  AttackResult (*run)(const AttackInput&, const Options&, const Progress&,
                      const IterationCallback&);
  /// What it works towards, known before it starts; nullptr: it has no such target.
  AttackTarget (*target)(const Prediction& clean, const Options&) = nullptr;
};
std::span<const AttackInfo> attacks();
/// Throws Error that lists the keys.
const AttackInfo& attackByKey(const std::string& key);

/// A named set of options of an attack ("Figure 3a · ε 1 · semantic").
struct AttackPreset {
  const char* name;
  const char* attack;
  const char* options;  ///< JSON
};
std::span<const AttackPreset> attackPresets();

}  // namespace uninet
