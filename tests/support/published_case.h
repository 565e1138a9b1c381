#pragma once

#include <string>
#include <vector>

#include "model/losses/losses.h"
#include "model/networks/registry.h"
#include "support/parity_fill.h"

/// The case behind the published losses, input gradients and PGD runs.
namespace uninet::published {

inline at::Tensor units(const std::string& name, at::IntArrayRef shape) {
  return parity::units(name, shape).to(at::kFloat);
}

inline Targets::Objects objects(const std::vector<float>& boxes,
                                const std::vector<std::int64_t>& labels,
                                const std::vector<float>& depths, const std::string& codes) {
  Targets::Objects result;
  const auto n = static_cast<std::int64_t>(labels.size());
  result.boxes = at::tensor(boxes, at::kFloat).view({n, 4});
  result.labels = at::tensor(labels, at::kLong);
  result.depths = at::tensor(depths, at::kFloat);
  result.maskCodes = 3 * units(codes, {n, 60});
  return result;
}

inline Targets::Objects firstImage() {
  return objects({20, 30, 60, 90, 100, 40, 180, 120, 300, 60, 500, 240, 310, 100, 340, 130},
                 {1, 3, 5, 2}, {12.5f, 30, 8, 55}, "gt_inst_seg.0");
}

/// The five-task network at 256×512 with its image (pixel values) and targets.
struct Case {
  Network network;
  at::Tensor pixels;
  Targets targets;
};

inline Case fiveTasks() {
  NetworkSpec spec;
  spec.encoder = Encoder::released;
  spec.size = {512, 256};
  Case given{makeNetwork(spec, 1), {}, {}};
  parity::fill(given.network);
  given.pixels = at::floor((parity::units("pixels", {1, 3, 256, 512}) + 0.5) * 256)
                     .clamp(0, 255)
                     .to(at::kFloat);
  given.targets.objects = {firstImage()};
  given.targets.segment =
      at::floor((parity::units("segment_gt", {1, 256, 512}) + 0.5) * 20).to(at::kLong) - 1;
  const at::Tensor depth = parity::units("depth_gt", {1, 256, 512}) + 0.5;
  given.targets.depth =
      at::where(depth < 0.1, at::full({}, -1.0, at::kDouble), depth).to(at::kFloat).unsqueeze(1);
  return given;
}

}  // namespace uninet::published
