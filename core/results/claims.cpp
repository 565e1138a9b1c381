#include "core/results/claims.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/numbers.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

/// Probability of error at which a claim is decided.
constexpr double kLevel = 0.05;

std::string number(double value) { return std::isfinite(value) ? fixedText(value, 3) : "\u2013"; }

/// By sampling; and by rounding, where two arithmetics differ by more than what is compared.
Verdict decided(const Estimate& difference) {
  if (!std::isfinite(difference.value)) return Verdict::notMeasured;
  if (!(difference.low > 0) && !(difference.high < 0)) return Verdict::undecided;
  if (std::abs(difference.value) < difference.check.spread()) return Verdict::undecidedArithmetic;
  return difference.low > 0 ? Verdict::holds : Verdict::doesNotHold;
}

/// "`what`: `aName` a > `bName` b", from samples of the same resamples.
Evidence greater(const std::string& what, const std::string& aName, const Estimate& a,
                 const std::string& bName, const Estimate& b) {
  Evidence evidence;
  evidence.difference =
      combined({&a, &b}, [](const std::vector<double>& v) { return v[0] - v[1]; });
  evidence.text =
      what + ": " + aName + " " + number(a.value) + " > " + bName + " " + number(b.value);
  evidence.verdict = decided(evidence.difference);
  return evidence;
}

Estimate constant(double value, const Estimate& like) {
  return combined({&like}, [value](const std::vector<double>&) { return value; });
}

/// The smallest of several estimates, sample by sample; those that are undefined do not count.
Estimate smallest(const std::vector<const Estimate*>& estimates) {
  return combined(estimates, [](const std::vector<double>& v) {
    double least = Estimate::kNone;
    for (const double number : v) least = std::isfinite(least) ? std::min(least, number) : number;
    return least;
  });
}

Estimate meanOf(const std::vector<const Estimate*>& estimates) {
  return combined(estimates, [](const std::vector<double>& v) {
    return v.empty() ? Estimate::kNone
                     : std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
  });
}

Claim judged(std::string statement, std::string where, std::vector<Evidence> evidence) {
  Claim claim{std::move(statement), std::move(where), std::move(evidence), Verdict::holds};
  const auto any = [&](Verdict verdict) {
    return std::any_of(claim.evidence.begin(), claim.evidence.end(),
                       [verdict](const Evidence& e) { return e.verdict == verdict; });
  };
  if (claim.evidence.empty() || any(Verdict::notMeasured)) claim.verdict = Verdict::notMeasured;
  if (any(Verdict::undecidedArithmetic)) claim.verdict = Verdict::undecidedArithmetic;
  if (any(Verdict::undecided)) claim.verdict = Verdict::undecided;
  if (any(Verdict::doesNotHold)) claim.verdict = Verdict::doesNotHold;
  return claim;
}

/// How often, of n samples, something at least as extreme came up: never quite 0.
double share(std::size_t count, std::size_t n) {
  return std::min(1.0, 2 * static_cast<double>(count + 1) / static_cast<double>(n + 1));
}

/// Of "it holds": every comparison has to, so that the least certain one decides
/// (intersection-union test).
double pHolds(const std::vector<Evidence>& evidence) {
  double p = 0;
  for (const Evidence& e : evidence) {
    const std::vector<double>& samples = e.difference.samples;
    const auto against =
        std::count_if(samples.begin(), samples.end(), [](double d) { return !(d > 0); });
    p = std::max(p, share(static_cast<std::size_t>(against), samples.size()));
  }
  return p;
}

/// Of "it does not": one contradicted comparison is enough, so that the greatest contradiction is
/// held to the greatest that chance makes among all of them (max-T, Westfall and Young 1993).
double pContradicted(const std::vector<Evidence>& evidence) {
  std::size_t n = evidence.empty() ? 0 : evidence[0].difference.samples.size();
  double greatest = 0;
  std::vector<double> byChance;
  for (const Evidence& e : evidence) n = std::min(n, e.difference.samples.size());
  byChance.assign(n, 0);
  for (const Evidence& e : evidence) {
    const std::vector<double>& samples = e.difference.samples;
    const double mean =
        std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
    double squares = 0;
    for (const double d : samples) squares += (d - mean) * (d - mean);
    const double error = std::sqrt(squares / static_cast<double>(samples.size()));
    if (!std::isfinite(error)) continue;
    if (error == 0) {
      if (mean < 0) return share(0, n);
      continue;
    }
    greatest = std::max(greatest, -e.difference.value / error);
    for (std::size_t r = 0; r < n; ++r)
      byChance[r] = std::max(byChance[r], (mean - samples[r]) / error);
  }
  const auto asGreat = std::count_if(byChance.begin(), byChance.end(),
                                     [greatest](double t) { return t >= greatest; });
  return share(static_cast<std::size_t>(asGreat), n);
}

