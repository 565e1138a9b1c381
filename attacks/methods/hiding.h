#pragma once

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/norm_ball.h"
#include "attacks/engine/objective.h"
#include "core/data/weighted_objectives.h"

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

/// What hiding from segmentation has beside it.
struct SegmentationHidingOptions : HidingOptions {
  std::string pixelWeights = "alike";  ///< or "segpgd", "cospgd", in their targeted forms
  double gate = 1;  ///< Metzen's τ: pixels whose target is more probable count 0; 1: none does

  std::unique_ptr<Options> clone() const override;
  void describe(OptionVisitor& visitor) override;
};

/// What pixels count for in what is lowered.
struct HidingWeights {
  double omega = -1;  ///< as HidingOptions::omega
  PixelWeights pixels = PixelWeights::alike;
  double gate = 1;
};

/// Cross-entropy to the filled label map is lowered.
GradientAttack prepareHideFromSegmentation(const AttackInput& input, const Options& options);
/// RMSE to the filled depth map, in metres, is lowered.
GradientAttack prepareHideFromDepth(const AttackInput& input, const Options& options);

/// What the attacks lower, given what they work towards, which is not empty:
/// (ω Σ hidden + (1 − ω) Σ rest) / n of cross entropies, and the root of it of squares. The weights
/// of pixels and the gate are those of labels only, and of their gradient only.
OutputFunction towardsLabels(const Engine& engine, const AttackTarget& target,
                             const HidingWeights& weights = {});
OutputFunction towardsDepth(const Engine& engine, const AttackTarget& target,
                            const HidingWeights& weights = {});

/// What the attack works towards, from the clean prediction. An empty `mask` of zeros: the category
/// does not occur. Throws Error: the network has no such head, or the category is everywhere.
AttackTarget segmentationTarget(const Prediction& clean, const Options& options);
AttackTarget depthTarget(const Prediction& clean, const Options& options);

}  // namespace uninet
