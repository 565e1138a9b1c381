#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "attacks/sweep/experiment.h"

namespace uninet {

/// One attack on two networks: the same options, seed and region on the same image, and what each
/// network makes of the image that was attacked on the other ("transfer").
struct AttackOnTwo {
  const AttackInfo& attack;
  const Options& options;
  cv::Mat region;  ///< as runExperiment() takes it
  const Engine &first, &second;
};

/// Tells each experiment as soon as it is there: on the second network, first → second, second →
/// first. That on the first one, `made`, is there; `cleanFirst` and `cleanSecond` are what the
/// networks make of the image as it is. If the second network cannot be attacked so (it lacks the
/// task), the sentence that says why is returned, and only first → second is told. A stopped attack
/// is told as far as it came, and no transfers. Throws what transfers throw.
std::string attackSecond(const AttackOnTwo& both, const CleanImage& cleanFirst,
                         const Experiment& made, const CleanImage& cleanSecond,
                         const Progress& progress, const std::function<void(Experiment)>& told);

/// Progress of work `place` (0 or 1) of two that take about as long. Where it is asked to stop, it
/// knows when the work reports next.
class HalfProgress {
 public:
  HalfProgress(const Progress& whole, int place);
  const Progress& part() const { return part_; }

 private:
  std::atomic<bool> stop_{false};
  Progress part_;
};

}  // namespace uninet
