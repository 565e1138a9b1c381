#pragma once

#include <vector>

#include "attacks/engine/norm_ball.h"
#include "attacks/engine/step_rule.h"

namespace uninet {

/// Iterations after which APGD looks whether its step is still of use, ascending: windows of 0.22
/// N, each 0.03 N shorter than the one before and at least 0.06 N (and 1) long.
std::vector<int> apgdChecks(int iterations);

/// The step rule of APGD (Croce and Hein, ICML 2020): momentum ¾, a step of 2 ε that is halved
/// where the value rose in at most ¾ of a window or its best has not risen since the last check,
/// and goes on from the best image then. Follows the authors' code where it differs from the paper,
/// but for the rises of the first window, which are counted from the start.
class Apgd : public StepRule {
 public:
  Apgd(const NormBall& ball, int iterations);

  at::Tensor next(const at::Tensor& pixels, const at::Tensor& direction, double value) override;

  double step() const { return step_; }

 private:
  const NormBall& ball_;
  std::vector<int> checks_;
  double step_;
  int done_ = 0;       ///< steps
  int rises_ = 0;      ///< since the last check
  int lastCheck_ = 0;  ///< the step after which it was
  std::size_t check_ = 0;
  bool halved_ = true;  ///< at the last check; before the first one condition B does not count
  at::Tensor before_;   ///< the image before the last one
  double lastValue_ = 0, best_ = 0, bestAtCheck_ = 0;
  at::Tensor bestPixels_, bestDirection_;
};

}  // namespace uninet