/// Probabilities of error corrected for so many decided at once (Holm 1979), and verdicts withdrawn
/// that do not stand it.
void correct(std::vector<Claim>& claims) {
  std::vector<Claim*> judged;
  for (Claim& claim : claims) {
    if (claim.verdict == Verdict::notMeasured) continue;
    claim.p = claim.verdict == Verdict::holds         ? pHolds(claim.evidence)
              : claim.verdict == Verdict::doesNotHold ? pContradicted(claim.evidence)
                                                      : 1;
    judged.push_back(&claim);
  }
  std::stable_sort(judged.begin(), judged.end(),
                   [](const Claim* a, const Claim* b) { return a->p < b->p; });
  double least = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    least = std::max(least, std::min(1.0, static_cast<double>(judged.size() - i) * judged[i]->p));
    judged[i]->corrected = least;
    const bool decided =
        judged[i]->verdict == Verdict::holds || judged[i]->verdict == Verdict::doesNotHold;
    if (decided && least > kLevel) judged[i]->verdict = Verdict::undecided;
  }
}

/// The runs that the claims look at.
class Judge {
 public:
  explicit Judge(const SweepReport& report) : report_(report) {}

  std::vector<Claim> all() const {
    return {leastAffected(true, "geometric", "semantic",
                          "Semantic tasks are least affected by the geometric loss."),
            leastAffected(false, "semantic", "geometric",
                          "Geometric tasks are least affected by the semantic loss."),
            ownLossHurtsMost(),
            multiTaskBeatsOwnOnlyInstances(),
            multiTaskDoesNotBeatDense(),
            segmentationMostRobust(),
            eachHidesItsOwn(),
            asymmetry(),
            depthAttackLeavesSemantics(),
            driftAtLowLevels(),
            segmentationMovesAllLevels(),
            swapLowersAp(),
            swapRaisesClassification(),
            swapRaisesRegression(),
            aspectRatiosStay()};
  }

 private:
  const RunReport* pgd(const std::string& objective) const {
    return report_.find("pgd", {{"objective", objective}, {"epsilon", "1"}});
  }
  /// Ratio of a task under PGD on an objective; NaN if it was not run.
  const Estimate& ratio(const TaskInfo& task, const std::string& objective) const {
    static const Estimate kNothing;
    const RunReport* run = pgd(objective);
    return run == nullptr ? kNothing : run->metric(task.metricKey).ratio;
  }
  static std::vector<std::string> ownLosses(Task task) {
    switch (task) {
      case Task::detect:
        return {"cls", "reg", "cent"};
      case Task::segment:
        return {"seg"};
      case Task::instSeg:
        return {"is"};
      case Task::depth:
        return {"depth"};
      case Task::instDepth:
        return {"id"};
      case Task::semCont:
      case Task::surNor:
        break;
    }
    return {};
  }
  Estimate ownRatio(const TaskInfo& task) const {
    std::vector<const Estimate*> own;
    for (const std::string& loss : ownLosses(task.task)) own.push_back(&ratio(task, loss));
    return smallest(own);
  }

