#include "core/metrics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/labels.h"
#include "core/metrics/average_precision.h"
#include "core/metrics/paste.h"

namespace uninet {
namespace {

constexpr std::size_t kClasses = 19;
constexpr std::size_t kInstanceClasses = 8;

/// Sums of one image or of all; `images` counts those with a valid pixel.
struct DepthSums {
  double meanOfRmse = 0, meanOfAbsRel = 0;
  std::int64_t images = 0;
  double squares = 0;
  std::int64_t pixels = 0;
  std::array<double, kClasses> classSquares{};
  std::array<std::int64_t, kClasses> classPixels{};
};

struct Confusion {
  std::array<std::array<std::int64_t, kClasses>, kClasses> counts{};  ///< [truth][predicted]
  std::int64_t pixels = 0;

  void add(const cv::Mat& truth, const cv::Mat& predicted) {
    for (int y = 0; y < truth.rows; ++y) {
      const auto* t = truth.ptr<std::uint8_t>(y);
      const auto* p = predicted.ptr<std::uint8_t>(y);
      for (int x = 0; x < truth.cols; ++x)
        if (t[x] < kClasses && p[x] < kClasses) {
          ++counts[t[x]][p[x]];
          ++pixels;
        }
    }
  }
  /// NaN where the class occurs neither in truth nor in prediction.
  double iou(std::size_t c) const {
    std::int64_t row = 0, column = 0;
    for (std::size_t k = 0; k < kClasses; ++k) {
      row += counts[c][k];
      column += counts[k][c];
    }
    const std::int64_t whole = row + column - counts[c][c];
    return whole == 0 ? Metrics::kNone
                      : static_cast<double>(counts[c][c]) / static_cast<double>(whole);
  }
  /// Over the classes that occur, as cityscapesScripts averages; the released code would give NaN
  /// as soon as one class is absent.
  double mean() const {
    double sum = 0;
    int occurring = 0;
    for (std::size_t c = 0; c < kClasses; ++c)
      if (const double value = iou(c); !std::isnan(value)) {
        sum += value;
        ++occurring;
      }
    return occurring == 0 ? Metrics::kNone : sum / occurring;
  }
};

void addDepth(DepthSums& sums, const cv::Mat& truth, const cv::Mat& predicted,
              const cv::Mat& trainIds) {
  double squares = 0, relative = 0;
  std::int64_t pixels = 0;
  for (int y = 0; y < truth.rows; ++y) {
    const auto* t = truth.ptr<float>(y);
    const auto* p = predicted.ptr<float>(y);
    const auto* label = trainIds.empty() ? nullptr : trainIds.ptr<std::uint8_t>(y);
    for (int x = 0; x < truth.cols; ++x) {
      if (!(t[x] > 0)) continue;
      const double error = static_cast<double>(p[x]) - t[x];
      squares += error * error;
      relative += std::abs(error) / t[x];
      ++pixels;
      if (label != nullptr && label[x] < kClasses) {
        sums.classSquares[label[x]] += error * error;
        ++sums.classPixels[label[x]];
      }
    }
  }
  if (pixels == 0) return;
  const auto n = static_cast<double>(pixels);
  sums.meanOfRmse += std::sqrt(squares / n);
  sums.meanOfAbsRel += relative / n;
  ++sums.images;
  sums.squares += squares;
  sums.pixels += pixels;
}

RegionMask regionOf(const Instance& instance) {
  RegionMask region;
  region.rect = {cvRound(instance.box.x0), cvRound(instance.box.y0), instance.mask.cols,
                 instance.mask.rows};
  region.pixels = instance.mask;
  region.area = cv::countNonZero(instance.mask);
  return region;
}

nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

}  // namespace

double Metrics::value(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? kNone : found->second;
}

nlohmann::json Metrics::toJson() const {
  nlohmann::json json;
  json["metrics"] = nlohmann::json::object();
  for (const auto& [key, v] : values) json["metrics"][key] = number(v);
  json["classes"] = nlohmann::json::object();
  for (const auto& [name, entries] : classes)
    for (const auto& [key, v] : entries) json["classes"][name][key] = number(v);
  json["images"] = images;
  return json;
}

double metricRatio(double clean, double attacked, bool higherIsBetter) {
  const double above = higherIsBetter ? attacked : clean;
  const double below = higherIsBetter ? clean : attacked;
  return below > 0 && std::isfinite(above) ? above / below : Metrics::kNone;
}

double deltaMtl(std::span<const double> metrics, std::span<const double> baselines,
                std::span<const bool> higherIsBetter) {
  if (metrics.empty() || metrics.size() != baselines.size() ||
      metrics.size() != higherIsBetter.size())
    throw Error("delta: as many metrics, baselines and directions are needed");
  double sum = 0;
  for (std::size_t i = 0; i < metrics.size(); ++i)
    sum += (higherIsBetter[i] ? 1 : -1) * (metrics[i] - baselines[i]) / baselines[i];
  return 100 * sum / static_cast<double>(metrics.size());
}

struct MetricsAccumulator::State {
  AveragePrecision boxes{kInstanceClasses, false}, masks{kInstanceClasses, true};
  bool haveBoxes = false, haveMasks = false;
  Confusion confusion;
  DepthSums depth;
  InstanceDepthSums instances;
  double meanOfSmoothL1 = 0;
  std::int64_t instanceImages = 0;
  std::size_t images = 0;
};

MetricsAccumulator::MetricsAccumulator() : state_(std::make_unique<State>()) {}
MetricsAccumulator::~MetricsAccumulator() = default;
MetricsAccumulator::MetricsAccumulator(MetricsAccumulator&&) noexcept = default;
MetricsAccumulator& MetricsAccumulator::operator=(MetricsAccumulator&&) noexcept = default;

void MetricsAccumulator::add(const Sample& original, const Sample& resized,
                             const Prediction& prediction,
                             const std::optional<InstanceDepthSums>& instanceDepth) {
  State& s = *state_;
  ++s.images;
  if (!resized.trainIds.empty() && !prediction.trainIds.empty())
    s.confusion.add(resized.trainIds, prediction.trainIds);
  if (!resized.depthMetres.empty() && !prediction.depthMetres.empty())
    addDepth(s.depth, resized.depthMetres, prediction.depthMetres, resized.trainIds);
  if (instanceDepth && instanceDepth->positives[0] > 0) {
    for (std::size_t c = 0; c < instanceDepth->positives.size(); ++c) {
      s.instances.smoothL1[c] += instanceDepth->smoothL1[c];
      s.instances.absRel[c] += instanceDepth->absRel[c];
      s.instances.positives[c] += instanceDepth->positives[c];
    }
    s.meanOfSmoothL1 +=
        instanceDepth->smoothL1[0] / static_cast<double>(instanceDepth->positives[0]);
    ++s.instanceImages;
  }
  if (!original.hasInstances || !prediction.tasks.has(Task::detect)) return;

  const cv::Size size = original.image.size();
  const double sx = static_cast<double>(size.width) / prediction.image.cols;
  const double sy = static_cast<double>(size.height) / prediction.image.rows;
  const bool withMasks = prediction.tasks.has(Task::instSeg);
  std::vector<AveragePrecision::Truth> truths;
  for (const Instance& instance : original.instances)
    truths.push_back({instance.classId, instance.crowd, instance.box, regionOf(instance)});
  std::vector<AveragePrecision::Found> found;
  for (const Detection& d : prediction.detections)
    found.push_back({d.classId, d.score,
                     d.box.scaled(static_cast<float>(sx), static_cast<float>(sy)),
                     withMasks ? pasteRegion(d, size, sx, sy) : RegionMask()});
  s.boxes.addImage(truths, found);
  s.haveBoxes = true;
  if (withMasks) {
    s.masks.addImage(truths, found);
    s.haveMasks = true;
  }
}

Metrics MetricsAccumulator::compute() const {
  const State& s = *state_;
  Metrics m;
  m.images = s.images;
  const auto ratio = [](double sum, std::int64_t count) {
    return count > 0 ? sum / static_cast<double>(count) : Metrics::kNone;
  };
  const auto none = AveragePrecision::Result{Metrics::kNone, Metrics::kNone};
  const auto boxes = s.haveBoxes ? s.boxes.mean() : none;
  const auto masks = s.haveMasks ? s.masks.mean() : none;
  m.values["miou"] = s.confusion.pixels > 0 ? s.confusion.mean() : Metrics::kNone;
  m.values["ap_box"] = boxes.ap;
  m.values["ap50_box"] = boxes.ap50;
  m.values["ap_mask"] = masks.ap;
  m.values["ap50_mask"] = masks.ap50;
  m.values["depth_rmse_m"] = ratio(s.depth.meanOfRmse, s.depth.images);
  m.values["depth_rmse_pooled_m"] =
      s.depth.pixels > 0 ? std::sqrt(s.depth.squares / static_cast<double>(s.depth.pixels))
                         : Metrics::kNone;
  m.values["depth_abs_rel"] = ratio(s.depth.meanOfAbsRel, s.depth.images);
  // Smooth l1: mean over images, as batches of one; abs rel: over all positive locations.
  m.values["inst_depth_smooth_l1_m"] = ratio(s.meanOfSmoothL1, s.instanceImages);
  m.values["inst_depth_abs_rel"] = ratio(s.instances.absRel[0], s.instances.positives[0]);

  for (std::size_t c = 0; c < kClasses; ++c) {
    auto& entry = m.classes[semanticClasses()[c].name];
    entry["iou"] = s.confusion.pixels > 0 ? s.confusion.iou(c) : Metrics::kNone;
    entry["depth_rmse_m"] = std::sqrt(ratio(s.depth.classSquares[c], s.depth.classPixels[c]));
  }
  for (std::size_t c = 0; c < kInstanceClasses; ++c) {
    auto& entry = m.classes[instanceClasses()[c].name];
    const int id = static_cast<int>(c) + 1;
    const auto box = s.haveBoxes ? s.boxes.ofClass(id) : none;
    const auto mask = s.haveMasks ? s.masks.ofClass(id) : none;
    entry["ap_box"] = box.ap;
    entry["ap50_box"] = box.ap50;
    entry["ap_mask"] = mask.ap;
    entry["ap50_mask"] = mask.ap50;
    entry["inst_depth_smooth_l1_m"] =
        ratio(s.instances.smoothL1[c + 1], s.instances.positives[c + 1]);
    entry["inst_depth_abs_rel"] = ratio(s.instances.absRel[c + 1], s.instances.positives[c + 1]);
  }
  return m;
}

}  // namespace uninet
