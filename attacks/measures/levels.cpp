#include "attacks/measures/levels.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <span>

#include "core/data/tasks.h"
#include "model/network/network.h"

namespace uninet {
namespace {

/// The named maps of one image: [1, C, h, w] each, in the order of the forward pass.
struct NamedMap {
  std::string tap, level;
  bool feature = false;  ///< what later layers go on from, no prediction
  at::Tensor map;
};

RawOutputs forward(const Engine& engine, const cv::Mat& image, const TapFunction& tap) {
  return engine.network().forward(normalise(engine.pixels(image)), engine.spec().tasks, false,
                                  Precision::float32, tap);
}

bool isTask(const std::string& name) {
  const auto has = [&](std::span<const TaskInfo> list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const TaskInfo& info) { return name == info.key; });
  };
  return has(tasks()) || has(auxiliaryTasks());
}

/// The strides of a head ("box_cls.8") are one level, and so are the features of all tasks at one
/// place ("E3.depth", "scale_2.features.segment"); every prediction is one of its own.
std::vector<NamedMap> mapsOf(const Engine& engine, const cv::Mat& image) {
  std::vector<NamedMap> maps;
  const RawOutputs outputs =
      forward(engine, image, [&](const std::string& tap, const at::Tensor& x) {
        maps.push_back({tap, tap, false, x});
        return x;
      });
  for (NamedMap& map : maps) {
    const bool prediction =
        isTask(map.tap) ||
        std::any_of(outputs.earlier.begin(), outputs.earlier.end(),
                    [&](const auto& earlier) { return earlier.name == map.tap; });
    const std::size_t dot = map.tap.rfind('.');
    if (prediction || dot == std::string::npos) {
      map.feature = !prediction;
      continue;
    }
    map.level = map.tap.substr(0, dot);
    map.feature = isTask(map.tap.substr(dot + 1));
  }
  return maps;
}

/// One map as [locations, channels].
at::Tensor rowsOf(const at::Tensor& map) {
  return map[0].permute({1, 2, 0}).reshape({-1, map.size(1)});
}

double linearCka(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor x = a.to(at::kDouble), y = b.to(at::kDouble);
  const at::Tensor cx = x - x.mean(0, true), cy = y - y.mean(0, true);
  const auto square = [](const at::Tensor& p, const at::Tensor& q) {
    return at::square(at::mm(p.t(), q)).sum().item<double>();
  };
  const double both = std::sqrt(square(cx, cx)) * std::sqrt(square(cy, cy));
  return both > 0 ? square(cy, cx) / both : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::vector<LevelDrift> levelDrift(const Engine& engine, const cv::Mat& clean,
                                   const cv::Mat& attacked) {
  const at::NoGradGuard noGrad;
  const std::vector<NamedMap> before = mapsOf(engine, clean), after = mapsOf(engine, attacked);
  std::vector<std::string> order;
  std::map<std::string, std::vector<at::Tensor>> cleanRows, attackedRows;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::string& level = before[i].level;
    if (!cleanRows.contains(level)) order.push_back(level);
    cleanRows[level].push_back(rowsOf(before[i].map));
    attackedRows[level].push_back(rowsOf(after[i].map));
  }
  std::vector<LevelDrift> levels;
  for (const std::string& level : order) {
    const at::Tensor a = at::cat(cleanRows[level]), b = at::cat(attackedRows[level]);
    const double size = a.to(at::kDouble).norm().item<double>();
    const double moved = (b - a).to(at::kDouble).norm().item<double>();
    levels.push_back({level, size > 0 ? moved / size : std::numeric_limits<double>::quiet_NaN(),
                      linearCka(a, b)});
  }
  return levels;
}

cv::Mat levelChange(const Engine& engine, const cv::Mat& clean, const cv::Mat& attacked,
                    const std::string& level) {
  const at::NoGradGuard noGrad;
  const auto ofLevel = [&](const cv::Mat& image) {
    std::vector<at::Tensor> maps;
    for (const NamedMap& map : mapsOf(engine, image))
      if (map.level == level) maps.push_back(map.map[0].to(at::kFloat));
    return maps;
  };
  const std::vector<at::Tensor> before = ofLevel(clean), after = ofLevel(attacked);
  const auto squares = [&](const at::Tensor& x) {
    const at::Tensor sum = at::square(x).sum(0).contiguous().cpu();
    const cv::Mat small(static_cast<int>(sum.size(0)), static_cast<int>(sum.size(1)), CV_32F,
                        sum.data_ptr<float>());
    cv::Mat large;
    cv::resize(small, large, clean.size(), 0, 0, cv::INTER_NEAREST);
    return large;
  };
  cv::Mat moved, size;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const cv::Mat change = squares(after[i] - before[i]), own = squares(before[i]);
    moved = i == 0 ? change : moved + change;
    size = i == 0 ? own : size + own;
  }
  if (moved.empty()) return {};
  cv::sqrt(moved, moved);
  const double mean = std::sqrt(cv::mean(size)[0]);
  if (mean > 0) moved /= mean;
  return moved;
}

std::map<std::string, Engine::Evaluated> patchLevels(const Engine& engine, const Sample& sample,
                                                     const cv::Mat& donor) {
  const at::NoGradGuard noGrad;
  std::map<std::string, std::map<std::string, at::Tensor>> features;
  for (const NamedMap& map : mapsOf(engine, donor))
    if (map.feature) features[map.level][map.tap] = map.map;
  std::map<std::string, Engine::Evaluated> outcomes;
  for (const auto& [level, maps] : features)
    outcomes[level] = engine.evaluate(
        sample,
        forward(engine, sample.image, [&maps = maps](const std::string& tap, const at::Tensor& x) {
          const auto found = maps.find(tap);
          return found == maps.end() ? x : found->second;
        }));
  return outcomes;
}

}  // namespace uninet
