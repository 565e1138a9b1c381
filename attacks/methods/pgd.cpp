#include "attacks/methods/pgd.h"

#include <array>

#include "attacks/engine/input_diversity.h"

namespace uninet {
namespace {

GradientAttack ascending(const AttackInput& input, const ObjectiveOptions& objectiveOptions,
                         const BallOptions& ballOptions, GradientSettings settings,
                         double diversity) {
  std::vector<std::string> notes;
  const Objective objective(input.engine, attackTargets(input, notes), objectiveOptions);
  if (diversity > 0) settings.variant = diverseInputs(input, objective, diversity);
  notes.insert(notes.end(), objective.notes().begin(), objective.notes().end());
  return {objective.function(), ballOf(input, ballOptions), std::move(settings),
          [notes](AttackResult& result) {
            result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
            noteLostToRounding(result);
          }};
}

}  // namespace

void PgdOptions::describe(OptionVisitor& visitor) {
  static constexpr std::array<Choice, 2> kKeep{
      {{"last", "last iterate"}, {"best", "iterate with the greatest objective"}}};
  objective.describe(visitor);
  ball.describe(visitor, "0.25 to 32; 1 in Figure 3", BallOptions::Bound::always,
                BallOptions::Sparse::yes);
  steps.describe(visitor, ball);
  visitor.flag(OptionInfo{"random-start", "Random start",
                          "Starts at a uniform point of the ball; of the l1 ball at normal noise "
                          "that is projected.",
                          "", "off"}
                   .inAdvanced(),
               randomStart);
  visitor.integer(OptionInfo{"restarts", "Restarts",
                             "Runs from different random starts; the one with the greatest "
                             "objective is kept.",
                             "", "1"}
                      .inAdvanced()
                      .where("random-start", "true"),
                  restarts, {1, 1000, 1});
  visitor.number(
      OptionInfo{"momentum", "Momentum",
                 "Decay of the accumulated gradient; 1 in MI-FGSM (Dong et al. 2018).", "", "none"}
          .inAdvanced()
          .where("rule", "fixed")
          .withSpecial({0, "none", "none"}),
      momentum, {0, 10, 0.1});
  visitor.flag(OptionInfo{"nesterov", "Look ahead",
                          "Takes each gradient where the accumulated one leads (NI-FGSM, Lin et "
                          "al. 2020); without momentum that is where the image is.",
                          "", "off"}
                   .inAdvanced()
                   .where("rule", "fixed"),
               nesterov);
  visitor.number(OptionInfo{"diversity", "Input diversity",
                            "Probability that a step follows the gradient of the image shrunk to "
                            "90 to 100 % at a place drawn at random, which helps attacks to pass "
                            "on to other networks (DI2-FGSM, Xie et al. 2019: 0.5).",
                            "", "never"}
                     .inAdvanced()
                     .where("rule", "fixed")
                     .withSpecial({0, "never", "never"}),
                 diversity, {0, 1, 0.1});
  visitor.choice(OptionInfo{"keep", "Keep", "Which iterate is the result.", "", "last iterate"}
                     .inAdvanced()
                     .where("rule", "fixed"),
                 keep, kKeep);
  visitor.integer(OptionInfo{"early-stop", "Early stop",
                             "Ends after so many iterations without a new best.", "", "never"}
                      .inAdvanced()
                      .withSpecial({0, "never", "never"}),
                  earlyStop, {0, 100000, 1});
  const bool draws = diversity > 0 && steps.rule == "fixed";
  ball.describeSeed(visitor, draws ? BallOptions::Draws::always : BallOptions::Draws::starts);
}

GradientAttack preparePgd(const AttackInput& input, const Options& options) {
  const auto& pgd = dynamic_cast<const PgdOptions&>(options);
  GradientSettings settings;
  pgd.steps.apply(settings, pgd.ball);
  settings.randomStart = pgd.randomStart;
  settings.restarts = pgd.restarts;
  settings.momentum = pgd.momentum;
  settings.nesterov = pgd.nesterov;
  settings.keepBest = pgd.keep == "best";
  settings.patience = pgd.earlyStop;
  settings.seed = static_cast<std::uint64_t>(pgd.ball.seed);
  return ascending(input, pgd.objective, pgd.ball, settings, settings.apgd ? 0 : pgd.diversity);
}

void FgsmOptions::describe(OptionVisitor& visitor) {
  objective.describe(visitor);
  ball.describe(visitor, "");
  ball.describeSeed(visitor, BallOptions::Draws::nothing);
}

GradientAttack prepareFgsm(const AttackInput& input, const Options& options) {
  const auto& fgsm = dynamic_cast<const FgsmOptions&>(options);
  GradientSettings settings;
  settings.alpha = fgsm.ball.epsilon;
  settings.seed = static_cast<std::uint64_t>(fgsm.ball.seed);
  return ascending(input, fgsm.objective, fgsm.ball, settings, 0);
}

}  // namespace uninet