  /// Tasks of one kind retain most under the loss group of the other kind.
  Claim leastAffected(bool semantic, const std::string& by, const std::string& own,
                      const char* statement) const {
    std::vector<Evidence> evidence;
    for (const TaskInfo& task : tasks())
      if (task.semantic == semantic)
        for (const std::string& other : {own, std::string("multi-task")})
          evidence.push_back(
              greater(task.shortName, by, ratio(task, by), other, ratio(task, other)));
    return judged(statement, "\u00a75.3, Figure 3a", evidence);
  }
  Claim ownLossHurtsMost() const {
    std::vector<Evidence> evidence;
    for (const TaskInfo& task : tasks()) {
      const std::vector<std::string> own = ownLosses(task.task);
      std::vector<const Estimate*> others;
      for (const char* loss : {"cls", "reg", "cent", "seg", "is", "depth", "id"})
        if (std::find(own.begin(), own.end(), loss) == own.end())
          others.push_back(&ratio(task, loss));
      evidence.push_back(greater(task.shortName, "worst other loss", smallest(others), "own loss",
                                 ownRatio(task)));
    }
    return judged(
        "Every task loses most under its own loss, compared with the other single losses.",
        "\u00a75.4, Figure 3b", evidence);
  }
  Claim multiTaskBeatsOwnOnlyInstances() const {
    std::vector<Evidence> evidence;
    for (const Task task : {Task::detect, Task::instSeg}) {
      const TaskInfo& info = taskInfo(task);
      evidence.push_back(greater(info.shortName, "own loss", ownRatio(info), "multi-task",
                                 ratio(info, "multi-task")));
    }
    return judged(
        "The multi-task loss hurts detection and instance segmentation more than their own losses.",
        "\u00a75.4, Figure 3b", evidence);
  }
  Claim multiTaskDoesNotBeatDense() const {
    std::vector<Evidence> evidence;
    for (const Task task : {Task::segment, Task::depth, Task::instDepth}) {
      const TaskInfo& info = taskInfo(task);
      evidence.push_back(greater(info.shortName, "multi-task", ratio(info, "multi-task"),
                                 "own loss", ownRatio(info)));
    }
    return judged(
        "The multi-task loss hurts segmentation, depth and instance depth less than their own "
        "losses.",
        "\u00a75.4, Figure 3b", evidence);
  }
  Claim segmentationMostRobust() const {
    std::vector<Evidence> evidence;
    const TaskInfo& segment = taskInfo(Task::segment);
    for (const char* loss : {"multi-task", "cls", "reg", "cent", "seg", "is", "depth", "id"})
      for (const TaskInfo& task : tasks())
        if (task.task != Task::segment)
          evidence.push_back(greater(std::string("under ") + loss, "SS", ratio(segment, loss),
                                     task.shortName, ratio(task, loss)));
    return judged("Segmentation is the least affected task, whichever loss is used.",
                  "\u00a75.4, Figure 3b", evidence);
  }

  /// Ratio of a task, restricted to the hidden category.
  const Estimate& hidden(const char* attack, Task task) const {
    static const Estimate kNothing;
    const RunReport* run = report_.find(attack, {{"category", "person"}, {"epsilon", "2"}});
    if (run == nullptr) return kNothing;
    switch (task) {
      case Task::detect:
        return run->metric("person/ap_box").ratio;
      case Task::segment:
        return run->metric("person/iou").ratio;
      case Task::instSeg:
        return run->metric("person/ap_mask").ratio;
      case Task::depth:
        return run->metric("person/depth_rmse_m").ratio;
      case Task::instDepth:
        return run->metric("person/inst_depth_abs_rel").ratio;
      case Task::semCont:
      case Task::surNor:
        break;
    }
    return kNothing;
  }
  Claim eachHidesItsOwn() const {
    std::vector<Evidence> evidence;
    for (const auto& [attack, own] :
         {std::pair{"hide-segmentation", Task::segment}, {"hide-depth", Task::depth}})
      for (const TaskInfo& task : tasks())
        if (task.task != own)
          evidence.push_back(greater(std::string("under ") + attack, task.shortName,
                                     hidden(attack, task.task), taskInfo(own).shortName,
                                     hidden(attack, own)));
    return judged("Each hiding attack affects the task it is made for most.", "\u00a75.5, Table 3",
                  evidence);
  }
  Claim asymmetry() const {
    return judged(
        "Hiding is asymmetric: depth under the segmentation attack retains less than segmentation "
        "under the depth attack.",
        "\u00a75.5, Table 3",
        {greater("person", "SS under depth attack", hidden("hide-depth", Task::segment),
                 "D under segmentation attack", hidden("hide-segmentation", Task::depth))});
  }
  Claim depthAttackLeavesSemantics() const {
    std::vector<Evidence> evidence;
    for (const TaskInfo& task : tasks())
      if (task.semantic)
        evidence.push_back(greater(task.shortName, "under depth attack",
                                   hidden("hide-depth", task.task), "under segmentation attack",
                                   hidden("hide-segmentation", task.task)));
    return judged(
        "The depth attack leaves semantic tasks more of people than the segmentation attack does.",
        "\u00a75.5, Figure 4", evidence);
  }

