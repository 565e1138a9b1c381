#pragma once

#include "attacks/engine/attack.h"
#include "attacks/engine/norm_ball.h"

namespace uninet {

/// The random controls: what a perturbation of this size does without any gradient.
struct NoiseOptions : OptionsOf<NoiseOptions> {
  BallOptions ball;

  void describe(OptionVisitor& visitor) override;
};
/// Uniform in the ball.
AttackResult runUniformNoise(const AttackInput& input, const Options& options,
                             const Progress& progress, const IterationCallback& callback);
/// Random signs at the surface of the ball.
AttackResult runSignNoise(const AttackInput& input, const Options& options,
                          const Progress& progress, const IterationCallback& callback);

}  // namespace uninet
