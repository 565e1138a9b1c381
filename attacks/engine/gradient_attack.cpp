#include "attacks/engine/gradient_attack.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "attacks/engine/ascent.h"
#include "attacks/engine/pseudo_truth.h"
#include "core/base/error.h"

namespace uninet {
namespace {

constexpr std::int64_t kApgdIterations = 100;  ///< of its authors

}  // namespace

AttackResult runGradientAttack(const ImageFunction& function, const NormBall& ball,
                               const GradientSettings& settings, const Progress& progress,
                               const IterationCallback& callback) {
  Ascent ascent(ball, settings, progress, callback);
  while (const Ascent::Pass* pass = ascent.next()) {
    const Answer answer = answerOf(pass->variant ? pass->variant : function, *pass);
    ascent.know(answer.found, answer.gradient);
  }
  return ascent.result();
}

AttackResult runGradientAttack(const Engine& engine, const GradientAttack& attack,
                               const Progress& progress, const IterationCallback& callback) {
  if (attack.known) return *attack.known;
  const FrozenWeights frozen(engine.network());
  const ImageFunction function = onImage(engine, attack.function);
  Ascent ascent(attack.ball, attack.settings, progress, callback);
  while (const Ascent::Pass* pass = ascent.next()) {
    const Answer answer = answerOf(engine, pass->variant ? pass->variant : function, *pass);
    ascent.know(answer.found, answer.gradient);
  }
  AttackResult result = ascent.result();
  if (attack.finish) attack.finish(result);
  return result;
}

std::int64_t iterationRule(double epsilon) {
  if (!(epsilon > 0)) return 0;
  return std::max<std::int64_t>(
      1, static_cast<std::int64_t>(std::min(std::floor(epsilon + 4), std::ceil(1.25 * epsilon))));
}

double StepOptions::sizeIn(const BallOptions& ball) const {
  return ball.epsilon < 1 ? std::min(alpha, ball.epsilon) : alpha;
}

std::int64_t StepOptions::automaticIn(const BallOptions& ball) const {
  return rule == "apgd" || ball.kind() == Norm::l1 ? kApgdIterations : iterationRule(ball.epsilon);
}

void StepOptions::describe(OptionVisitor& visitor, const BallOptions& ball) {
  static constexpr std::array<Choice, 2> kRules{
      {{"fixed", "steps of one size"}, {"apgd", "halved where they stop helping (APGD)"}}};
  static constexpr std::array<Choice, 3> kRadii{{{"epsilon", "epsilon"},
                                                 {"3-2-1", "3, 2 and 1 epsilon"},
                                                 {"2-1.5-1", "2, 1.5 and 1 epsilon"}}};
  const auto count = static_cast<double>(automaticIn(ball));
  const SpecialValue byRule{-1, "auto", "auto (%1 of size %2)", {count, sizeIn(ball)}};
  const SpecialValue ofApgd{-1, "auto", "auto (%1)", {count}};
  visitor.integer(
      OptionInfo{"iterations", "Steps",
                 "How often the image is moved; auto: min(epsilon + 4, 1.25 epsilon rounded up), "
                 "100 for APGD and in the l1 ball.",
                 "", "auto"}
          .withSpecial(rule == "apgd" ? ofApgd : byRule),
      iterations, {0, 100000, 1});
  visitor.choice(
      OptionInfo{"rule", "Step rule",
                 "How long each step is. APGD begins with twice epsilon, halves where "
                 "the objective stops rising, and keeps the best image (Croce and Hein "
                 "2020): what it does not reach was not for want of steps. For l1 it begins "
                 "with epsilon and changes fewer and fewer values (2021).",
                 "", "steps of one size"}
          .inAdvanced(),
      rule, kRules);
  visitor.choice(
      OptionInfo{"radii", "Radii",
                 "In which balls APGD looks for the result, one after the other, for 30, "
                 "30 and 40 % of the steps: larger ones show where to go (Croce and Hein "
                 "2021 for l1; Croce et al. 2024 for segmentation). The result is in "
                 "the ball of epsilon.",
                 "", "epsilon"}
          .inAdvanced()
          .where("rule", "apgd"),
      radii, kRadii);
  visitor.number(
      OptionInfo{"alpha", "Step size",
                 "Length of one step, in 8-bit pixel values; not more than epsilon "
                 "where epsilon is below 1. In the l1 ball a fifth of epsilon: a step of 1 "
                 "comes to nothing there.",
                 "px", "1"}
          .inAdvanced()
          .ofScale(255, "norm")
          .where("rule", "fixed"),
      alpha, {0, 100000, 0.25});
}

void StepOptions::apply(GradientSettings& settings, const BallOptions& ball) const {
  settings.apgd = rule == "apgd";
  if (radii == "3-2-1") settings.radii = {3, 2, 1};
  if (radii == "2-1.5-1") settings.radii = {2, 1.5, 1};
  settings.alpha = sizeIn(ball);
  settings.iterations = iterations >= 0 ? iterations : automaticIn(ball);
}

NormBall ballOf(const AttackInput& input, const BallOptions& options) {
  at::Tensor region;
  if (!input.region.empty()) {
    if (input.region.size() != input.sample.image.size() || input.region.type() != CV_8U)
      throw Error("region: an 8-bit mask of the size of the network input is needed");
    cv::Mat region8 = input.region.clone();
    region = at::from_blob(region8.data, {1, 1, region8.rows, region8.cols}, at::kByte)
                 .ne(0)
                 .to(at::Device(input.engine.device()), at::kFloat);
  }
  const double epsilon =
      options.epsilon < 0 ? std::numeric_limits<double>::infinity() : options.epsilon;
  return NormBall(input.engine.pixels(input.sample.image), options.kind(), epsilon, region);
}

Targets attackTargets(const AttackInput& input, std::vector<std::string>& notes) {
  const Sample sample = completeTruth(input, notes);
  return makeTargets({&sample}, input.engine.network().maskCode, 0);
}

void noteLostToRounding(AttackResult& result) {
  if (result.iterationsDone > 0 && result.norms.l0 == 0)
    result.notes.push_back(
        "the attacked image equals the clean one: a saved image has whole pixel values, and "
        "rounding left nothing of a perturbation this small");
}

}  // namespace uninet
