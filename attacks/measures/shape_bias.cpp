#include "attacks/measures/shape_bias.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <array>

#include "model/losses/losses.h"
#include "model/network/network.h"

namespace uninet {
namespace {

constexpr float kSameObject = 0.5f;

Shape shapeAt(const Prediction& prediction, const Box& box) {
  Shape shape;
  float best = kSameObject;
  for (const Detection& d : prediction.detections) {
    const float common = iou(d.box, box);
    if (common < best || !(d.box.height() > 0)) continue;
    if (common == best && shape.classId > 0) continue;
    best = common;
    shape = {d.classId, d.score, d.box.width(), d.box.height()};
  }
  return shape;
}

/// Likeliest class and regressed size of every location, level-major: [L, 4] class, probability,
/// width, height in network pixels, on the CPU.
at::Tensor locationShapes(const RawOutputs& outputs) {
  static constexpr std::array<int, 3> kStrides{8, 16, 32};
  std::vector<at::Tensor> levels;
  for (std::size_t i = 0; i < outputs.cls.size(); ++i) {
    const auto rows = [](const at::Tensor& map) {
      return map[0].permute({1, 2, 0}).reshape({-1, map.size(1)});
    };
    const auto [probability, classes] = at::sigmoid(rows(outputs.cls[i])).max(1);
    const at::Tensor d = rows(outputs.reg[i]) * kStrides[i];
    levels.push_back(at::stack({(classes + 1).to(at::kDouble), probability.to(at::kDouble),
                                (d.select(1, 0) + d.select(1, 2)).to(at::kDouble),
                                (d.select(1, 1) + d.select(1, 3)).to(at::kDouble)},
                               1));
  }
  return at::cat(levels).contiguous().cpu();
}

}  // namespace

ShapeRecord shapeRecord(const Engine& engine, const Sample& sample, const Prediction& clean,
                        const Prediction& attacked) {
  ShapeRecord record;
  if (!engine.spec().tasks.has(Task::detect)) return record;
  for (const Instance& instance : sample.instances)
    if (!instance.crowd)
      record.objects.push_back(
          {instance.classId, shapeAt(clean, instance.box), shapeAt(attacked, instance.box)});

  const at::NoGradGuard noGrad;
  const Targets targets = makeTargets({&sample}, {}, 0);
  if (targets.objects.empty() || !targets.objects[0].boxes.defined() ||
      targets.objects[0].boxes.size(0) == 0)
    return record;
  const auto forward = [&](const cv::Mat& image) {
    return engine.outputs(engine.pixels(image), TaskSet().add(Task::detect));
  };
  const RawOutputs before = forward(clean.image), after = forward(attacked.image);
  std::vector<std::array<std::int64_t, 2>> levels;
  for (const at::Tensor& level : before.cls) levels.push_back({level.size(2), level.size(3)});
  const at::Tensor labels = assignLocations(targets, levels).labels;
  const at::Tensor a = locationShapes(before), b = locationShapes(after);
  const at::Tensor positives = labels.nonzero().flatten();
  for (std::int64_t i = 0; i < positives.numel(); ++i) {
    const auto at = positives[i].item<std::int64_t>();
    const auto shape = [at](const at::Tensor& rows) {
      const double* row = rows.data_ptr<double>() + at * 4;
      return Shape{static_cast<int>(row[0]), row[1], row[2], row[3]};
    };
    record.locations.push_back(
        {static_cast<int>(labels[at].item<std::int64_t>()), shape(a), shape(b)});
  }
  return record;
}

}  // namespace uninet
