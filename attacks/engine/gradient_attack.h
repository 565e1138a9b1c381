#pragma once

#include <functional>
#include <optional>
#include <string>

#include "attacks/engine/attack.h"
#include "attacks/engine/norm_ball.h"
#include "attacks/engine/objective.h"

namespace uninet {

/// Settings of the iteration x ← Π(x + α · sign ∇L(x)) and its variants (attacks §3).
struct GradientSettings {
  double alpha = 1;
  std::int64_t iterations = 1;
  bool randomStart = false;
  std::int64_t restarts = 1;
  double momentum = 0;        ///< decay μ of the accumulated gradient (MI-FGSM); 0: none
  bool nesterov = false;      ///< gradients are those ahead, where momentum leads (NI-FGSM)
  bool keepBest = false;      ///< return the iterate with the greatest value, not the last
  std::int64_t patience = 0;  ///< stop after so many iterations without a new best; 0: never
  bool descend = false;       ///< lower the value instead of raising it
  bool maxNormStep = false;   ///< x + α · g / ‖g‖∞ instead of the step of the norm
  bool apgd = false;          ///< steps by the rule of APGD, which has no α and keeps the best
  std::vector<double> radii = {};  ///< of APGD: three factors of ε, see ShrinkingBall; empty: none
  std::uint64_t seed = 0;
  /// Whose gradient is followed in a step instead of the function's (input diversity): one for each
  /// draw, which is fixed by seed, image, restart and iteration; an empty one: the function's after
  /// all.
  std::function<ImageFunction(std::uint64_t draw)> variant = {};
};

/// Runs the iteration from the centre of the ball. Stopping returns the best image so far.
AttackResult runGradientAttack(const ImageFunction& function, const NormBall& ball,
                               const GradientSettings& settings, const Progress& progress,
                               const IterationCallback& callback);

/// An attack on one image of which only the iteration is left.
struct GradientAttack {
  OutputFunction function;
  NormBall ball;
  GradientSettings settings;
  /// Adds to the result what is the attack's to say.
  std::function<void(AttackResult&)> finish = {};
  /// There is nothing to iterate: the result.
  std::optional<AttackResult> known = {};
};
AttackResult runGradientAttack(const Engine& engine, const GradientAttack& attack,
                               const Progress& progress, const IterationCallback& callback);

/// iterations = min(ε + 4, ⌈1.25 ε⌉), at least 1; 0 for ε = 0 (paper §4.1).
std::int64_t iterationRule(double epsilon);

/// Members of attacks that go many steps along a gradient.
struct StepOptions {
  std::string rule = "fixed";  ///< or "apgd"
  std::string radii = "epsilon";
  std::int64_t iterations = -1;  ///< −1: iterationRule(), 100 of APGD and in the l1 ball
  double alpha = 1;              ///< where epsilon is below 1 not more than epsilon (attacks §3)

  void describe(OptionVisitor& visitor, const BallOptions& ball);
  /// Iterations, step and rule of a run in this ball.
  void apply(GradientSettings& settings, const BallOptions& ball) const;

 private:
  double sizeIn(const BallOptions& ball) const;
  std::int64_t automaticIn(const BallOptions& ball) const;
};

/// Ball around the image of `input`, restricted to its region. Throws Error if sizes differ.
NormBall ballOf(const AttackInput& input, const BallOptions& options);

/// Targets of the image; what it has no ground truth for comes from the clean prediction, and a
/// note says so.
Targets attackTargets(const AttackInput& input, std::vector<std::string>& notes);

/// Adds a sentence if a perturbation was made but rounding to whole pixel values left none of it.
void noteLostToRounding(AttackResult& result);

}  // namespace uninet
