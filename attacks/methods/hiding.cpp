#include "attacks/methods/hiding.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "attacks/engine/pixel_weights.h"
#include "attacks/methods/nearest_fill.h"
#include "core/base/error.h"
#include "core/data/class_table.h"
#include "model/losses/segment_loss.h"
#include "model/network/network.h"

namespace uninet {
namespace {

const HidingOptions& hiding(const Options& options) {
  return dynamic_cast<const HidingOptions&>(options);
}

/// Mask of the category in the clean predicted labels, and where its pixels are filled from.
AttackTarget maskOf(const Prediction& clean, const Options& options) {
  if (clean.trainIds.empty())
    throw Error("hiding needs a network that predicts segment: it says where the category is");
  AttackTarget target;
  target.mask = clean.trainIds == clean.classes->semanticByName(hiding(options).category);
  target.mask /= 255;
  return target;
}

/// On the engine's device.
at::Tensor tensorOf(const Engine& engine, const cv::Mat& map, at::ScalarType type) {
  const cv::Mat packed = map.isContinuous() ? map : map.clone();
  return at::from_blob(packed.data, {1, packed.rows, packed.cols},
                       packed.depth() == CV_32F ? at::kFloat : at::kByte)
      .to(at::Device(engine.device()), type, /*non_blocking=*/false, /*copy=*/true);
}

HidingWeights weightsOf(const HidingOptions& options) {
  HidingWeights weights{options.omega};
  if (const auto* labels = dynamic_cast<const SegmentationHidingOptions*>(&options)) {
    weights.gate = labels->gate;
    for (const WeightedObjective& info : weightedObjectives())
      if (labels->pixelWeights == info.key) weights.pixels = info.weights;
  }
  return weights;
}

/// ω of the hidden pixels, 1 − ω of all others, [1, H, W].
at::Tensor omegaMap(const Engine& engine, const AttackTarget& target, double omega) {
  const at::Tensor mask = tensorOf(engine, target.mask, at::kFloat);
  return at::where(mask > 0, at::full({}, static_cast<float>(omega), mask.options()),
                   at::full({}, static_cast<float>(1 - omega), mask.options()));
}

using TowardsTarget = OutputFunction (*)(const Engine&, const AttackTarget&, const HidingWeights&);

GradientAttack hide(const AttackInput& input, const HidingOptions& options,
                    const AttackTarget& target, TowardsTarget towards) {
  GradientSettings settings;
  options.steps.apply(settings, options.ball);
  settings.descend = true;
  settings.seed = static_cast<std::uint64_t>(options.ball.seed);
  GradientAttack attack{{}, ballOf(input, options.ball), settings, noteLostToRounding};
  if (cv::countNonZero(target.mask) > 0) {
    attack.function = towards(input.engine, target, weightsOf(options));
    return attack;
  }
  AttackResult nothing;
  nothing.image = input.sample.image.clone();
  nothing.seed = settings.seed;
  nothing.notes.push_back(concat("nothing to hide: no pixel of the clean prediction is ",
                                 options.category, "; the clean image is returned"));
  attack.known = std::move(nothing);
  return attack;
}

}  // namespace

void HidingOptions::describe(OptionVisitor& visitor) {
  visitor.className(
      {"category", "Category",
       "The class whose predicted pixels take the value of the nearest other pixel.", "", "person"},
      category, ClassKind::semantic);
  ball.describe(visitor, "2", BallOptions::Bound::always, BallOptions::Sparse::yes);
  steps.describe(visitor, ball);
  visitor.number(OptionInfo{"omega", "Weight of the hidden",
                            "Weight of the category's pixels in the objective; all others have 1 "
                            "minus it (Metzen et al. 2017). At 1 they alone count.",
                            "", "all alike"}
                     .inAdvanced()
                     .withSpecial({-1, "alike", "all pixels alike"}),
                 omega, {0, 1, 0.1});
  ball.describeSeed(visitor, BallOptions::Draws::nothing);
}

std::unique_ptr<Options> SegmentationHidingOptions::clone() const {
  return std::make_unique<SegmentationHidingOptions>(*this);
}

void SegmentationHidingOptions::describe(OptionVisitor& visitor) {
  static constexpr std::array<Choice, 3> kWeights{{{"alike", "all pixels alike"},
                                                   {"segpgd", "by what is reached (SegPGD)"},
                                                   {"cospgd", "by their distance (CosPGD)"}}};
  HidingOptions::describe(visitor);
  visitor.choice(OptionInfo{"pixel-weights", "Weights of pixels",
                            "What each pixel counts for in a step: SegPGD turns from pixels that "
                            "are not at their target yet to all alike (Gu et al. 2022), CosPGD "
                            "takes 1 minus the cosine of softmax and target (Agnihotri et al. "
                            "2024).",
                            "", "all alike"}
                     .inAdvanced(),
                 pixelWeights, kWeights);
  visitor.number(OptionInfo{"gate", "Gate",
                            "Pixels that are at their target and for which it is more probable "
                            "than this have no part in a step (Metzen et al. 2017: 0.75).",
                            "", "none"}
                     .inAdvanced()
                     .withSpecial({1, "none", "no gate"}),
                 gate, {0, 1, 0.05});
}

AttackTarget segmentationTarget(const Prediction& clean, const Options& options) {
  AttackTarget target = maskOf(clean, options);
  if (cv::countNonZero(target.mask) > 0)
    target.trainIds = filled(clean.trainIds, nearestOutside(target.mask));
  return target;
}

AttackTarget depthTarget(const Prediction& clean, const Options& options) {
  if (clean.depthMetres.empty())
    throw Error("hiding from depth needs a network that predicts depth");
  AttackTarget target = maskOf(clean, options);
  if (cv::countNonZero(target.mask) > 0)
    target.depthMetres = filled(clean.depthMetres, nearestOutside(target.mask));
  return target;
}

OutputFunction towardsLabels(const Engine& engine, const AttackTarget& target,
                             const HidingWeights& weights) {
  const at::Tensor labels = tensorOf(engine, target.trainIds, at::kLong);
  const auto found = [](ObjectiveValue objective) {
    objective.losses["target"] = objective.value.detach();
    return objective;
  };
  if (weights.omega < 0 && weights.pixels == PixelWeights::alike && weights.gate >= 1) {
    const auto classes = static_cast<std::int64_t>(engine.spec().classes->semantic.size());
    const auto loss =
        std::make_shared<const SegmentLoss>(labels, at::ones({classes}, labels.device()));
    return {TaskSet().add(Task::segment), Dense::beforeResize,
            [loss, found](const RawOutputs& outputs) {
              return found({(*loss)(outputs), {}});
            }};
  }
  const WeighedLabels weighed{
      labels, weights.pixels, /*towards=*/true,
      weights.omega < 0 ? at::Tensor() : omegaMap(engine, target, weights.omega), weights.gate};
  return {TaskSet().add(Task::segment), Dense::full, [weighed, found](const RawOutputs& outputs) {
            return found(weighedCrossEntropy(outputs.segment, weighed));
          }};
}

OutputFunction towardsDepth(const Engine& engine, const AttackTarget& target,
                            const HidingWeights& weights) {
  const at::Tensor metres = tensorOf(engine, target.depthMetres, at::kFloat);
  const double scale = engine.spec().classes->depthScale();
  const at::Tensor map =
      weights.omega < 0 ? at::ones({}, metres.options()) : omegaMap(engine, target, weights.omega);
  return {TaskSet().add(Task::depth), Dense::full, [metres, scale, map](const RawOutputs& outputs) {
            const at::Tensor squares =
                (map * at::square(outputs.depth.squeeze(1) * scale - metres)).mean();
            // A root has no gradient at 0: there the image is where it should be, and nothing
            // moves.
            const at::Tensor apart = squares > 0;
            const at::Tensor root = at::where(apart, squares, at::ones_like(squares)).sqrt();
            ObjectiveValue found;
            found.value = at::where(apart, root, squares);
            found.losses["target"] = found.value.detach();
            return found;
          }};
}

GradientAttack prepareHideFromSegmentation(const AttackInput& input, const Options& options) {
  return hide(input, hiding(options), segmentationTarget(cleanPrediction(input), options),
              towardsLabels);
}

GradientAttack prepareHideFromDepth(const AttackInput& input, const Options& options) {
  return hide(input, hiding(options), depthTarget(cleanPrediction(input), options), towardsDepth);
}

}  // namespace uninet
