#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/options.h"
#include "core/data/weighted_objectives.h"
#include "model/engine/engine.h"
#include "model/losses/losses.h"
#include "model/networks/earlier_outputs.h"

namespace uninet {

class EarlierLossFunction;

/// Members that every attack with an objective has.
struct ObjectiveOptions {
  std::string objective = "multi-task";
  std::string losses = "seg,depth";
  std::string combination = "sum";

  void describe(OptionVisitor& visitor);
};

/// A differentiable function of the image, on the device of the image: whoever iterates reads its
/// numbers together (model/network/read_together.h), as each reading waits for the device.
struct ObjectiveValue {
  at::Tensor value;                          ///< 0-dim
  std::map<std::string, at::Tensor> losses;  ///< 0-dim, see AttackIteration::losses
  /// What the gradient is taken of, where that is not the value: given the share of the steps that
  /// are done, 0..1. Its weights may change from step to step, the value is comparable.
  std::function<at::Tensor(double done)> differentiated = {};
  /// How many targets are left to change, 0-dim: "best so far" compares it, the fewer the better,
  /// and 0 ends a run. Undefined: the value is compared, or its negative where it is lowered.
  at::Tensor left = {};
};

/// What an attack needs of the network, and the number that it raises or lowers.
struct OutputFunction {
  TaskSet wanted;
  Dense dense = Dense::full;  ///< beforeResize: `of` takes both forms
  std::function<ObjectiveValue(const RawOutputs&)> of;
};
/// The function that is raised, evaluated under gradient mode on [1, 3, H, W] pixels.
using ImageFunction = std::function<ObjectiveValue(const at::Tensor& pixels)>;
ImageFunction onImage(const Engine& engine, OutputFunction function);

/// The losses of one image that an attack raises. Evaluates only the heads that they need.
class Objective {
 public:
  /// Losses without a target in the image are left out, see notes(). Throws Error: unknown key, or
  /// no loss left (the sentence says which targets are missing).
  Objective(const Engine& engine, Targets targets, const ObjectiveOptions& options);

  OutputFunction function() const;
  const Targets& targets() const { return function_->targets(); }
  /// The same losses of other targets, but for those that have none there; nullopt: none has.
  std::optional<Objective> ofTargets(const Engine& engine, Targets targets) const;
  /// One sentence per loss that was left out.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  ObjectiveValue combine(const LossValues& values, const RawOutputs& outputs) const;
  /// The loss of `outputs` that is called so; undefined: it has no target there.
  at::Tensor valueOf(const NamedLoss& loss, const RawOutputs& outputs) const;
  OutputFunction weighedFunction() const;

  std::shared_ptr<const LossFunction> function_;
  std::vector<Loss> losses_;
  std::shared_ptr<const EarlierLossFunction> earlier_;  ///< of the same targets
  std::vector<NamedLoss> named_;                        ///< beside losses_
  bool geometric_ = false;
  PixelWeights weights_ = PixelWeights::alike;  ///< of the one loss
  double farthest_ = 1;  ///< depth that is 1 to the weights, in the units of the target
  TaskSet wanted_;
  std::vector<std::string> notes_;
};

/// No parameter of the network takes part in a gradient while this lives; flags come back on every
/// way out.
class FrozenWeights {
 public:
  explicit FrozenWeights(Network& network);
  ~FrozenWeights();
  FrozenWeights(const FrozenWeights&) = delete;
  FrozenWeights& operator=(const FrozenWeights&) = delete;

 private:
  std::vector<at::Tensor> trainable_;
};

}  // namespace uninet
