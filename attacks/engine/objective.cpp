#include "attacks/engine/objective.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <sstream>

#include "attacks/engine/pixel_weights.h"
#include "core/base/error.h"
#include "core/data/class_table.h"

namespace uninet {
namespace {

const LossInfo& infoOf(Loss loss) { return losses()[static_cast<std::size_t>(loss)]; }

/// Why a loss has no target in this image; empty if it has one.
std::string missingTarget(Loss loss, const Targets& targets, const Network& network) {
  const TaskSet tasks = network.spec.tasks;
  if (!tasks.has(infoOf(loss).task))
    return concat("the network has no ", taskInfo(infoOf(loss).task).key, " head");
  if (loss == Loss::segment)
    return targets.segment.defined() && (targets.segment >= 0).any().item<bool>()
               ? ""
               : "no labelled pixel";
  if (loss == Loss::depth)
    return targets.depth.defined() && (targets.depth > 0).any().item<bool>()
               ? ""
               : "no pixel with a known depth";

  if (targets.objects.empty() || !targets.objects[0].boxes.defined() ||
      targets.objects[0].boxes.size(0) == 0)
    return "no object";
  if (loss == Loss::cls) return "";
  std::vector<std::array<std::int64_t, 2>> levels;
  for (const int stride : {8, 16, 32})
    levels.push_back({network.spec.size.height / stride, network.spec.size.width / stride});
  const Assignment assigned = assignLocations(targets, levels);
  const at::Tensor positives = assigned.labels.nonzero().flatten();
  if (positives.numel() == 0) return "no object of a size that has locations assigned to it";
  if (loss == Loss::instSeg && !targets.objects[0].maskCodes.defined())
    return "no mask code: the checkpoint holds no mask components";
  if (loss == Loss::instDepth) {
    const at::Tensor objects = assigned.object.index_select(0, positives);
    if (!at::isfinite(targets.objects[0].depths.index_select(0, objects)).any().item<bool>())
      return "no object with a known depth";
  }
  return "";
}

std::vector<Loss> parseLosses(const std::string& text) {
  std::vector<Loss> found;
  std::istringstream in(text);
  for (std::string key; std::getline(in, key, ',');) {
    const auto info = std::find_if(losses().begin(), losses().end(),
                                   [&](const LossInfo& candidate) { return key == candidate.key; });
    if (info == losses().end())
      throw Error(concat("losses: \"", key, "\" is not one of cls, reg, cent, is, id, seg, depth"));
    if (std::find(found.begin(), found.end(), info->loss) == found.end())
      found.push_back(info->loss);
  }
  if (found.empty()) throw Error("losses: at least one loss is needed");
  return found;
}

}  // namespace

void ObjectiveOptions::describe(OptionVisitor& visitor) {
  static const std::vector<Choice> kChoices = [] {
    std::vector<Choice> choices;
    for (const ObjectiveInfo& info : objectives()) choices.push_back({info.key, info.label});
    for (const WeightedObjective& info : weightedObjectives())
      choices.push_back({info.key, info.label});
    choices.push_back({"custom", "Custom"});
    return choices;
  }();
  static constexpr std::array<Choice, 2> kCombinations{
      {{"sum", "sum"}, {"geometric", "geometric mean, weighted"}}};
  visitor.choice({"objective", "Objective",
                  "The loss that is raised: one of the seven, or a group of the paper. Losses "
                  "without a target in the image are left out. SegPGD (Gu et al. 2022) and CosPGD "
                  "(Agnihotri et al. 2024) weigh the pixels of segmentation or depth anew in each "
                  "step.",
                  "", "single, multi-task, semantic, geometric"},
                 objective, kChoices);
  visitor.text(OptionInfo{"losses", "Custom losses",
                          "Comma-separated losses of the custom objective: cls, reg, cent, is, id, "
                          "seg, depth."}
                   .where("objective", "custom"),
               losses);
  visitor.choice(OptionInfo{"combination", "Custom combination",
                            "How the losses of the custom objective become one."}
                     .where("objective", "custom"),
                 combination, kCombinations);
}

Objective::Objective(const Engine& engine, Targets targets, const ObjectiveOptions& options)
    : function_(std::make_shared<const LossFunction>(std::move(targets))) {
  std::vector<Loss> asked;
  const auto weighted = weightedObjectives();
  const auto weighed = std::find_if(
      weighted.begin(), weighted.end(),
      [&](const WeightedObjective& candidate) { return options.objective == candidate.key; });
  if (weighed != weighted.end()) {
    asked = {weighed->loss};
    weights_ = weighed->weights;
    const at::Tensor& depth = function_->targets().depth;
    // Shares end at 1; metres at the farthest that is known.
    if (engine.spec().classes->depthActivation != DepthActivation::sigmoid && depth.defined())
      farthest_ = depth.max().item<double>();
  } else if (options.objective == "custom") {
    asked = parseLosses(options.losses);
    geometric_ = options.combination == "geometric";
  } else {
    const auto list = objectives();
    const auto info = std::find_if(list.begin(), list.end(), [&](const ObjectiveInfo& candidate) {
      return options.objective == candidate.key;
    });
    if (info == list.end())
      throw Error(concat("objective: \"", options.objective, "\" is not known"));
    asked = info->losses;
    geometric_ = info->geometric;
  }
  std::string reasons;
  for (const Loss loss : asked) {
    const std::string reason = missingTarget(loss, function_->targets(), engine.network());
    const char* key = infoOf(loss).key;
    if (reason.empty()) {
      losses_.push_back(loss);
      wanted_.add(infoOf(loss).task);
      continue;
    }
    notes_.push_back(concat(key, " left out: ", reason));
    reasons += concat(reasons.empty() ? "" : "; ", key, ": ", reason);
  }
  if (losses_.empty())
    throw Error(concat("the objective \"", options.objective, "\" has no target in this image (",
                       reasons, ")"));
}

std::optional<Objective> Objective::ofTargets(const Engine& engine, Targets targets) const {
  Objective other = *this;
  std::erase_if(other.losses_,
                [&](Loss loss) { return !missingTarget(loss, targets, engine.network()).empty(); });
  if (other.losses_.empty()) return std::nullopt;
  other.function_ = std::make_shared<const LossFunction>(std::move(targets));
  return other;
}

OutputFunction Objective::weighedFunction() const {
  const Loss loss = losses_.front();
  return {wanted_, Dense::full, [objective = *this, loss](const RawOutputs& outputs) {
            const at::Tensor& map = loss == Loss::depth ? outputs.depth : outputs.segment;
            const Targets& targets = objective.function_->targetsOn(map.device());
            ObjectiveValue found =
                loss == Loss::depth
                    ? cosPgdOfDepth(map, targets.depth, objective.farthest_)
                    : weighedCrossEntropy(map, {targets.segment, objective.weights_});
            const at::NoGradGuard noGrad;
            found.losses = objective.combine((*objective.function_)(outputs)).losses;
            return found;
          }};
}

OutputFunction Objective::function() const {
  if (weights_ != PixelWeights::alike) return weighedFunction();
  return {wanted_, Dense::beforeResize, [objective = *this](const RawOutputs& outputs) {
            return objective.combine((*objective.function_)(outputs));
          }};
}

ImageFunction onImage(const Engine& engine, OutputFunction function) {
  return [engine, function = std::move(function)](const at::Tensor& pixels) {
    return function.of(engine.outputs(pixels, function.wanted, function.dense));
  };
}

ObjectiveValue Objective::combine(const LossValues& values) const {
  LossValues chosen;
  ObjectiveValue result;
  at::Tensor sum;
  for (const Loss loss : losses_) {
    const at::Tensor& value = values[static_cast<std::size_t>(loss)];
    if (!value.defined()) continue;
    chosen[static_cast<std::size_t>(loss)] = value;
    sum = sum.defined() ? sum + value : value;
    result.losses[infoOf(loss).key] = value.detach();
  }
  if (!sum.defined()) throw Error("the objective has no target in this image");
  result.value = geometric_ ? geometricMean(chosen, 0) : sum;
  return result;
}

FrozenWeights::FrozenWeights(Network& network) {
  for (WeightEntry& entry : network.weights.entries())
    if (entry.tensor.requires_grad()) {
      trainable_.push_back(entry.tensor);
      entry.tensor.set_requires_grad(false);
    }
}

FrozenWeights::~FrozenWeights() {
  for (at::Tensor& tensor : trainable_) tensor.set_requires_grad(true);
}

}  // namespace uninet
