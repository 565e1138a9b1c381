#pragma once

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/norm_ball.h"
#include "attacks/engine/objective.h"

namespace uninet {

/// Hides a category from the segmentation or from the depth map (paper §4.3; attacks §4).
struct HidingOptions : OptionsOf<HidingOptions> {
  std::string category = "person";
  BallOptions ball;
  StepOptions steps;
  /// Weight ω of the hidden pixels against 1 − ω of all others (Metzen et al., ICCV 2017); 1: they
  /// alone count; negative: every pixel counts alike, as in the paper.
  double omega = -1;

  HidingOptions() { ball.epsilon = 2; }
  void describe(OptionVisitor& visitor) override;
};

/// Cross-entropy to the filled label map is lowered.
AttackResult runHideFromSegmentation(const AttackInput& input, const Options& options,
                                     const Progress& progress, const IterationCallback& callback);
/// RMSE to the filled depth map, in metres, is lowered.
AttackResult runHideFromDepth(const AttackInput& input, const Options& options,
                              const Progress& progress, const IterationCallback& callback);

/// What the attacks lower, given what they work towards, which is not empty; `omega` as above:
/// (ω Σ hidden + (1 − ω) Σ rest) / n of cross entropies, and the root of it of squares.
OutputFunction towardsLabels(const Engine& engine, const AttackTarget& target, double omega = -1);
OutputFunction towardsDepth(const Engine& engine, const AttackTarget& target, double omega = -1);

/// What the attack works towards, from the clean prediction. An empty `mask` of zeros: the category
/// does not occur. Throws Error: the network has no such head, or the category is everywhere.
AttackTarget segmentationTarget(const Prediction& clean, const Options& options);
AttackTarget depthTarget(const Prediction& clean, const Options& options);

}  // namespace uninet