  /// Mean drift over some levels under a hiding attack.
  Estimate drift(const char* attack, const std::vector<std::string>& names) const {
    const RunReport* run = report_.find(attack, {{"category", "person"}, {"epsilon", "2"}});
    std::vector<const Estimate*> found;
    if (run != nullptr)
      for (const LevelEstimate& level : run->levels)
        if (std::find(names.begin(), names.end(), level.level) != names.end())
          found.push_back(&level.drift);
    return meanOf(found);
  }
  Claim driftAtLowLevels() const {
    // The highest of UniNet; other networks end at E5.
    const bool six = !std::isnan(drift("hide-depth", {"E6"}).value);
    const std::vector<std::string> high =
        six ? std::vector<std::string>{"E6", "E7"} : std::vector<std::string>{"E4", "E5"};
    return judged(
        "The depth attack moves low levels of the representation more than high ones.",
        "\u00a75.5.1 (ii)",
        {greater("relative drift under hide-depth", "E2, E3", drift("hide-depth", {"E2", "E3"}),
                 high[0] + ", " + high[1], drift("hide-depth", high))});
  }
  Claim segmentationMovesAllLevels() const {
    std::vector<Evidence> evidence;
    for (const char* level : {"E2", "E3", "E4", "E5", "E6", "E7"})
      evidence.push_back(greater(level, "segmentation attack", drift("hide-segmentation", {level}),
                                 "depth attack", drift("hide-depth", {level})));
    return judged(
        "The segmentation attack disrupts all levels of the encoder: it moves each more than the "
        "depth attack does.",
        "\u00a75.5.1 (i)", evidence);
  }

  const RunReport* swap() const {
    return report_.find("dag-detection", {{"first", "person"}, {"second", "car"}});
  }
  Claim swapClaim(const char* statement, const char* where, const char* key, bool rises) const {
    std::vector<Evidence> evidence;
    if (const RunReport* run = swap())
      for (const char* name : {"person", "car"}) {
        const MetricEstimate& metric = run->metric(std::string(name) + "/" + key);
        evidence.push_back(rises ? greater(name, "DAG", metric.attacked, "clean", metric.clean)
                                 : greater(name, "clean", metric.clean, "DAG", metric.attacked));
      }
    return judged(statement, where, evidence);
  }
  Claim swapLowersAp() const {
    return swapClaim("The swap lowers the AP of person and car.", "\u00a75.6, Figure 5a", "ap_box",
                     false);
  }
  Claim swapRaisesClassification() const {
    return swapClaim("The swap raises the classification loss of both classes.",
                     "\u00a75.6, Figure 5b", "cls_loss", true);
  }
  Claim swapRaisesRegression() const {
    return swapClaim(
        "The swap raises the regression loss of both classes, which it does not attack.",
        "\u00a75.6, Figure 5c", "reg_loss", true);
  }
  Claim aspectRatiosStay() const {
    std::vector<Evidence> evidence;
    if (const RunReport* run = swap()) {
      const Estimate& person = run->metric("person/aspect_ratio").attacked;
      const Estimate& car = run->metric("car/aspect_ratio").attacked;
      evidence.push_back(
          greater("aspect ratio after the swap", "1", constant(1, person), "person", person));
      evidence.push_back(greater("aspect ratio after the swap", "car", car, "1", constant(1, car)));
    }
    return judged(
        "After the swap, boxes called person stay upright (below 1) and boxes called car wide "
        "(above 1).",
        "\u00a75.6, Figure 5d", evidence);
  }

  const SweepReport& report_;
};

}  // namespace

const char* verdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::doesNotHold:
      return "does not hold";
    case Verdict::undecided:
      return "undecided at this sample size";
    case Verdict::undecidedArithmetic:
      return "undecided (arithmetic)";
    case Verdict::notMeasured:
      return "not measured";
  }
  return "";
}

std::vector<Claim> judgeClaims(const SweepReport& report) {
  std::vector<Claim> claims = Judge(report).all();
  correct(claims);
  return claims;
}

}  // namespace uninet
