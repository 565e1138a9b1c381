#include "attacks/engine/objective.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "attacks/engine/pixel_weights.h"
#include "core/base/error.h"
#include "core/data/class_table.h"
#include "model/losses/earlier_losses.h"

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

/// What is asked for, each once.
struct Asked {
  std::vector<Loss> losses;
  std::vector<NamedLoss> named;
};

std::string joined(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

Asked parseLosses(const std::string& text, const NetworkSpec& spec) {
  Asked asked;
  std::vector<NamedLoss> known;
  std::set<std::string> seen;
  std::istringstream in(text);
  for (std::string key; std::getline(in, key, ',');) {
    if (!seen.insert(key).second) continue;
    const auto info = std::find_if(losses().begin(), losses().end(),
                                   [&](const LossInfo& candidate) { return key == candidate.key; });
    if (info != losses().end()) {
      asked.losses.push_back(info->loss);
      continue;
    }
    if (known.empty()) known = namedLosses(spec);
    const auto named = std::find_if(known.begin(), known.end(), [&](const NamedLoss& candidate) {
      return key == candidate.key;
    });
    if (named == known.end())
      throw Error(concat("losses: \"", key,
                         "\" is not one of those of this network: ", joined(lossKeys(spec))));
    asked.named.push_back(*named);
  }
  if (seen.empty()) throw Error("losses: at least one loss is needed");
  return asked;
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
  visitor.text(
      OptionInfo{"losses", "Custom losses",
                 "Comma-separated losses of the custom objective: cls, reg, cent, is, id, "
                 "seg, depth; of networks that have them also sem_cont, sur_nor and earlier "
                 "predictions such as initial_depth or scale_2.segment."}
          .where("objective", "custom"),
      losses);
  visitor.choice(OptionInfo{"combination", "Custom combination",
                            "How the losses of the custom objective become one."}
                     .where("objective", "custom"),
                 combination, kCombinations);
}

Objective::Objective(const Engine& engine, Targets targets, const ObjectiveOptions& options)
    : function_(std::make_shared<const LossFunction>(std::move(targets))) {
  Asked asked;
  const auto weighted = weightedObjectives();
  const auto weighed = std::find_if(
      weighted.begin(), weighted.end(),
      [&](const WeightedObjective& candidate) { return options.objective == candidate.key; });
  if (weighed != weighted.end()) {
    asked.losses = {weighed->loss};
    weights_ = weighed->weights;
    const at::Tensor& depth = function_->targets().depth;
    // Shares end at 1; metres at the farthest that is known.
    if (engine.spec().classes->depthActivation != DepthActivation::sigmoid && depth.defined())
      farthest_ = depth.max().item<double>();
  } else if (options.objective == "custom") {
    asked = parseLosses(options.losses, engine.spec());
    geometric_ = options.combination == "geometric";
  } else {
    const auto list = objectives();
    const auto info = std::find_if(list.begin(), list.end(), [&](const ObjectiveInfo& candidate) {
      return options.objective == candidate.key;
    });
    if (info == list.end())
      throw Error(concat("objective: \"", options.objective, "\" is not known"));
    asked.losses = info->losses;
    geometric_ = info->geometric;
  }
  std::string reasons;
  const auto takes = [&](const std::string& key, Task task, const std::string& reason) {
    if (reason.empty()) {
      wanted_.add(task);
    } else {
      notes_.push_back(concat(key, " left out: ", reason));
      reasons += concat(reasons.empty() ? "" : "; ", key, ": ", reason);
    }
    return reason.empty();
  };
  for (const Loss loss : asked.losses)
    if (takes(infoOf(loss).key, infoOf(loss).task,
              missingTarget(loss, function_->targets(), engine.network())))
      losses_.push_back(loss);
  for (const NamedLoss& loss : asked.named)
    if (takes(loss.key, loss.task, missingEarlierTarget(loss.task, function_->targets())))
      named_.push_back(loss);
  if (!named_.empty()) earlier_ = std::make_shared<const EarlierLossFunction>(function_->targets());
  if (losses_.empty() && named_.empty())
    throw Error(concat("the objective \"", options.objective, "\" has no target in this image (",
                       reasons, ")"));
}

std::optional<Objective> Objective::ofTargets(const Engine& engine, Targets targets) const {
  Objective other = *this;
  std::erase_if(other.losses_,
                [&](Loss loss) { return !missingTarget(loss, targets, engine.network()).empty(); });
  std::erase_if(other.named_, [&](const NamedLoss& loss) {
    return !missingEarlierTarget(loss.task, targets).empty();
  });
  if (other.losses_.empty() && other.named_.empty()) return std::nullopt;
  if (!other.named_.empty()) other.earlier_ = std::make_shared<const EarlierLossFunction>(targets);
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
            found.losses = objective.combine((*objective.function_)(outputs), outputs).losses;
            return found;
          }};
}

OutputFunction Objective::function() const {
  if (weights_ != PixelWeights::alike) return weighedFunction();
  return {wanted_, Dense::beforeResize, [objective = *this](const RawOutputs& outputs) {
            return objective.combine((*objective.function_)(outputs), outputs);
          }};
}

ImageFunction onImage(const Engine& engine, OutputFunction function) {
  return [engine, function = std::move(function)](const at::Tensor& pixels) {
    return function.of(engine.outputs(pixels, function.wanted, function.dense));
  };
}

at::Tensor Objective::valueOf(const NamedLoss& loss, const RawOutputs& outputs) const {
  const auto output = std::find_if(
      outputs.earlier.begin(), outputs.earlier.end(),
      [&](const EarlierOutput<at::Tensor>& other) { return other.name == loss.output; });
  if (output == outputs.earlier.end())
    throw Error(concat("the network did not compute ", loss.output, ", which the objective needs"));
  EarlierOutput<at::Tensor> taken = *output;
  if (loss.key != loss.output) taken.supervision = Supervision::truthSize;
  return (*earlier_)(taken);
}

ObjectiveValue Objective::combine(const LossValues& values, const RawOutputs& outputs) const {
  LossValues chosen;
  std::vector<at::Tensor> more;
  ObjectiveValue result;
  at::Tensor sum;
  for (const Loss loss : losses_) {
    const at::Tensor& value = values[static_cast<std::size_t>(loss)];
    if (!value.defined()) continue;
    chosen[static_cast<std::size_t>(loss)] = value;
    sum = sum.defined() ? sum + value : value;
    result.losses[infoOf(loss).key] = value.detach();
  }
  for (const NamedLoss& loss : named_) {
    const at::Tensor value = valueOf(loss, outputs);
    if (!value.defined()) continue;
    more.push_back(value);
    sum = sum.defined() ? sum + value : value;
    result.losses[loss.key] = value.detach();
  }
  if (!sum.defined()) throw Error("the objective has no target in this image");
  result.value = geometric_ ? geometricMean(chosen, 0, more) : sum;
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
