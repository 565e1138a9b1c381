#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "attacks/registry/registry.h"
#include "core/metrics/metrics.h"
#include "core/results/figures.h"

namespace uninet {

/// One attack on one image, with everything that the window shows and report.json holds.
struct Experiment {
  std::string attack;       ///< registry key
  std::string optionsJson;  ///< every option with its value
  std::string frame;        ///< name of the image
  std::string engineTitle, engineHash, engineIdentity;
  /// Title and identity of the network that the image was attacked on, where this one only measured
  /// it; empty: this one was attacked.
  std::string attackedOn, attackedOnIdentity;
  std::vector<std::string> engineNotes;
  std::string device;                             ///< deviceText() of the engine
  std::map<std::string, std::string> arithmetic;  ///< Engine::arithmetic()
  Sample original, sample;                        ///< at frame size and at network size
  Prediction clean, attacked;
  AttackResult result;
  ImageMeasures cleanMeasures, attackedMeasures;
  Metrics cleanMetrics, attackedMetrics;  ///< of this one image, from the measures
  Diagnostics diagnostics;
  AttackTarget target;  ///< of a hiding attack
  ShapeRecord shapes;   ///< of an attack on detection, where there are objects
  /// Task and the first iteration that left less than half of it, of tasks that fell; known only if
  /// there was a listener to measure every iteration for.
  std::vector<std::pair<Task, int>> firstFailures;
  double seconds = 0;
  std::string manifest;  ///< of the run that it was restored from; empty: it was run just now
};

/// Bars of the metric-ratio chart: one per task in the order of tasks(); NaN where undefined.
struct RatioBar {
  Task task;
  double clean, attacked, ratio;
};

/// Adds the tasks that fell below one half at this iteration and in none before.
void noteFailures(std::vector<std::pair<Task, int>>& failures, const std::vector<RatioBar>& bars,
                  int iteration);

/// An image and what a network makes of it as it is: computed once, it serves every attack on it.
struct CleanImage {
  std::string name;
  Sample original, sample;  ///< at frame size and at network size
  Engine::Evaluated found;
  ImageMeasures measures;
};
CleanImage cleanImage(const Engine& engine, const RawFrame& frame);

/// What a listener gets while it runs: the prediction on the image of this iteration, and what it
/// leaves of the clean metrics.
using ExperimentCallback =
    std::function<void(const AttackIteration&, const Prediction&, const std::vector<RatioBar>&)>;
/// What a hiding attack is about to work towards.
using TargetCallback = std::function<void(const AttackTarget&)>;

/// Clean prediction, attack, attacked prediction, metrics. `callback` is called on this thread
/// with the clean prediction (iteration 0) and after every iteration, `targetCallback` before that.
/// `region` restricts the attack (CV_8U 0/1 at network size; empty: everywhere).
Experiment runExperiment(const Engine& engine, const RawFrame& frame, const AttackInfo& attack,
                         const Options& options, const Progress& progress,
                         const cv::Mat& region = {}, const ExperimentCallback& callback = {},
                         const TargetCallback& targetCallback = {});

/// The same on an image that the network has predicted.
Experiment runExperiment(const Engine& engine, const CleanImage& clean, const AttackInfo& attack,
                         const Options& options, const Progress& progress,
                         const cv::Mat& region = {}, const ExperimentCallback& callback = {},
                         const TargetCallback& targetCallback = {});

/// The image of an attack on another network, measured on this one against what this one makes of
/// the image as it is. Both have one input size; throws Error otherwise. `clean` is of this
/// network.
Experiment transferExperiment(const Engine& engine, const CleanImage& clean,
                              const Experiment& made);

std::vector<RatioBar> metricRatios(const Metrics& clean, const Metrics& attacked);

/// Shape bias on this image; none unless detection was attacked and there are objects.
std::optional<Figure> shapeFigureOf(const Experiment& experiment);

/// Of a restored one that of its run.
nlohmann::json reportJson(const Experiment& experiment);
/// report.json on one line, for embedding in a figure.
std::string experimentManifest(const Experiment& experiment);
/// clean.png, adversarial.png, five outputs clean and attacked, report.json (issue text, PGD).
/// Removes what an earlier run wrote into the folder.
void writeExperiment(const Experiment& experiment, const std::filesystem::path& folder);

}  // namespace uninet
