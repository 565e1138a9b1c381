#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

#include <ATen/core/Tensor.h>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/step_rule.h"

namespace uninet {

/// The iteration of runGradientAttack() on one image, with all its restarts, from one pass through
/// the network to the next. Whoever drives it computes those, of one image or of several together.
class Ascent {
 public:
  /// `progress` and `callback` are used as long as this.
  Ascent(NormBall ball, GradientSettings settings, const Progress& progress,
         const IterationCallback& callback);
  ~Ascent();
  Ascent(const Ascent&) = delete;
  Ascent& operator=(const Ascent&) = delete;

  /// What has to be known for it to go on.
  struct Pass {
    at::Tensor pixels;      ///< where: [1, 3, H, W]
    bool gradient = false;  ///< or the value only
    double done = 0;        ///< share of the steps, for ObjectiveValue::differentiated
    ImageFunction variant;  ///< of another function than that of the attack; empty: of that one
  };
  /// nullptr: it is over.
  const Pass* next() const { return over_ ? nullptr : &pass_; }
  /// The answer to next(). `gradient` of what is differentiated by the pixels; undefined where none
  /// was asked for. Throws Error: a number is not finite.
  void know(const ObjectiveValue& found, const at::Tensor& gradient);

  /// Once it is over.
  AttackResult result();

 private:
  class Steps;

  bool stop();
  void beginRun();
  void ask();
  void iterate(const ObjectiveValue& found, const at::Tensor& gradient);
  void endRun(double rank);

  NormBall ball_;
  GradientSettings settings_;
  const Progress& progress_;
  const IterationCallback& callback_;
  std::int64_t perRun_, runs_;

  Pass pass_;
  bool over_ = false;
  /// After the value at the present image: the gradient of another image or function.
  std::optional<Pass> elsewhere_;
  std::optional<ObjectiveValue> found_;  ///< while elsewhere_ is waited for

  std::unique_ptr<Steps> steps_;  ///< of this run
  std::int64_t run_ = 0, iteration_ = 0, sinceBest_ = 0;
  int number_ = 0;  ///< of the iteration, over all runs
  at::Tensor pixels_;
  static constexpr double kNone = -std::numeric_limits<double>::infinity();
  double chosenValue_ = kNone, bestValue_ = kNone, runBest_ = kNone;
  at::Tensor chosen_, best_, runBestPixels_;
  AttackResult result_;
};

/// The answer to Ascent::next(), of one image by itself.
struct Answer {
  ObjectiveValue found;
  at::Tensor gradient;  ///< zeros where the function does not depend on the pixels
};
Answer answerOf(const ImageFunction& function, const Ascent::Pass& pass);
/// Of a function of this engine, in the precision of its gradients.
Answer answerOf(const Engine& engine, const ImageFunction& function, const Ascent::Pass& pass);

}  // namespace uninet
