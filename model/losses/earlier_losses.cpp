#include "model/losses/earlier_losses.h"

#include <ATen/ATen.h>

#include <array>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "model/losses/dense_losses.h"
#include "model/network/bilinear.h"

namespace uninet {
namespace {

/// Source index = floor(dst · scale), as all truth is resized.
at::Tensor nearest(const at::Tensor& map, at::IntArrayRef size) {
  if (map.size(2) == size[0] && map.size(3) == size[1]) return map;
  return at::upsample_nearest2d(map.to(at::kFloat), size).to(map.scalar_type());
}

/// Each channel filtered with `kernel` [3, 3], its border repeated.
at::Tensor filtered(const at::Tensor& map, const at::Tensor& kernel) {
  const std::int64_t channels = map.size(1);
  constexpr std::array<std::int64_t, 2> kOne{1, 1}, kNone{0, 0};
  return at::conv2d(at::replication_pad2d(map, {1, 1, 1, 1}),
                    kernel.reshape({1, 1, 3, 3}).repeat({channels, 1, 1, 1}), at::Tensor(), kOne,
                    kNone, kOne, channels);
}

}  // namespace

/// Of the targets what the losses of earlier predictions need, made when first asked for.
class EarlierLossFunction::Truth {
 public:
  Truth(const Targets& targets, const at::Device& device, const BatchShare& share)
      : targets_(uninet::onDevice(targets, device)), device_(device), share_(share) {}
  bool on(const at::Device& device) const { return device == device_; }

  at::Tensor loss(const EarlierOutput<at::Tensor>& output) {
    const at::Tensor& all = output.task == Task::depth || output.task == Task::surNor
                                ? targets_.depth
                                : targets_.segment;
    if (!all.defined()) return {};
    const std::vector<std::int64_t> full{all.size(-2), all.size(-1)};
    const bool own = output.supervision == Supervision::outputSize;
    const std::vector<std::int64_t> size =
        own ? std::vector<std::int64_t>{output.map.size(2), output.map.size(3)} : full;
    const at::Tensor map = own ? output.map : resizeBilinear(output.map, size[0], size[1]);
    switch (output.task) {
      case Task::segment: {
        const at::Tensor labels = nearest(targets_.segment.unsqueeze(1), size).squeeze(1);
        const at::Tensor weights = classWeights(labels, map.size(1), share_);
        if (!weights.defined()) return {};
        return share_.lossMean(at::cross_entropy_loss(map, labels, weights.to(map.scalar_type()),
                                                      at::Reduction::Mean, -1),
                               share_.whole() ? 1 : weightOf(labels, weights), map);
      }
      case Task::depth: {
        const at::Tensor depth = nearest(targets_.depth, size);
        const double valid = share_.sum((depth > 0).sum().item<double>());
        return valid > 0 ? depthLoss(map, depth, valid, share_) : at::Tensor();
      }
      case Task::semCont: {
        if (share_.sum(anyContour() ? 1. : 0.) == 0) return {};
        if (!contours_.defined()) contours_ = contours();
        const at::Tensor target = nearest(contours_, size).to(map.scalar_type());
        const at::Tensor terms =
            at::binary_cross_entropy_with_logits(map, target, {}, {}, at::Reduction::None);
        return share_.lossMean(at::where(target > 0, 0.95 * terms, 0.05 * terms).mean(),
                               static_cast<double>(target.numel()), map);
      }
      case Task::surNor: {
        if (!normals_) normals_ = normals();
        const at::Tensor known = nearest(normals_->known.to(at::kFloat), size) > 0;
        const at::Tensor pixels = share_.sum(known.sum());
        if (pixels.item<std::int64_t>() == 0) return {};
        const at::Tensor target = nearest(normals_->vectors, size).to(map.scalar_type());
        const at::Tensor error =
            at::where(known, at::abs(unitVectors(map) - target), at::zeros({}, map.options()));
        return share_.lossSum(error.sum()) / (3 * pixels);
      }
      default:
        throw Error(
            concat("there is no loss of earlier predictions of ", taskInfo(output.task).key));
    }
  }

 private:
  bool anyContour() const {
    return (targets_.segment >= 0).any().item<bool>() ||
           (targets_.edges.defined() && (targets_.edges >= 0).any().item<bool>());
  }
  /// The edges of images that have them, contours of the labels of the others.
  at::Tensor contours() const {
    const at::Tensor ofLabels = contourTarget(targets_.segment);
    return targets_.edges.defined() ? at::where(targets_.edges >= 0, targets_.edges, ofLabels)
                                    : ofLabels;
  }
  /// The normals of images that have them, those of the depth of the others.
  Normals normals() const {
    const Normals ofDepth = normalsOfDepth(targets_.depth, targets_.pinholes);
    const at::Tensor& given = targets_.normals;
    if (!given.defined()) return ofDepth;
    const at::Tensor lacks = given.isnan().any(1, true);
    return {at::where(lacks, ofDepth.vectors, given),
            at::where(lacks, ofDepth.known, given.ne(0).any(1, true))};
  }

