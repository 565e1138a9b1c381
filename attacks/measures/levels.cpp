#include "attacks/measures/levels.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "model/network/network.h"

namespace uninet {
namespace {

/// Tapped maps of one image as [locations, channels]; the strides of a head are one level.
struct Features {
  std::vector<std::string> order;
  std::map<std::string, at::Tensor> rows;
};

std::string levelOf(const std::string& tap) { return tap.substr(0, tap.find('.')); }

bool isFeatureMap(const std::string& level) {
  return level.size() == 2 && std::isdigit(static_cast<unsigned char>(level[1])) != 0;
}

RawOutputs forward(const Engine& engine, const cv::Mat& image, const TapFunction& tap) {
  return engine.network().forward(normalise(engine.pixels(image)), engine.spec().tasks, false,
                                  Precision::float32, tap);
}

Features featuresOf(const Engine& engine, const cv::Mat& image) {
  Features found;
  forward(engine, image, [&](const std::string& tap, const at::Tensor& x) {
    const std::string level = levelOf(tap);
    const at::Tensor rows = x[0].permute({1, 2, 0}).reshape({-1, x.size(1)});
    at::Tensor& all = found.rows[level];
    if (!all.defined()) found.order.push_back(level);
    all = all.defined() ? at::cat({all, rows}) : rows;
    return x;
  });
  return found;
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
  const Features before = featuresOf(engine, clean), after = featuresOf(engine, attacked);
  std::vector<LevelDrift> levels;
  for (const std::string& level : before.order) {
    const at::Tensor &a = before.rows.at(level), &b = after.rows.at(level);
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
  const auto mapsOf = [&](const cv::Mat& image) {
    std::vector<at::Tensor> maps;
    forward(engine, image, [&](const std::string& tap, const at::Tensor& x) {
      if (levelOf(tap) == level) maps.push_back(x[0].to(at::kFloat));
      return x;
    });
    return maps;
  };
  const std::vector<at::Tensor> before = mapsOf(clean), after = mapsOf(attacked);
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
  std::map<std::string, at::Tensor> features;
  forward(engine, donor, [&](const std::string& tap, const at::Tensor& x) {
    if (isFeatureMap(tap)) features[tap] = x;
    return x;
  });
  std::map<std::string, Engine::Evaluated> outcomes;
  for (const auto& [level, value] : features)
    outcomes[level] = engine.evaluate(
        sample,
        forward(engine, sample.image,
                [&level = level, &value = value](const std::string& tap, const at::Tensor& x) {
                  return tap == level ? value : x;
                }));
  return outcomes;
}

}  // namespace uninet
