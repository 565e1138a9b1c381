#include "model/losses/losses.h"

#include <ATen/ATen.h>

#include <cmath>
#include <utility>

#include "model/losses/dense_losses.h"
#include "model/losses/segment_loss.h"
#include "model/network/bilinear.h"

namespace uninet {
namespace {

at::Tensor& at(LossValues& values, Loss loss) { return values[static_cast<std::size_t>(loss)]; }

/// Level maps [N, c, h, w] of the images that have boxes → [L, c], level-major.
at::Tensor flatten(const std::vector<at::Tensor>& levels, const at::Tensor& images) {
  std::vector<at::Tensor> parts;
  for (const at::Tensor& level : levels)
    parts.push_back(
        level.index_select(0, images).permute({0, 2, 3, 1}).reshape({-1, level.size(1)}));
  return at::cat(parts);
}

struct Overlap {
  at::Tensor iou, giou;
};

/// Of boxes given by their distances in strides; 1 is added to both areas (losses §3).
Overlap overlap(const at::Tensor& predicted, const at::Tensor& target) {
  const auto p = predicted.unbind(1), t = target.unbind(1);
  const at::Tensor areaT = (t[0] + t[2]) * (t[1] + t[3]);
  const at::Tensor areaP = (p[0] + p[2]) * (p[1] + p[3]);
  const at::Tensor intersection = (at::minimum(p[0], t[0]) + at::minimum(p[2], t[2])) *
                                  (at::minimum(p[1], t[1]) + at::minimum(p[3], t[3]));
  const at::Tensor hull = (at::maximum(p[0], t[0]) + at::maximum(p[2], t[2])) *
                              (at::maximum(p[1], t[1]) + at::maximum(p[3], t[3])) +
                          1e-7;
  const at::Tensor whole = areaT + areaP - intersection;
  Overlap result;
  result.iou = (intersection + 1) / (whole + 1);
  result.giou = result.iou - (hull - whole) / hull;
  return result;
}

at::Tensor centreness(const at::Tensor& ltrb) {
  const auto s = ltrb.unbind(1);
  return at::sqrt(at::minimum(s[0], s[2]) / at::maximum(s[0], s[2]) * at::minimum(s[1], s[3]) /
                  at::maximum(s[1], s[3]));
}

/// Terms of the varifocal loss [L, K] (losses §2). `quality` [P] belongs to `positives`.
at::Tensor varifocalTerms(const at::Tensor& logits, const at::Tensor& positives,
                          const at::Tensor& labels, const at::Tensor& quality) {
  constexpr double kAlpha = 0.75;
  at::Tensor target = at::zeros_like(logits);
  if (positives.numel() > 0) target.index_put_({positives, labels - 1}, quality);
  const at::Tensor p = at::sigmoid(logits);
  const at::Tensor weight = at::where(target > 0, target, kAlpha * at::square(p - target));
  const at::Tensor bce =
      at::binary_cross_entropy_with_logits(logits, target, {}, {}, at::Reduction::None);
  return weight * bce;
}

/// Objects' column for every positive location; NaN where it is unknown.
at::Tensor gather(const Targets& targets, const Assignment& assigned, const at::Tensor& positives,
                  at::Tensor Targets::Objects::*column) {
  const at::Tensor images = assigned.image.index_select(0, positives);
  const at::Tensor objects = assigned.object.index_select(0, positives);
  if (positives.numel() == 0) {
    const at::Tensor& any = targets.objects.front().*column;
    return any.defined() ? any.narrow(0, 0, 0) : any;
  }
  std::vector<at::Tensor> rows;
  for (std::int64_t i = 0; i < positives.size(0); ++i) {
    const Targets::Objects& truth =
        targets.objects[static_cast<std::size_t>(images[i].item<std::int64_t>())];
    if (!(truth.*column).defined()) return {};
    rows.push_back((truth.*column)[objects[i].item<std::int64_t>()]);
  }
  return at::stack(rows);
}

std::vector<std::array<std::int64_t, 2>> levelSizes(const std::vector<at::Tensor>& levels) {
  std::vector<std::array<std::int64_t, 2>> sizes;
  for (const at::Tensor& level : levels) sizes.push_back({level.size(2), level.size(3)});
  return sizes;
}

at::Tensor imagesWithBoxes(const Targets& targets) {
  std::vector<std::int64_t> images;
  for (std::size_t i = 0; i < targets.objects.size(); ++i)
    if (targets.objects[i].boxes.defined() && targets.objects[i].boxes.size(0) > 0)
      images.push_back(static_cast<std::int64_t>(i));
  return at::tensor(images, at::kLong);
}

/// What the losses of objects take from the targets, for one set of levels and on their device.
struct Objects {
  at::Tensor images, positives, labels, ltrb, centre;
  at::Tensor codes;   ///< undefined: unknown
  at::Tensor depths;  ///< NaN where unknown
  at::Tensor known;   ///< positives whose depth is known
  // Over the whole batch.
  std::int64_t batchImages = 0, batchPositives = 0, batchKnown = 0;
  at::Tensor batchCentre;  ///< sum
  bool central = false;    ///< it is above 0
};

Objects onCpu(const Targets& targets, const std::vector<at::Tensor>& levels,
              const BatchShare& share) {
  const auto inBatch = [&share](std::int64_t count) {
    return static_cast<std::int64_t>(share.sum(static_cast<double>(count)));
  };
  Objects objects;
  objects.images = imagesWithBoxes(targets);
  objects.batchImages = inBatch(objects.images.numel());
  if (objects.batchImages == 0) return objects;
  const Assignment assigned = assignLocations(targets, levelSizes(levels));
  objects.positives = assigned.labels.nonzero().flatten();
  objects.labels = assigned.labels.index_select(0, objects.positives);
  objects.batchPositives = inBatch(objects.positives.numel());
  if (objects.batchPositives == 0) return objects;
  const at::ScalarType type = levels.front().scalar_type();
  objects.ltrb = assigned.ltrb.index_select(0, objects.positives).to(type);
  objects.centre = centreness(objects.ltrb);
  objects.batchCentre = share.sum(objects.centre.sum());
  objects.central = objects.batchCentre.item<double>() > 0;
  objects.codes = gather(targets, assigned, objects.positives, &Targets::Objects::maskCodes);
  objects.depths = gather(targets, assigned, objects.positives, &Targets::Objects::depths);
  // Known only if they are on all ranks.
  if (inBatch(objects.codes.defined() ? 0 : 1) > 0) objects.codes = at::Tensor();
  if (inBatch(objects.depths.defined() ? 0 : 1) > 0) objects.depths = at::Tensor();
  if (objects.codes.defined()) objects.codes = objects.codes.to(type);
  if (objects.depths.defined()) {
    objects.depths = objects.depths.to(type);
    objects.known = at::isfinite(objects.depths).nonzero().flatten();
    objects.batchKnown = inBatch(objects.known.numel());
  }
  return objects;
}

Objects objectsOf(const Targets& targets, const std::vector<at::Tensor>& levels,
                  const BatchShare& share) {
  Objects objects = onCpu(targets, levels, share);
  for (at::Tensor* column :
       {&objects.images, &objects.positives, &objects.labels, &objects.ltrb, &objects.centre,
        &objects.batchCentre, &objects.codes, &objects.depths, &objects.known})
    if (column->defined()) *column = column->to(levels.front().device());
  return objects;
}

/// Levels of whichever head for objects is there.
const std::vector<at::Tensor>& objectLevels(const RawOutputs& outputs) {
  return !outputs.cls.empty()       ? outputs.cls
         : !outputs.instSeg.empty() ? outputs.instSeg
                                    : outputs.instDepth;
}

void instanceLosses(const RawOutputs& outputs, const Objects& objects, const BatchShare& share,
                    LossValues& values) {
  const at::Tensor& positives = objects.positives;
  const bool found = objects.batchPositives > 0;
  const auto rows = [&](const std::vector<at::Tensor>& levels) {
    return flatten(levels, objects.images).index_select(0, positives);
  };

  if (!outputs.cls.empty()) {
    at::Tensor quality;
    if (found) {
      const Overlap boxes = overlap(rows(outputs.reg), objects.ltrb);
      quality = boxes.iou.detach();
      at(values, Loss::reg) =
          objects.central
              ? share.lossSum((objects.centre * (1 - boxes.giou)).sum()) / objects.batchCentre
              : share.lossSum((1 - boxes.giou).sum());
      at(values, Loss::cent) =
          share.lossSum(at::binary_cross_entropy_with_logits(
              rows(outputs.centerness).squeeze(1), objects.centre, {}, {}, at::Reduction::Sum)) /
          static_cast<double>(objects.batchPositives);
    }
    const at::Tensor logits = flatten(outputs.cls, objects.images);
    const at::Tensor denominator =
        found ? share.sum(quality.sum()) : at::ones({}, logits.options());
    at(values, Loss::cls) =
        share.lossSum(varifocalTerms(logits, positives, objects.labels, quality).sum()) /
        denominator;
  }
  if (found && !outputs.instSeg.empty() && objects.codes.defined()) {
    const at::Tensor squares = at::square(rows(outputs.instSeg) - objects.codes).sum(1);
    at(values, Loss::instSeg) =
        share.lossSum((objects.centre * squares).sum()) /
        (objects.batchCentre * static_cast<double>(objects.codes.size(1))).clamp_min(1);
  }
  if (found && !outputs.instDepth.empty() && objects.batchKnown > 0)
    at(values, Loss::instDepth) =
        share.lossSum(at::smooth_l1_loss(
            rows(outputs.instDepth).squeeze(1).index_select(0, objects.known),
            objects.depths.index_select(0, objects.known), at::Reduction::Sum, 1.0)) /
        static_cast<double>(objects.batchKnown);
}

}  // namespace

struct LossFunction::Prepared {
  std::optional<at::Device> device;  ///< of the last outputs, and of what is kept for them
  Targets targets;                   ///< on it
  std::vector<std::array<std::int64_t, 2>> levels;
  at::ScalarType type = at::kFloat;
  std::optional<Objects> objects;
  std::optional<at::Tensor> weights;  ///< of the classes
  std::unique_ptr<SegmentLoss> segment;
  double validDepths = -1;  ///< −1: not counted yet
};

LossFunction::LossFunction(Targets targets, const BatchShare& share)
    : targets_(std::move(targets)), share_(share), prepared_(std::make_unique<Prepared>()) {}
LossFunction::~LossFunction() = default;

const Targets& LossFunction::targetsOn(const at::Device& device) const {
  Prepared& made = *prepared_;
  if (made.device != device) {
    made = {};
    made.device = device;
    made.targets = onDevice(targets_, device);
  }
  return made.targets;
}

LossValues LossFunction::operator()(const RawOutputs& outputs) const {
  LossValues values;
  Prepared& made = *prepared_;
  const auto deviceOf = [&]() {
    for (const at::Tensor* map : {&outputs.segment, &outputs.segmentBeforeResize, &outputs.depth,
                                  &outputs.depthBeforeResize})
      if (map->defined()) return map->device();
    const auto& levels = objectLevels(outputs);
    return levels.empty() ? at::Device(at::kCPU) : levels.front().device();
  };
  const Targets& targets = targetsOn(deviceOf());
  if (const auto& levels = objectLevels(outputs); !levels.empty()) {
    auto sizes = levelSizes(levels);
    if (!made.objects || made.levels != sizes || made.type != levels.front().scalar_type()) {
      made.objects = objectsOf(targets_, levels, share_);
      made.levels = std::move(sizes);
      made.type = levels.front().scalar_type();
    }
    if (made.objects->batchImages > 0) instanceLosses(outputs, *made.objects, share_, values);
  }
  const at::Tensor& logits =
      outputs.segment.defined() ? outputs.segment : outputs.segmentBeforeResize;
  if (logits.defined() && targets.segment.defined()) {
    if (!made.weights) {
      made.weights = classWeights(targets_.segment, logits.size(1), share_);
      if (made.weights->defined())
        made.segment = std::make_unique<SegmentLoss>(targets.segment,
                                                     made.weights->to(logits.device()), share_);
    }
    if (made.segment) at(values, Loss::segment) = (*made.segment)(outputs);
  }
  const at::Tensor& depth = outputs.depth.defined() ? outputs.depth : outputs.depthBeforeResize;
  if (depth.defined() && targets.depth.defined()) {
    if (made.validDepths < 0)
      made.validDepths = share_.sum((targets_.depth > 0).sum().item<double>());
    const at::Tensor full = outputs.depth.defined() ? depth
                                                    : resizeBilinear(depth, targets.depth.size(2),
                                                                     targets.depth.size(3));
    if (made.validDepths > 0)
      at(values, Loss::depth) = depthLoss(full, targets.depth, made.validDepths, share_);
  }
  return values;
}

LossValues computeLosses(const RawOutputs& outputs, const Targets& targets,
                         const BatchShare& share) {
  return LossFunction(targets, share)(outputs);
}

namespace {

/// λ_i L_i of the losses that there are.
std::vector<at::Tensor> weighted(const LossValues& values, const std::vector<at::Tensor>& more) {
  std::vector<at::Tensor> terms;
  for (const LossInfo& info : losses())
    if (const at::Tensor& value = values[static_cast<std::size_t>(info.loss)]; value.defined())
      terms.push_back(info.lambda * value);
  for (const at::Tensor& value : more)
    if (value.defined()) terms.push_back(value);
  return terms;
}

}  // namespace

at::Tensor geometricMean(const LossValues& values, double exponent,
                         const std::vector<at::Tensor>& more) {
  at::Tensor product;
  const std::vector<at::Tensor> terms = weighted(values, more);
  for (const at::Tensor& term : terms)
    product = product.defined() ? product * term.clamp_min(kTiny) : term.clamp_min(kTiny);
  if (!product.defined()) return {};
  return at::pow(product, 1 / (exponent > 0 ? exponent : static_cast<double>(terms.size())));
}

at::Tensor weightedSum(const LossValues& values, const std::vector<at::Tensor>& more) {
  at::Tensor sum;
  for (const at::Tensor& term : weighted(values, more)) sum = sum.defined() ? sum + term : term;
  return sum;
}

std::optional<ClassLossSums> classLossSums(const RawOutputs& outputs, const Targets& targets) {
  const at::Tensor images = imagesWithBoxes(targets);
  if (outputs.cls.empty() || images.numel() == 0) return std::nullopt;
  const Assignment assigned = assignLocations(targets, levelSizes(outputs.cls));
  const at::Tensor positives = assigned.labels.nonzero().flatten();
  if (positives.numel() == 0) return std::nullopt;
  const at::Tensor logits = flatten(outputs.cls, images).to(at::kDouble);
  const at::Tensor ltrb = assigned.ltrb.index_select(0, positives).to(at::kDouble);
  const Overlap boxes =
      overlap(flatten(outputs.reg, images).index_select(0, positives).to(at::kDouble), ltrb);
  const at::Tensor labels = assigned.labels.index_select(0, positives);
  const at::Tensor terms = varifocalTerms(logits, positives, labels, boxes.iou);
  const at::Tensor centre = centreness(ltrb);
  const at::Tensor background = terms.index_select(0, assigned.labels.eq(0).nonzero().flatten());
  const at::Tensor ofPositives = terms.index_select(0, positives).sum(1);
  const at::Tensor regression = centre * (1 - boxes.giou);
  ClassLossSums sums(static_cast<std::size_t>(logits.size(1)));
  for (std::size_t c = 0; c < sums.cls.size(); ++c) {
    const auto id = static_cast<std::int64_t>(c);
    const auto total = [&](const at::Tensor& values) {
      return (c == 0 ? values.sum() : values.masked_select(labels == id).sum()).item<double>();
    };
    sums.cls[c] = total(ofPositives) +
                  (c == 0 ? background : background.select(1, id - 1)).sum().item<double>();
    sums.quality[c] = total(boxes.iou);
    sums.reg[c] = total(regression);
    sums.centreness[c] = total(centre);
  }
  return sums;
}

std::optional<InstanceDepthSums> instanceDepthSums(const RawOutputs& outputs,
                                                   const Targets& targets) {
  const at::Tensor images = imagesWithBoxes(targets);
  if (outputs.cls.empty() || outputs.instDepth.empty() || images.numel() == 0) return std::nullopt;
  const Assignment assigned = assignLocations(targets, levelSizes(outputs.instDepth));
  const at::Tensor positives = assigned.labels.nonzero().flatten();
  if (positives.numel() == 0) return std::nullopt;
  const at::Tensor predicted =
      flatten(outputs.instDepth, images).index_select(0, positives).squeeze(1).to(at::kDouble);
  const at::Tensor depths =
      gather(targets, assigned, positives, &Targets::Objects::depths).to(at::kDouble);
  const at::Tensor labels = assigned.labels.index_select(0, positives);
  InstanceDepthSums sums(static_cast<std::size_t>(outputs.cls[0].size(1)));
  for (std::int64_t i = 0; i < positives.size(0); ++i) {
    const double truth = depths[i].item<double>();
    if (!std::isfinite(truth)) continue;
    const double error = std::abs(predicted[i].item<double>() - truth);
    const double smooth = error < 1 ? error * error / 2 : error - 0.5;
    for (const std::size_t slot :
         {std::size_t{0}, static_cast<std::size_t>(labels[i].item<std::int64_t>())}) {
      sums.smoothL1[slot] += smooth;
      sums.absRel[slot] += error / truth;
      ++sums.positives[slot];
    }
  }
  if (sums.positives[0] == 0) return std::nullopt;
  return sums;
}

}  // namespace uninet
