#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "core/geometry.h"

namespace uninet {

/// A 0/1 mask that is zero outside `rect`.
struct RegionMask {
  cv::Rect rect;
  cv::Mat pixels;  ///< CV_8U, size of rect; empty: no pixel
  std::int64_t area = 0;
};

/// Average precision as COCO defines it (Lin et al. 2014; same numbers as pycocotools): IoU
/// 0.50:0.05:0.95, 101 recall points, at most 100 detections an image and class, area "all", crowd
/// regions ignored. Images are matched when they are added, so no mask is kept.
class AveragePrecision {
 public:
  struct Truth {
    int classId = 0;  ///< 1..classes
    bool crowd = false;
    Box box;
    RegionMask mask;
  };
  struct Found {
    int classId = 0;
    double score = 0;
    Box box;
    RegionMask mask;
  };
  struct Result {
    double ap = 0, ap50 = 0;  ///< NaN: the class does not occur
  };

  AveragePrecision(int classes, bool masks)
      : masks_(masks), classes_(static_cast<std::size_t>(classes)) {}

  void addImage(const std::vector<Truth>& truths, const std::vector<Found>& found);
  Result ofClass(int classId) const;
  /// Mean over the classes that occur; NaN if none does.
  Result mean() const;

 private:
  struct Record {
    double score = 0;
    std::uint16_t matched = 0, ignored = 0;  ///< one bit per IoU threshold
  };
  struct PerClass {
    std::vector<Record> records;
    std::int64_t positives = 0;
  };
  void addClass(PerClass& out, const std::vector<const Truth*>& truths,
                std::vector<const Found*> found) const;
  double overlap(const Found& found, const Truth& truth) const;

  bool masks_;
  std::vector<PerClass> classes_;
};

}  // namespace uninet
