#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "attacks/engine/norm_ball.h"
#include "attacks/engine/step_rule.h"

namespace uninet {

/// Runs a step rule in balls that become smaller: 30, 30 and 40 % of the steps at three radii. Each
/// begins at the best image of the one before, projected, which is one of the steps (Croce and
/// Hein, ICML 2021: 3, 2 and 1 ε in l1; Croce, Singh and Hein, ECCV 2024: 2, 1.5 and 1 ε for
/// segmentation).
class ShrinkingBall : public StepRule {
 public:
  using MakeRule = std::function<std::unique_ptr<StepRule>(const NormBall&, int iterations)>;

  /// `factors` of the radius of `ball`, three, the last one 1. Radii for which there are too few
  /// iterations are left out. The rules are used as long as this.
  ShrinkingBall(const NormBall& ball, const std::vector<double>& factors, int iterations,
                const MakeRule& make);

  at::Tensor next(const at::Tensor& pixels, const at::Tensor& direction, double value) override;
  bool inside() const override { return phase_ + 1 == phases_.size(); }

 private:
  struct Phase {
    NormBall ball;
    int steps;
    std::unique_ptr<StepRule> rule;
  };

  std::vector<std::unique_ptr<Phase>> phases_;  ///< a rule holds on to the ball of its phase
  std::size_t phase_ = 0;
  int done_ = 0;  ///< steps of this phase
  double best_ = 0;
  at::Tensor bestPixels_;
};

}  // namespace uninet