  Targets targets_;
  at::Device device_;
  const BatchShare& share_;
  at::Tensor contours_;
  std::optional<Normals> normals_;
};

EarlierLossFunction::EarlierLossFunction(Targets targets, const BatchShare& share)
    : targets_(std::move(targets)), share_(share) {}
EarlierLossFunction::~EarlierLossFunction() = default;

at::Tensor EarlierLossFunction::operator()(const EarlierOutput<at::Tensor>& output) const {
  if (!truth_ || !truth_->on(output.map.device()))
    truth_ = std::make_unique<Truth>(targets_, output.map.device(), share_);
  return truth_->loss(output);
}

std::vector<at::Tensor> earlierLosses(const RawOutputs& outputs, const Targets& targets,
                                      const BatchShare& share) {
  const EarlierLossFunction lossOf(targets, share);
  std::vector<at::Tensor> losses;
  for (const EarlierOutput<at::Tensor>& output : outputs.earlier) losses.push_back(lossOf(output));
  return losses;
}

const EarlierOutput<at::Tensor>* lastEarlier(const RawOutputs& outputs, Task task) {
  const EarlierOutput<at::Tensor>* last = nullptr;
  for (const EarlierOutput<at::Tensor>& output : outputs.earlier)
    if (output.task == task) last = &output;
  return last;
}

at::Tensor unitVectors(const at::Tensor& map) {
  return map / at::sqrt(at::square(map).sum(at::IntArrayRef{1}, true) + kTiny);
}

std::string missingEarlierTarget(Task task, const Targets& targets) {
  const bool labels = task == Task::segment || task == Task::semCont;
  const at::Tensor& map = labels ? targets.segment : targets.depth;
  const auto any = [](const at::Tensor& where) { return where.any().item<bool>(); };
  if (labels) return map.defined() && any(map >= 0) ? "" : "no labelled pixel";
  if (!map.defined() || !any(map > 0)) return "no pixel with a known depth";
  if (task == Task::surNor && !any(normalsOfDepth(map, targets.pinholes).known))
    return "no pixel whose neighbours all have a known depth";
  return "";
}

at::Tensor contourTarget(const at::Tensor& labels) {
  const at::Tensor map = labels.unsqueeze(1).to(at::kFloat);
  const at::Tensor greatest = at::max_pool2d(map, 3, 1, 1), least = -at::max_pool2d(-map, 3, 1, 1);
  return greatest.ne(least).to(at::kFloat);
}

Normals normalsOfDepth(const at::Tensor& depth, const std::vector<Pinhole>& pinholes) {
  const std::int64_t height = depth.size(2), width = depth.size(3);
  const at::TensorOptions precise = depth.options().dtype(at::kDouble);
  std::vector<at::Tensor> rays;
  for (const Pinhole& pinhole : pinholes) {
    const at::Tensor x = ((at::arange(width, precise) - pinhole.u0) / pinhole.fx)
                             .view({1, width})
                             .expand({height, width});
    const at::Tensor y = ((at::arange(height, precise) - pinhole.v0) / pinhole.fy)
                             .view({height, 1})
                             .expand({height, width});
    const at::Tensor ray = at::stack({x, y, at::ones_like(x)});
    rays.push_back(ray / at::sqrt(at::square(ray).sum(at::IntArrayRef{0}, true)));
  }
  const at::Tensor points = at::stack(rays) * depth.to(at::kDouble);
  const at::Tensor sobel =
      at::tensor({-1., 0., 1., -2., 0., 2., -1., 0., 1.}, precise).view({3, 3}) / 8;
  const at::Tensor along = filtered(points, sobel), down = filtered(points, sobel.t());
  const at::Tensor normal = at::cross(along, down, 1);
  const at::Tensor length = at::sqrt(at::square(normal).sum(at::IntArrayRef{1}, true));
  const at::Tensor every = at::full({3, 3}, 1. / 9, precise);
  const at::Tensor known = filtered((depth > 0).to(at::kDouble), every) > 1 - 1e-6;
  return {(normal / length.clamp_min(1e-200)).to(at::kFloat), known.logical_and(length > 0)};
}

}  // namespace uninet
