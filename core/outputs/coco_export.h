#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/data/sample.h"
#include "core/outputs/paste.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// COCO's compressed run lengths of a mask in an image of `size`: {"size": [h, w], "counts": "…"}.
nlohmann::json cocoRle(const RegionMask& mask, cv::Size size);

/// Collects images and writes what outside evaluators read: ground_truth.json (COCO annotations;
/// groups as crowd; area = box width · height, metrics.md §1) and predictions.json (COCO results,
/// score, box, mask), in pixels of the original frame, category ids as the class ids. Images whose
/// objects are not known are left out: in COCO an image that is listed has its objects listed, or
/// none.
class CocoExport {
 public:
  void add(const Sample& original, const Prediction& prediction);
  /// Returns what it wrote; throws Error naming the file.
  std::vector<std::filesystem::path> write(const std::filesystem::path& folder) const;

 private:
  Classes classes_ = cityscapesClasses();  ///< of what was added last
  nlohmann::json images_ = nlohmann::json::array();
  nlohmann::json annotations_ = nlohmann::json::array();
  nlohmann::json results_ = nlohmann::json::array();
};

}  // namespace uninet
