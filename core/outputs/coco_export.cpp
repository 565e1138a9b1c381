#include "core/outputs/coco_export.h"

#include "core/base/files.h"
#include "core/data/class_table.h"
#include "core/outputs/run_lengths.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

Json boxJson(const Box& box) { return {box.x0, box.y0, box.width(), box.height()}; }

}  // namespace

Json cocoRle(const RegionMask& mask, cv::Size size) {
  const std::vector<std::int64_t> counts = runLengths(mask, size);
  // From the third run on differences to the run before the last; 5 bits a character, low first.
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::int64_t x = counts[i] - (i > 2 ? counts[i - 2] : 0);
    for (bool more = true; more;) {
      std::int64_t bits = x & 31;
      x >>= 5;
      more = (bits & 16) != 0 ? x != -1 : x != 0;
      if (more) bits |= 32;
      text += static_cast<char>(bits + 48);
    }
  }
  return {{"size", {size.height, size.width}}, {"counts", text}};
}

void CocoExport::add(const Sample& original, const Prediction& prediction) {
  classes_ = prediction.classes;
  if (!original.hasInstances) return;
  const std::size_t id = images_.size() + 1;
  const cv::Size size = original.image.size();
  images_.push_back(
      {{"id", id}, {"file_name", original.name}, {"height", size.height}, {"width", size.width}});
  for (const Instance& instance : original.instances) {
    const RegionMask mask{{cvRound(instance.box.x0), cvRound(instance.box.y0), instance.mask.cols,
                           instance.mask.rows},
                          instance.mask};
    annotations_.push_back({{"id", annotations_.size() + 1},
                            {"image_id", id},
                            {"category_id", instance.classId},
                            {"bbox", boxJson(instance.box)},
                            {"area", instance.box.area()},
                            {"iscrowd", instance.crowd ? 1 : 0},
                            {"segmentation", cocoRle(mask, size)}});
  }
  if (prediction.image.empty()) return;
  const double sx = static_cast<double>(size.width) / prediction.image.cols;
  const double sy = static_cast<double>(size.height) / prediction.image.rows;
  for (const Detection& detection : prediction.detections) {
    Json result{
        {"image_id", id},
        {"category_id", detection.classId},
        {"score", detection.score},
        {"bbox", boxJson(detection.box.scaled(static_cast<float>(sx), static_cast<float>(sy)))}};
    if (!detection.mask.empty())
      result["segmentation"] = cocoRle(pasteRegion(detection, size, sx, sy), size);
    results_.push_back(std::move(result));
  }
}

std::vector<std::filesystem::path> CocoExport::write(const std::filesystem::path& folder) const {
  Json categories = Json::array();
  for (std::size_t i = 0; i < classes_->instance.size(); ++i)
    categories.push_back({{"id", i + 1}, {"name", classes_->instance[i].name}});
  makeFolder(folder);
  const std::filesystem::path truth = folder / "ground_truth.json";
  const std::filesystem::path results = folder / "predictions.json";
  writeTextFile(
      truth,
      Json{{"images", images_}, {"annotations", annotations_}, {"categories", categories}}.dump());
  writeTextFile(results, results_.dump());
  return {truth, results};
}

}  // namespace uninet
