#include "attacks/measures/diagnostics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

/// Relative change of a loss below which it counts as not moved.
constexpr double kUnmoved = 1e-4;
/// Share of values at the bound from which it is the bound that holds an attack.
constexpr double kSaturated = 0.9;

bool sameMap(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() &&
         (a.empty() || cv::norm(a, b, cv::NORM_INF) == 0);
}

double saturatedShare(const cv::Mat& clean, const cv::Mat& attacked, double epsilon) {
  cv::Mat difference;
  cv::absdiff(clean, attacked, difference);
  const cv::Mat values = difference.reshape(1);
  return cv::countNonZero(values >= epsilon) / static_cast<double>(values.total());
}

bool startsAtTheImage(const nlohmann::json& options) {
  return options.contains("random-start") && !options.at("random-start").get<bool>();
}

/// `why` stands before the option as a flag has it, what it does behind.
Remedy remedy(const std::string& option, const std::string& value, const char* does,
              const char* why = "") {
  return {option, value, concat(why, "--", option, " ", value, " ", does)};
}

std::optional<Remedy> otherStart(const nlohmann::json& options) {
  if (!startsAtTheImage(options)) return {};
  return remedy("random-start", "true", "begins elsewhere");
}

/// Twice the epsilon, or the greatest that there may be; none: it is that.
std::optional<Remedy> greaterBall(const Options& options) {
  for (const OptionRow& row : optionTable(options))
    if (row.key == "epsilon") {
      const double epsilon = parseNumber<double>(row.value).value_or(row.range.max);
      const double greater = std::min(2 * epsilon, row.range.max);
      if (greater > epsilon)
        return Remedy{
            "epsilon", numberText(greater),
            "nearly all values are at the bound: only a greater --epsilon lets them go on"};
    }
  return {};
}

/// The option that lets an attack move whose gradient is exactly 0; none: none is known.
std::optional<Remedy> remedyOfNoGradient(const nlohmann::json& options) {
  if (options.value("gate", 1.0) < 1) return remedy("gate", "none", "lets every pixel take part");
  if (options.value("objective", "") == "segpgd")
    return remedy("objective", "seg", "follows all",
                  "in its first step SegPGD follows right pixels only: ");
  return otherStart(options);
}

/// The option that moves an objective that did not rise (or fall) as it should; `values` are those
/// of `options`, by key.
std::optional<Remedy> remedyOfNoProgress(const Options& options, const nlohmann::json& values,
                                         double saturated) {
  if (!values.contains("rule")) return {};
  if (values.at("rule") != "apgd") return remedy("rule", "apgd", "halves steps that overshoot");
  if (saturated >= kSaturated)
    if (auto greater = greaterBall(options)) return greater;
  return otherStart(values);
}

void warn(Diagnostics& found, std::string sentence, const std::optional<Remedy>& remedy = {}) {
  if (remedy) {
    sentence += "; " + remedy->reason;
    if (std::find(found.remedies.begin(), found.remedies.end(), *remedy) == found.remedies.end())
      found.remedies.push_back(*remedy);
  }
  found.warnings.push_back(std::move(sentence));
}

/// Where the objective stood still or went the wrong way.
void warnOfObjective(Diagnostics& found, bool lowers, const AttackResult& result,
                     const Options& options, const nlohmann::json& values) {
  if (result.iterationsDone == 0 || result.iterations.size() < 2) return;
  const AttackIteration &first = result.iterations.front(), &last = result.iterations.back();
  if (first.losses.empty()) return;
  if (first.losses.contains("active targets")) {
    const double before = first.losses.at("active targets"),
                 after = last.losses.at("active targets");
    if (after >= before && before > 0)
      warn(found, concat("no target fewer is active at the end: ", after, " of ", before));
    return;
  }
  const bool apgd = values.value("rule", "") == "apgd";
  double end = last.objective;
  if (apgd || values.value("keep", "") == "best")
    for (const AttackIteration& iteration : result.iterations)
      end = lowers ? std::min(end, iteration.objective) : std::max(end, iteration.objective);
  const double moved = (end - first.objective) * (lowers ? -1 : 1);
  const auto remedy = remedyOfNoProgress(options, values, found.saturated);
  if (std::abs(moved) <= kUnmoved * std::abs(first.objective))
    warn(found, concat("the objective did not move: ", first.objective, " to ", end), remedy);
  else if (moved < 0)
    warn(found,
         concat("the objective moved the wrong way: from ", first.objective, " to ", end,
                " although it is ", lowers ? "lowered" : "raised"),
         remedy);
}

}  // namespace

bool sameOutput(Task task, const Prediction& a, const Prediction& b) {
  if (task == Task::segment) return sameMap(a.trainIds, b.trainIds);
  if (task == Task::depth) return sameMap(a.depthMetres, b.depthMetres);
  return std::equal(a.detections.begin(), a.detections.end(), b.detections.begin(),
                    b.detections.end(), [task](const Detection& p, const Detection& q) {
                      if (task == Task::instSeg) return sameMap(p.mask, q.mask);
                      if (task == Task::instDepth) return p.depthMetres == q.depthMetres;
                      return p.box == q.box && p.classId == q.classId && p.score == q.score;
                    });
}

Diagnostics diagnose(bool lowers, const Options& options, const cv::Mat& cleanImage,
                     const AttackResult& result, const Engine::Evaluated& clean,
                     const Engine::Evaluated& attacked, const Prediction& reread) {
  Diagnostics found;
  for (const AttackIteration& iteration : result.iterations) {
    if (iteration.gradientMax < 0) continue;
    if (found.smallestGradient < 0 || iteration.gradientMax < found.smallestGradient)
      found.smallestGradient = iteration.gradientMax;
    found.zeroShare = std::max(found.zeroShare, iteration.gradientZeroShare);
  }
  const nlohmann::json values = toJson(options);
  const double epsilon = values.value("epsilon", -1.0);
  if (epsilon >= 1 && values.value("norm", "") == "linf")
    found.saturated = saturatedShare(cleanImage, result.image, std::floor(epsilon));
  for (const auto& [key, before] : clean.losses)
    if (const auto after = attacked.losses.find(key); after != attacked.losses.end())
      found.losses[key] = {before, after->second};
  for (const TaskInfo& info : tasks())
    if (attacked.prediction.tasks.has(info.task))
      found.survivesPng[info.key] = sameOutput(info.task, attacked.prediction, reread);

  if (found.smallestGradient == 0)
    warn(found,
         result.norms.l0 > 0 ? "the gradient was exactly zero in some step"
                             : "the gradient is exactly zero: the attack cannot move the image",
         remedyOfNoGradient(values));
  else if (found.smallestGradient > 0 && found.smallestGradient < kVanishingGradient)
    warn(found, concat("the gradient vanishes: no entry is above ", found.smallestGradient));
  warnOfObjective(found, lowers, result, options, values);
  if (result.iterationsDone > 0 && result.norms.l0 > 0)
    for (const auto& [key, value] : found.losses) {
      const bool aimed =
          !result.iterations.empty() && result.iterations.front().losses.contains(key);
      if (!aimed) continue;
      const double moved = value.second - value.first;
      if (std::abs(moved) <= kUnmoved * std::abs(value.first))
        warn(found, concat("the loss ", key, " did not move: ", value.first, " to ", value.second));
      else if (moved < 0)
        warn(found, concat("the loss ", key, " fell from ", value.first, " to ", value.second,
                           " although it is raised"));
    }
  for (const auto& [task, survives] : found.survivesPng)
    if (!survives) warn(found, concat("the output of ", task, " is another after a PNG"));
  return found;
}

}  // namespace uninet
