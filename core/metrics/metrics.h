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

#include "core/data/class_table.h"
#include "core/data/sample.h"
#include "core/metrics/average_precision.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// Metrics of a set of images. NaN: could not be computed (no ground truth, task absent); written
/// as null. AP and IoU are fractions.
struct Metrics {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  /// Keys: miou ap_box ap50_box ap_mask ap50_mask depth_rmse_m depth_rmse_pooled_m depth_abs_rel
  /// inst_depth_smooth_l1_m inst_depth_abs_rel.
  std::map<std::string, double> values;
  /// Class name → iou, depth_rmse_m, and for classes with instances ap_box ap50_box ap_mask
  /// ap50_mask inst_depth_smooth_l1_m inst_depth_abs_rel, cls_loss reg_loss (losses §§2, 3 over
  /// the locations of the class) and aspect_ratio, aspect_ratio_30, aspect_ratio_50: mean of
  /// width / height over the detections of score 0.05, 0.3, 0.5 and more.
  std::map<std::string, std::map<std::string, double>> classes;
  /// How much a metric rests on.
  struct Support {
    std::size_t images = 0;
    std::int64_t count = 0;
    const char* what = "";  ///< counted: "pixels", "objects" or "locations"
  };
  /// By key of `values`, and, with nothing counted but the images, by "class/key" of `classes`.
  std::map<std::string, Support> behind;
  std::size_t images = 0;

  double value(const std::string& key) const;  ///< NaN if absent
  /// {"metrics": {key: value}, "behind": {key: {"images": n, "objects": m}}, "classes": …,
  /// "images": n}
  nlohmann::json toJson() const;
};

/// Retained performance (attacks §6): attacked / clean where higher is better, clean / attacked
/// where lower is. NaN where undefined.
double metricRatio(double clean, double attacked, bool higherIsBetter);

/// (100 / T) Σ s_i (M_i − B_i) / B_i (metrics §6).
double deltaMtl(std::span<const double> metrics, std::span<const double> baselines,
                std::span<const bool> higherIsBetter);

/// Sums over FCOS-assigned positive locations of one image (metrics §5); index 0 = all classes,
/// then by class id.
struct InstanceDepthSums {
  std::vector<double> smoothL1, absRel;
  std::vector<std::int64_t> positives;

  InstanceDepthSums() = default;
  explicit InstanceDepthSums(std::size_t instanceClasses);
};

/// Numerators and denominators of the classification and the regression loss, by the class of the
/// location (attacks §5: for cls with the background's terms in the channel of the class); index 0
/// = all classes, then by class id.
struct ClassLossSums {
  std::vector<double> cls, quality, reg, centreness;

  ClassLossSums() = default;
  explicit ClassLossSums(std::size_t instanceClasses);
};

/// What one image adds to the metrics: sums, from which those of any set of images are computed
/// exactly. C semantic and K instance classes.
struct ImageMeasures {
  std::size_t semanticClasses = 0, instanceClasses = 0;  ///< C, K

  bool hasSegment = false, hasDepth = false, hasBoxes = false, hasMasks = false;
  std::vector<std::int64_t> confusion;  ///< [C · C], truth · C + predicted

  double depthRmse = 0, depthAbsRel = 0;  ///< means over the image's valid pixels
  double depthSquares = 0;
  std::int64_t depthPixels = 0;
  std::vector<double> depthClassSquares;       ///< [C]
  std::vector<std::int64_t> depthClassPixels;  ///< [C]

  std::optional<InstanceDepthSums> instanceDepth;
  std::optional<ClassLossSums> classLosses;
  std::vector<ApMatches> boxes, masks;  ///< [K], index = class id − 1; empty: not measured

  /// Width / height of the detections, by class and score (0.05, 0.3, 0.5); [K].
  std::vector<std::array<double, 3>> aspectSums;
  std::vector<std::array<std::int64_t, 3>> aspectCounts;

  ImageMeasures() = default;
  explicit ImageMeasures(const ClassTable& table);
};

/// `original` at the size of the frame (AP is measured there), `resized` at network size (labels
/// and depth), `prediction` at network size, all of one table of classes. What has no ground truth
/// or no prediction is left out.
ImageMeasures measureImage(const Sample& original, const Sample& resized,
                           const Prediction& prediction,
                           const std::optional<InstanceDepthSums>& instanceDepth,
                           const std::optional<ClassLossSums>& classLosses = {});

/// Bytes for a file, and back; exact. Throws Error: not what packMeasures() wrote, also where the
/// sizes in it do not go together.
std::string packMeasures(const ImageMeasures& measures);
ImageMeasures unpackMeasures(const std::string& bytes);

/// A set of images, prepared for computing its metrics again and again.
class MeasureSet {
 public:
  /// Throws Error if an image was measured with another number of classes.
  MeasureSet(std::vector<ImageMeasures> images, Classes classes);
  /// `times`: how often each image counts (a bootstrap sample); empty: once each.
  Metrics metrics(std::span<const int> times = {}) const;
  std::size_t size() const { return images_.size(); }

 private:
  void countClassImages(Metrics& m) const;

  std::vector<ImageMeasures> images_;
  Classes classes_;
  std::vector<AveragePrecision> boxes_, masks_;  ///< index = class id − 1; empty: not measured
};

}  // namespace uninet
