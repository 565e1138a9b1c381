#include "core/outputs/nyuv2_writer.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/npy.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/outputs/coco_export.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A map of any type, as float32.
void writeArray(const fs::path& file, const cv::Mat& map) {
  cv::Mat values;
  map.convertTo(values, CV_32F);
  std::vector<std::int64_t> shape{values.rows, values.cols};
  if (values.channels() > 1) shape.push_back(values.channels());
  makeFolder(file.parent_path());
  writeTextFile(file, npyHeader(4, shape) + std::string(reinterpret_cast<const char*>(values.data),
                                                        values.total() * values.elemSize()));
}

void writePicture(const fs::path& file, const cv::Mat& picture) {
  makeFolder(file.parent_path());
  writePng(file, picture);
}

}  // namespace

Nyuv2Writer::Nyuv2Writer(fs::path root, std::string split)
    : root_(std::move(root)), split_(std::move(split)) {}

void Nyuv2Writer::add(const RawFrame& frame) {
  const std::string png = frame.name + ".png", npy = frame.name + ".npy";
  if (!frame.labelIds.empty()) writePicture(root_ / "segmentation" / png, frame.labelIds);
  if (!frame.depthMetres.empty()) writeArray(root_ / "depth" / npy, frame.depthMetres);
  if (!frame.normals.empty()) writeArray(root_ / "normals" / npy, frame.normals);
  if (!frame.edges.empty()) writeArray(root_ / "edge" / npy, frame.edges);
  writePicture(root_ / "images" / png, frame.image);
  names_ += frame.name + "\n";
  if (!frame.objects) return;
  const std::size_t id = images_.size() + 1;
  const cv::Size size = frame.image.size();
  images_.push_back(
      {{"id", id}, {"file_name", png}, {"height", size.height}, {"width", size.width}});
  for (const Instance& object : *frame.objects) {
    const cv::Rect rect({cvRound(object.box.x0), cvRound(object.box.y0)}, object.mask.size());
    const auto area = static_cast<std::int64_t>(cv::countNonZero(object.mask));
    const auto place = static_cast<std::size_t>(object.classId - 1);
    annotations_.push_back({{"id", annotations_.size() + 1},
                            {"image_id", id},
                            {"category_id", frame.classes->instance.at(place).labelId},
                            {"bbox", {rect.x, rect.y, rect.width, rect.height}},
                            {"area", area},
                            {"iscrowd", object.crowd ? 1 : 0},
                            {"segmentation", cocoRle({rect, object.mask, area}, size)}});
  }
}

void Nyuv2Writer::finish() const {
  const fs::path list = root_ / "gt_sets" / (split_ + ".txt");
  makeFolder(list.parent_path());
  writeTextFile(list, names_);
  if (images_.empty()) return;
  const fs::path file = root_ / "annotations" / concat("instances_", split_, "_40.json");
  makeFolder(file.parent_path());
  Json categories = Json::array();
  for (const InstanceClass& c : nyuv2Classes()->instance)
    categories.push_back({{"id", c.labelId}, {"name", c.name}});
  writeTextFile(
      file,
      Json{{"images", images_}, {"annotations", annotations_}, {"categories", categories}}.dump());
}

}  // namespace uninet
