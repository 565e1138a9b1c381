#include "attacks/methods/pgd.h"

#include <array>

namespace uninet {
namespace {

AttackResult ascend(const AttackInput& input, const ObjectiveOptions& objectiveOptions,
                    const BallOptions& ballOptions, const GradientSettings& settings,
                    const Progress& progress, const IterationCallback& callback) {
  const FrozenWeights frozen(input.engine.network());
  std::vector<std::string> notes;
  const Objective objective(input.engine, attackTargets(input, notes), objectiveOptions);
  const NormBall ball = ballOf(input, ballOptions);
  AttackResult result = runGradientAttack(onImage(input.engine, objective.function()), ball,
                                          settings, progress, callback);
  notes.insert(notes.end(), objective.notes().begin(), objective.notes().end());
  result.notes = std::move(notes);
  noteLostToRounding(result);
  return result;
}

}  // namespace

void PgdOptions::describe(OptionVisitor& visitor) {
  static constexpr std::array<Choice, 2> kKeep{
      {{"last", "last iterate"}, {"best", "iterate with the greatest objective"}}};
  objective.describe(visitor);
  ball.describe(visitor, "0.25 to 32; 1 in Figure 3");
  steps.describe(visitor, ball.epsilon);
  visitor.flag(OptionInfo{"random-start", "Random start", "Starts at a uniform point of the ball.",
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
      OptionInfo{"momentum", "Momentum", "Decay of the accumulated gradient.", "", "none"}
          .inAdvanced()
          .where("rule", "fixed")
          .withSpecial({0, "none", "none"}),
      momentum, {0, 10, 0.1});
  visitor.choice(OptionInfo{"keep", "Keep", "Which iterate is the result.", "", "last iterate"}
                     .inAdvanced()
                     .where("rule", "fixed"),
                 keep, kKeep);
  visitor.integer(OptionInfo{"early-stop", "Early stop",
                             "Ends after so many iterations without a new best.", "", "never"}
                      .inAdvanced()
                      .withSpecial({0, "never", "never"}),
                  earlyStop, {0, 100000, 1});
  ball.describeSeed(visitor, BallOptions::Draws::starts);
}

AttackResult runPgd(const AttackInput& input, const Options& options, const Progress& progress,
                    const IterationCallback& callback) {
  const auto& pgd = dynamic_cast<const PgdOptions&>(options);
  GradientSettings settings;
  pgd.steps.apply(settings, pgd.ball.epsilon);
  settings.randomStart = pgd.randomStart;
  settings.restarts = pgd.restarts;
  settings.momentum = pgd.momentum;
  settings.keepBest = pgd.keep == "best";
  settings.patience = pgd.earlyStop;
  settings.seed = static_cast<std::uint64_t>(pgd.ball.seed);
  return ascend(input, pgd.objective, pgd.ball, settings, progress, callback);
}

void FgsmOptions::describe(OptionVisitor& visitor) {
  objective.describe(visitor);
  ball.describe(visitor, "");
  ball.describeSeed(visitor, BallOptions::Draws::nothing);
}

AttackResult runFgsm(const AttackInput& input, const Options& options, const Progress& progress,
                     const IterationCallback& callback) {
  const auto& fgsm = dynamic_cast<const FgsmOptions&>(options);
  GradientSettings settings;
  settings.alpha = fgsm.ball.epsilon;
  settings.seed = static_cast<std::uint64_t>(fgsm.ball.seed);
  return ascend(input, fgsm.objective, fgsm.ball, settings, progress, callback);
}

}  // namespace uninet
