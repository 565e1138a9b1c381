#include "attacks/methods/dag.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <array>
#include <cmath>

#include "attacks/engine/gradient_attack.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/class_table.h"
#include "model/losses/losses.h"
#include "model/network/network.h"

namespace uninet {
namespace {

/// Logits [targets, classes] of the places where the attack has targets.
using LogitsOf = std::function<at::Tensor(const RawOutputs&)>;

/// What one run needs: the head, its target rows, their class and the wrong one, all [n] int64 on
/// the engine's device.
struct Targeted {
  TaskSet head;
  LogitsOf logits;
  at::Tensor rows, labels, wrong;
};

at::Tensor detectionLogits(const RawOutputs& outputs) {
  std::vector<at::Tensor> parts;
  for (const at::Tensor& level : outputs.cls)
    parts.push_back(level[0].permute({1, 2, 0}).reshape({-1, level.size(1)}));
  return at::cat(parts);
}

at::Tensor segmentationLogits(const RawOutputs& outputs) {
  return outputs.segment[0].permute({1, 2, 0}).reshape({-1, outputs.segment.size(1)});
}

RawOutputs cleanOutputs(const AttackInput& input, TaskSet head) {
  const at::NoGradGuard noGrad;
  return input.engine.outputs(input.engine.pixels(input.sample.image), head);
}

/// Keeps the rows whose class (−1: none) has a wrong class.
void choose(Targeted& targeted, const at::Tensor& classes, const WrongClasses& wrong) {
  const at::Tensor table =
      at::tensor(std::vector<std::int64_t>(wrong.begin(), wrong.end()), classes.options());
  const at::Tensor wrongs = at::where(classes >= 0, table.index_select(0, classes.clamp_min(0)),
                                      at::full({}, -1, classes.options()));
  targeted.rows = (wrongs >= 0).nonzero().flatten();
  targeted.labels = classes.index_select(0, targeted.rows);
  targeted.wrong = wrongs.index_select(0, targeted.rows);
}

/// Locations: the class assigned to positive ones, elsewhere the likeliest class with a wrong class
/// whose clean probability is above `threshold`.
Targeted detectionTargets(const AttackInput& input, const WrongClasses& wrong, double threshold,
                          std::vector<std::string>& notes) {
  if (!input.engine.spec().tasks.has(Task::detect))
    throw Error("the attack on detection needs a network with detect among its tasks");
  Targeted targeted;
  targeted.head.add(Task::detect);
  targeted.logits = detectionLogits;
  const RawOutputs outputs = cleanOutputs(input, targeted.head);
  const at::Tensor logits = detectionLogits(outputs);
  at::Tensor candidates = at::sigmoid(logits);
  for (std::size_t c = 0; c < wrong.size(); ++c)
    if (wrong[c] < 0) candidates.select(1, static_cast<std::int64_t>(c)).zero_();
  const auto [likeliest, likeliestClass] = candidates.max(1);
  at::Tensor classes =
      at::where(likeliest > threshold, likeliestClass, at::full({}, -1, likeliestClass.options()));

  std::vector<std::array<std::int64_t, 2>> levels;
  for (const at::Tensor& level : outputs.cls) levels.push_back({level.size(2), level.size(3)});
  const Targets truth = attackTargets(input, notes);
  if (!truth.objects.empty() && truth.objects[0].boxes.defined() &&
      truth.objects[0].boxes.size(0) > 0) {
    const at::Tensor assigned = assignLocations(truth, levels).labels.to(classes.device());
    classes = at::where(assigned > 0, assigned - 1, classes);
  }
  choose(targeted, classes, wrong);
  return targeted;
}

Targeted segmentationTargets(const AttackInput& input, const WrongClasses& wrong,
                             std::vector<std::string>& notes) {
  if (!input.engine.spec().tasks.has(Task::segment))
    throw Error("the attack on segmentation needs a network with segment among its tasks");
  Targeted targeted;
  targeted.head.add(Task::segment);
  targeted.logits = segmentationLogits;
  const at::Tensor classes = attackTargets(input, notes).segment[0].flatten();
  choose(targeted, classes.to(at::Device(input.engine.device())), wrong);
  return targeted;
}

/// (wrong − own) logit of every target; `active` [n] bool: it has its class.
at::Tensor margins(const Targeted& targeted, const RawOutputs& outputs, at::Tensor& active) {
  const at::Tensor logits = targeted.logits(outputs).index_select(0, targeted.rows);
  active = logits.detach().argmax(1).eq(targeted.labels);
  return logits.gather(1, targeted.wrong.unsqueeze(1)).squeeze(1) -
         logits.gather(1, targeted.labels.unsqueeze(1)).squeeze(1);
}

OutputFunction functionOf(const Targeted& targeted) {
  return {targeted.head, Dense::full, [targeted](const RawOutputs& outputs) {
            ObjectiveValue found;
            at::Tensor active;
            const at::Tensor margin = margins(targeted, outputs, active);
            // A device would have to tell how many are chosen before it could add them up.
            found.value = margin.is_cpu()
                              ? margin.masked_select(active).sum()
                              : at::where(active, margin, at::zeros({}, margin.options())).sum();
            found.left = active.sum();
            found.losses["active targets"] = found.left;
            return found;
          }};
}

GradientAttack driving(const AttackInput& input, const Targeted& targeted, const DagLoop& loop,
                       std::vector<std::string> notes) {
  GradientSettings settings;
  settings.alpha = loop.gamma;
  settings.iterations = loop.iterations;
  settings.maxNormStep = true;
  settings.seed = static_cast<std::uint64_t>(loop.ball.seed);
  const auto finish = [engine = input.engine, targeted,
                       notes = std::move(notes)](AttackResult& result) mutable {
    if (targeted.rows.numel() == 0) {
      notes.push_back(
          "no target: neither the ground truth nor the clean prediction has one of the "
          "classes; the clean image is returned");
    } else {
      const at::NoGradGuard noGrad;
      at::Tensor active;
      margins(targeted, engine.outputs(engine.pixels(result.image), targeted.head), active);
      notes.push_back(concat(active.sum().item<std::int64_t>(), " of ", targeted.rows.numel(),
                             " targets still have their class in the attacked image"));
    }
    noteLostToRounding(result);
    result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
  };
  return {functionOf(targeted), ballOf(input, loop.ball), settings, finish};
}

/// What a swap in one of the heads aims at.
Targeted swapTargets(const AttackInput& input, const DagDetectionOptions& dag,
                     std::vector<std::string>& notes) {
  const ClassTable& table = *input.engine.spec().classes;
  const WrongClasses wrong =
      swapOf(static_cast<int>(table.instance.size()), table.instanceByName(dag.first) - 1,
             table.instanceByName(dag.second) - 1);
  return detectionTargets(input, wrong, dag.threshold, notes);
}
Targeted swapTargets(const AttackInput& input, const DagSegmentationOptions& dag,
                     std::vector<std::string>& notes) {
  const ClassTable& table = *input.engine.spec().classes;
  const WrongClasses wrong =
      swapOf(static_cast<int>(table.semantic.size()), table.semanticByName(dag.first),
             table.semanticByName(dag.second));
  return segmentationTargets(input, wrong, notes);
}

void describePair(OptionVisitor& visitor, std::string& first, std::string& second, ClassKind kind) {
  visitor.className({"first", "Class", "The class that is swapped …", "", "person"}, first, kind);
  visitor.className({"second", "With class", "… with this one.", "", "car"}, second, kind);
}

OptionInfo thresholdInfo() {
  return OptionInfo{"threshold", "Candidate threshold",
                    "Class probability from which a location of the clean prediction is a target "
                    "although no object is assigned to it."}
      .inAdvanced();
}

}  // namespace

OutputFunction dagFunction(const AttackInput& input, const DagDetectionOptions& options,
                           std::vector<std::string>& notes) {
  return functionOf(swapTargets(input, options, notes));
}
OutputFunction dagFunction(const AttackInput& input, const DagSegmentationOptions& options,
                           std::vector<std::string>& notes) {
  return functionOf(swapTargets(input, options, notes));
}

WrongClasses swapOf(int classes, int first, int second) {
  if (first == second)
    throw Error("the swap of a class with itself leaves nothing to attack; choose two classes");
  WrongClasses wrong(static_cast<std::size_t>(classes), -1);
  wrong[static_cast<std::size_t>(first)] = second;
  wrong[static_cast<std::size_t>(second)] = first;
  return wrong;
}

WrongClasses randomWrong(int classes, std::uint64_t seed) {
  WrongClasses wrong;
  Random random(seed);
  for (int c = 0; c < classes; ++c) {
    const int other = static_cast<int>(random.uniform() * (classes - 1));
    wrong.push_back(other < c ? other : other + 1);
  }
  return wrong;
}

void DagLoop::describe(OptionVisitor& visitor, const char* paperIterations,
                       BallOptions::Draws draws) {
  visitor.integer({"iterations", "Steps", "At most; the attack ends when no target is left.", "",
                   paperIterations},
                  iterations, {0, 100000, 10});
  ball.describe(visitor, "unlimited", BallOptions::Bound::optional);
  visitor.number(
      OptionInfo{"gamma", "Step size",
                 "Largest change of a value in one step, in 8-bit pixel values.", "px", "0.5"}
          .inAdvanced()
          .ofScale(255, ""),
      gamma, {0, 255, 0.25});
  ball.describeSeed(visitor, draws);
}

void DagDetectionOptions::describe(OptionVisitor& visitor) {
  describePair(visitor, first, second, ClassKind::instance);
  loop.describe(visitor, "150", BallOptions::Draws::nothing);
  visitor.number(thresholdInfo(), threshold, {0, 1, 0.05});
}

GradientAttack prepareDagDetection(const AttackInput& input, const Options& options) {
  const auto& dag = dynamic_cast<const DagDetectionOptions&>(options);
  std::vector<std::string> notes;
  const Targeted targeted = swapTargets(input, dag, notes);
  return driving(input, targeted, dag.loop, std::move(notes));
}

void DagSegmentationOptions::describe(OptionVisitor& visitor) {
  describePair(visitor, first, second, ClassKind::semantic);
  loop.describe(visitor, "200", BallOptions::Draws::nothing);
}

GradientAttack prepareDagSegmentation(const AttackInput& input, const Options& options) {
  const auto& dag = dynamic_cast<const DagSegmentationOptions&>(options);
  std::vector<std::string> notes;
  const Targeted targeted = swapTargets(input, dag, notes);
  return driving(input, targeted, dag.loop, std::move(notes));
}

void DagUntargetedOptions::describe(OptionVisitor& visitor) {
  static constexpr std::array<Choice, 2> kHeads{
      {{"detection", "detection"}, {"segmentation", "segmentation"}}};
  visitor.choice({"head", "Head", "Whose classes are driven away.", "", "both, one at a time"},
                 head, kHeads);
  loop.describe(visitor, "150 for detection, 200 for segmentation", BallOptions::Draws::always);
  visitor.number(thresholdInfo().where("head", "detection"), threshold, {0, 1, 0.05});
}

GradientAttack prepareDagUntargeted(const AttackInput& input, const Options& options) {
  const auto& dag = dynamic_cast<const DagUntargetedOptions&>(options);
  const auto seed = static_cast<std::uint64_t>(dag.loop.ball.seed);
  std::vector<std::string> notes;
  const ClassTable& table = *input.engine.spec().classes;
  const bool detection = dag.head == "detection";
  const WrongClasses wrong = randomWrong(
      static_cast<int>(detection ? table.instance.size() : table.semantic.size()), seed);
  const Targeted targeted = detection ? detectionTargets(input, wrong, dag.threshold, notes)
                                      : segmentationTargets(input, wrong, notes);
  return driving(input, targeted, dag.loop, std::move(notes));
}

}  // namespace uninet
