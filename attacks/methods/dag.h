#pragma once

#include <string>
#include <vector>

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/norm_ball.h"
#include "attacks/engine/objective.h"

namespace uninet {

/// Members that every dense adversary has (Xie et al. 2017; paper §4.2; attacks §5).
struct DagLoop {
  double gamma = 0.5;
  std::int64_t iterations = 150;
  BallOptions ball;

  explicit DagLoop(std::int64_t limit) : iterations(limit) { ball.epsilon = -1; }
  void describe(OptionVisitor& visitor, const char* paperIterations, BallOptions::Draws draws);
};

/// Swaps two classes of the detection head.
struct DagDetectionOptions : OptionsOf<DagDetectionOptions> {
  std::string first = "person", second = "car";
  double threshold = 0.05;  ///< class probability from which a clean prediction is a target
  DagLoop loop{150};

  void describe(OptionVisitor& visitor) override;
};
GradientAttack prepareDagDetection(const AttackInput& input, const Options& options);

/// Swaps two classes of the segmentation head.
struct DagSegmentationOptions : OptionsOf<DagSegmentationOptions> {
  std::string first = "person", second = "car";
  DagLoop loop{200};

  void describe(OptionVisitor& visitor) override;
};
GradientAttack prepareDagSegmentation(const AttackInput& input, const Options& options);

/// The original attack: every class of the head gets a wrong class drawn at random.
struct DagUntargetedOptions : OptionsOf<DagUntargetedOptions> {
  std::string head = "detection";
  double threshold = 0.05;
  DagLoop loop{150};

  void describe(OptionVisitor& visitor) override;
};
GradientAttack prepareDagUntargeted(const AttackInput& input, const Options& options);

/// What the swaps raise: the sum of (wrong − own) logits over the targets that still have their
/// class. Notes say what was assumed of the image.
OutputFunction dagFunction(const AttackInput& input, const DagDetectionOptions& options,
                           std::vector<std::string>& notes);
OutputFunction dagFunction(const AttackInput& input, const DagSegmentationOptions& options,
                           std::vector<std::string>& notes);

/// Wrong class of each of `classes` classes; −1: left alone.
using WrongClasses = std::vector<int>;
/// first ↔ second, all others alone. Throws Error if they are the same.
WrongClasses swapOf(int classes, int first, int second);
/// Another class for each, drawn from `seed`.
WrongClasses randomWrong(int classes, std::uint64_t seed);

}  // namespace uninet
