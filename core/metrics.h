#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/prediction.h"
#include "core/sample.h"

namespace uninet {

/// Metrics of a set of images. NaN: could not be computed (no ground truth, task absent); written
/// as null. AP and IoU are fractions.
struct Metrics {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  /// Keys: miou ap_box ap50_box ap_mask ap50_mask depth_rmse_m depth_rmse_pooled_m depth_abs_rel
  /// inst_depth_smooth_l1_m inst_depth_abs_rel.
  std::map<std::string, double> values;
  /// Class name → the same keys (iou instead of miou).
  std::map<std::string, std::map<std::string, double>> classes;
  std::size_t images = 0;

  double value(const std::string& key) const;  ///< NaN if absent
  nlohmann::json toJson() const;               ///< {"metrics": …, "classes": …, "images": n}
};

/// Retained performance (attacks §6): attacked / clean where higher is better, clean / attacked
/// where lower is. NaN where undefined.
double metricRatio(double clean, double attacked, bool higherIsBetter);

/// (100 / T) Σ s_i (M_i − B_i) / B_i (metrics §6).
double deltaMtl(std::span<const double> metrics, std::span<const double> baselines,
                std::span<const bool> higherIsBetter);

/// Sums over FCOS-assigned positive locations of one image (metrics §5); index 0 = all classes,
/// 1..8 = class id.
struct InstanceDepthSums {
  std::array<double, 9> smoothL1{}, absRel{};
  std::array<std::int64_t, 9> positives{};
};

/// Collects images and computes the dataset-level metrics. Holds compressed masks only.
class MetricsAccumulator {
 public:
  MetricsAccumulator();
  ~MetricsAccumulator();
  MetricsAccumulator(MetricsAccumulator&&) noexcept;
  MetricsAccumulator& operator=(MetricsAccumulator&&) noexcept;

  /// `original` at the size of the frame (AP is measured there), `resized` at network size (labels
  /// and depth), `prediction` at network size. `instanceDepth` where it was measured. What has no
  /// ground truth or no prediction is left out.
  void add(const Sample& original, const Sample& resized, const Prediction& prediction,
           const std::optional<InstanceDepthSums>& instanceDepth);
  Metrics compute() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace uninet
