#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/base/error.h"
#include "core/data/class_table.h"
#include "model/losses/losses.h"

namespace uninet {
namespace {

constexpr std::int64_t kGridSize = MaskCode::kGrid * MaskCode::kGrid;

/// The objects that count.
std::vector<const Instance*> objectsIn(const Sample& sample) {
  std::vector<const Instance*> kept;
  if (!sample.hasInstances) return kept;
  for (const Instance& instance : sample.instances)
    if (!instance.crowd && instance.box.area() > 0) kept.push_back(&instance);
  return kept;
}

Targets::Objects objectTargets(const Sample& sample, const MaskCode& code,
                               const at::Generator& generator) {
  const std::vector<const Instance*> kept = objectsIn(sample);
  const auto n = static_cast<std::int64_t>(kept.size());
  Targets::Objects objects;
  objects.boxes = at::zeros({n, 4});
  objects.labels = at::zeros({n}, at::kLong);
  objects.depths = at::zeros({n});
  at::Tensor grids = at::zeros({n, kGridSize});
  for (std::int64_t i = 0; i < n; ++i) {
    const Instance& instance = *kept[static_cast<std::size_t>(i)];
    float* box = objects.boxes.data_ptr<float>() + 4 * i;
    box[0] = instance.box.x0;
    box[1] = instance.box.y0;
    box[2] = instance.box.x1;
    box[3] = instance.box.y1;
    objects.labels.data_ptr<std::int64_t>()[i] = instance.classId;
    objects.depths.data_ptr<float>()[i] =
        instance.depthMetres > 0 ? instance.depthMetres : std::numeric_limits<float>::quiet_NaN();
    const cv::Mat grid = maskGrid(instance.mask);
    std::copy_n(grid.ptr<float>(), grid.total(),
                grids.data_ptr<float>() + i * static_cast<std::int64_t>(grid.total()));
  }
  if (!code.empty())
    objects.maskCodes = code.encode(grids, at::rand(grids.sizes(), generator, at::kFloat));
  return objects;
}

at::Tensor segmentTarget(const cv::Mat& trainIds) {
  at::Tensor target = at::empty({trainIds.rows, trainIds.cols}, at::kLong);
  std::int64_t* out = target.data_ptr<std::int64_t>();
  for (int y = 0; y < trainIds.rows; ++y)
    for (int x = 0; x < trainIds.cols; ++x) {
      const std::uint8_t id = trainIds.at<std::uint8_t>(y, x);
      *out++ = id == kIgnoreLabel ? -1 : id;
    }
  return target;
}

at::Tensor depthTarget(const cv::Mat& metres, const ClassTable& table) {
  const bool share = table.depthActivation == DepthActivation::sigmoid;
  const auto nearest = static_cast<float>(share ? table.nearestMetres : 0);
  const auto range = static_cast<float>(share ? table.farthestMetres - table.nearestMetres : 1);
  at::Tensor target = at::empty({1, metres.rows, metres.cols});
  float* out = target.data_ptr<float>();
  for (int y = 0; y < metres.rows; ++y)
    for (int x = 0; x < metres.cols; ++x) {
      const float m = metres.at<float>(y, x);
      *out++ = m > 0 ? (m - nearest) / range : -1.f;
    }
  return target;
}

at::Tensor edgeTarget(const cv::Mat& edges) {
  cv::Mat values;
  edges.convertTo(values, CV_32F);
  return at::from_blob(values.data, {1, edges.rows, edges.cols}).clone();
}

at::Tensor normalTarget(const cv::Mat& normals) {
  const cv::Mat whole = normals.isContinuous() ? normals : normals.clone();
  return at::from_blob(whole.data, {normals.rows, normals.cols, 3}).permute({2, 0, 1}).contiguous();
}

}  // namespace

Targets makeTargets(const std::vector<const Sample*>& samples, const MaskCode& code,
                    std::uint64_t seed, const BatchShare& share) {
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  if (!code.empty() && !share.whole()) {
    std::size_t objects = 0;
    for (const Sample* sample : samples) objects += objectsIn(*sample).size();
    // The noise of the objects that come before those of this share.
    at::rand({share.sumBefore(static_cast<std::int64_t>(objects)), kGridSize}, generator,
             at::kFloat);
  }
  Targets targets;
  std::vector<at::Tensor> segment, depth, edges, normals;
  const auto any = [&](const cv::Mat Sample::*map) {
    return std::any_of(samples.begin(), samples.end(),
                       [map](const Sample* sample) { return !(sample->*map).empty(); });
  };
  const bool anyEdges = any(&Sample::edges), anyNormals = any(&Sample::normals);
  for (const Sample* sample : samples) {
    targets.objects.push_back(objectTargets(*sample, code, generator));
    targets.pinholes.push_back(sample->pinhole);
    const cv::Size size = sample->image.size();
    segment.push_back(sample->trainIds.empty() ? at::full({size.height, size.width}, -1, at::kLong)
                                               : segmentTarget(sample->trainIds));
    depth.push_back(sample->depthMetres.empty()
                        ? at::full({1, size.height, size.width}, -1.f)
                        : depthTarget(sample->depthMetres, *sample->classes));
    if (anyEdges)
      edges.push_back(sample->edges.empty() ? at::full({1, size.height, size.width}, -1.f)
                                            : edgeTarget(sample->edges));
    if (anyNormals)
      normals.push_back(sample->normals.empty() ? at::full({3, size.height, size.width},
                                                           std::numeric_limits<float>::quiet_NaN())
                                                : normalTarget(sample->normals));
  }
  targets.segment = at::stack(segment);
  targets.depth = at::stack(depth);
  if (anyEdges) targets.edges = at::stack(edges);
  if (anyNormals) targets.normals = at::stack(normals);
  return targets;
}

Targets onDevice(Targets targets, const at::Device& device) {
  for (at::Tensor* map : {&targets.segment, &targets.depth, &targets.edges, &targets.normals})
    if (map->defined()) *map = map->to(device);
  return targets;
}

Assignment assignLocations(const Targets& targets,
                           const std::vector<std::array<std::int64_t, 2>>& levels) {
  static constexpr float kStrides[] = {8, 16, 32};
  static constexpr float kRanges[][2] = {{-1, 64}, {64, 128}, {128, 256}};
  if (levels.size() > std::size(kStrides))
    throw Error(concat("the detection head: expected at most ", std::size(kStrides),
                       " levels, found ", levels.size()));
  std::vector<std::int64_t> labels, images, objects;
  std::vector<float> ltrb;
  Assignment assignment;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const float stride = kStrides[level], radius = 1.5f * stride;
    const float offset = std::floor(stride / 2);
    std::int64_t positives = 0;
    for (std::size_t image = 0; image < targets.objects.size(); ++image) {
      const Targets::Objects& truth = targets.objects[image];
      const std::int64_t n = truth.boxes.defined() ? truth.boxes.size(0) : 0;
      if (n == 0) continue;
      const at::Tensor boxes = truth.boxes.to(at::kFloat).contiguous();
      const float* box = boxes.data_ptr<float>();
      for (std::int64_t i = 0; i < levels[level][0]; ++i)
        for (std::int64_t j = 0; j < levels[level][1]; ++j) {
          const float x = static_cast<float>(j) * stride + offset;
          const float y = static_cast<float>(i) * stride + offset;
          std::int64_t best = -1;
          float bestArea = 1e8f;
          std::array<float, 4> bestSides{};
          for (std::int64_t b = 0; b < n; ++b) {
            const float x0 = box[4 * b], y0 = box[4 * b + 1], x1 = box[4 * b + 2],
                        y1 = box[4 * b + 3];
            const std::array<float, 4> sides{x - x0, y - y0, x1 - x, y1 - y};
            const float cx = (x0 + x1) / 2, cy = (y0 + y1) / 2;
            const float inside =
                std::min({x - std::max(x0, cx - radius), y - std::max(y0, cy - radius),
                          std::min(x1, cx + radius) - x, std::min(y1, cy + radius) - y});
            const float longest = *std::max_element(sides.begin(), sides.end());
            if (!(inside > 0) || longest < kRanges[level][0] || longest > kRanges[level][1])
              continue;
            const float area = (x1 - x0) * (y1 - y0);
            if (area < bestArea) {
              bestArea = area;
              best = b;
              bestSides = sides;
            }
          }
          labels.push_back(best < 0 ? 0 : truth.labels[best].item<std::int64_t>());
          images.push_back(static_cast<std::int64_t>(image));
          objects.push_back(best);
          for (const float side : bestSides) ltrb.push_back(best < 0 ? 0 : side / stride);
          positives += best >= 0 ? 1 : 0;
        }
    }
    assignment.positivesPerLevel.push_back(positives);
  }
  const auto count = static_cast<std::int64_t>(labels.size());
  assignment.labels = at::tensor(labels, at::kLong);
  assignment.image = at::tensor(images, at::kLong);
  assignment.object = at::tensor(objects, at::kLong);
  assignment.ltrb = at::tensor(ltrb, at::kFloat).view({count, 4});
  return assignment;
}

}  // namespace uninet
