#pragma once

#include "attacks/engine/norm_ball.h"
#include "attacks/engine/step_rule.h"

namespace uninet {

/// The step rule of APGD in the l1 ball (Croce and Hein, ICML 2021), as in the authors' code: steps
/// of length η along the signs of the share κ of the greatest gradients, at first η = ε and κ =
/// 0.2. After every 0.04 N steps κ becomes ⅔ of the share of values that the best image changes;
/// where that are fewer than 0.95 of before, η is ε again and the run goes on from the best image,
/// elsewhere η falls by a third, down to ε / 10.
class ApgdL1 : public StepRule {
 public:
  ApgdL1(const NormBall& ball, int iterations);

  at::Tensor next(const at::Tensor& pixels, const at::Tensor& direction, double value) override;

  double step() const { return step_; }
  double share() const { return share_; }

 private:
  const NormBall& ball_;
  int window_;
  double step_, share_;
  int done_ = 0;
  double changedBefore_;  ///< values of the best image that differ, at the last check
  double best_ = 0;
  at::Tensor bestPixels_, bestDirection_;
};

}  // namespace uninet
