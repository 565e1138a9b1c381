#pragma once

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/norm_ball.h"
#include "attacks/engine/objective.h"

namespace uninet {

/// Projected gradient descent (paper §4.1; Madry et al. 2018) with what makes attacks pass on to
/// other networks: momentum (MI-FGSM, Dong et al., CVPR 2018), Nesterov's look ahead (NI-FGSM, Lin
/// et al., ICLR 2020), diverse inputs (DI²-FGSM, Xie et al., CVPR 2019).
struct PgdOptions : OptionsOf<PgdOptions> {
  ObjectiveOptions objective;
  BallOptions ball;
  StepOptions steps;
  bool randomStart = false;
  std::int64_t restarts = 1;
  double momentum = 0;
  bool nesterov = false;
  double diversity = 0;  ///< probability for each step
  std::string keep = "last";
  std::int64_t earlyStop = 0;

  void describe(OptionVisitor& visitor) override;
};
GradientAttack preparePgd(const AttackInput& input, const Options& options);

/// One step of length ε (Goodfellow et al. 2015).
struct FgsmOptions : OptionsOf<FgsmOptions> {
  ObjectiveOptions objective;
  BallOptions ball;

  void describe(OptionVisitor& visitor) override;
};
GradientAttack prepareFgsm(const AttackInput& input, const Options& options);

}  // namespace uninet
