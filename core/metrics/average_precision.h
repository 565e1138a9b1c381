#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/geometry.h"
#include "core/outputs/paste.h"

namespace uninet {

/// Average precision as COCO defines it (Lin et al. 2014; same numbers as pycocotools): IoU
/// 0.50:0.05:0.95, 101 recall points, at most 100 detections an image and class, area "all", crowd
/// regions ignored. Images are matched one by one; what is left of each are a few numbers a
/// detection.
struct ApTruth {
  int classId = 0;  ///< 1..classes
  bool crowd = false;
  Box box;
  RegionMask mask;
};
struct ApFound {
  int classId = 0;
  double score = 0;
  Box box;
  RegionMask mask;
};

/// A detection after matching: one bit per IoU threshold.
struct ApRecord {
  double score = 0;
  std::uint16_t matched = 0, ignored = 0;
};
/// One class of one image: detections by falling score, and the number of objects.
struct ApMatches {
  std::vector<ApRecord> records;
  std::int64_t positives = 0;
};
/// Index = class id − 1. `masks`: overlap of masks instead of boxes.
std::vector<ApMatches> matchImage(const std::vector<ApTruth>& truths,
                                  const std::vector<ApFound>& found, int classes, bool masks);

struct ApResult {
  double ap = 0, ap50 = 0;  ///< NaN: the class does not occur
};

/// One class over many images, sorted once.
class AveragePrecision {
 public:
  AveragePrecision() = default;
  explicit AveragePrecision(const std::vector<const ApMatches*>& images);

  /// `times`: how often each image counts (a bootstrap sample); empty: once each.
  ApResult compute(std::span<const int> times = {}) const;

 private:
  struct Entry {
    ApRecord record;
    std::size_t image = 0;
  };
  std::vector<Entry> entries_;  ///< falling score
  std::vector<std::int64_t> positives_;
};

/// Mean over the classes that occur; NaN if none does.
ApResult meanOf(std::span<const ApResult> classes);

}  // namespace uninet
