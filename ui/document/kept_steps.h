#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "attacks/sweep/experiment.h"
#include "core/outputs/packed_prediction.h"

namespace uninet {

/// The iterations of one attack that a person can go back to, within a budget of memory: each as
/// its difference to the clean image and what was predicted for that. Beyond the budget every
/// second one goes, the oldest first, then every second of those that are left, and so on: what is
/// kept stays evenly spaced. The first and the last always stay.
class KeptSteps {
 public:
  /// One iteration; iteration −1 is what a hiding attack works towards.
  struct Step {
    AttackIteration iteration;  ///< without its pictures: its image is that of the prediction
    PackedPrediction packed;
    PackedMat gradient{};                          ///< of the iteration; empty: none was taken
    std::shared_ptr<const AttackTarget> target{};  ///< of iteration −1; else null
    std::vector<RatioBar> ratios{};                ///< what it leaves of each task

    std::size_t bytes() const;
  };
  /// Bytes for the attack that is shown, and for one on another image.
  static constexpr std::size_t kShown = std::size_t{256} << 20, kElsewhere = std::size_t{32} << 20;

  KeptSteps() = default;
  explicit KeptSteps(std::shared_ptr<const Prediction> clean, std::size_t budget = kShown)
      : clean_(std::move(clean)), budget_(budget) {}

  /// Any thread.
  static Step pack(AttackIteration iteration, const Prediction& prediction,
                   const Prediction& clean);
  /// The image that an attack ended with, which need not be its last iterate.
  static Step result(const Experiment& experiment, const Prediction& clean);
  /// In rising order; packed with the clean prediction of this object.
  void add(Step step);
  /// At least two steps stay, whatever they take.
  void setBudget(std::size_t bytes);

  const Prediction& clean() const { return *clean_; }
  bool empty() const { return steps_.empty(); }
  const std::vector<Step>& steps() const { return steps_; }
  /// Of every iteration that was added, kept or not: its number and objective.
  const std::vector<std::pair<int, double>>& objectives() const { return objectives_; }
  std::shared_ptr<const Prediction> prediction(int place) const;
  /// As AttackIteration has it; empty: none was taken.
  cv::Mat gradient(int place) const;
  std::size_t bytes() const { return bytes_; }

 private:
  void thin();

  std::shared_ptr<const Prediction> clean_;
  std::size_t budget_ = kShown, bytes_ = 0;
  std::vector<Step> steps_;
  std::vector<std::pair<int, double>> objectives_;
};

}  // namespace uninet
