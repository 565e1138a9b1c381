#include "core/data/cityscapes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/class_table.h"
#include "core/data/folder_dataset.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kImages = "leftImg8bit";
constexpr const char* kImageEnd = "_leftImg8bit.png";

std::vector<std::string> foldersIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  if (error)
    throw Error(concat(folder.string(), " cannot be read (", error.message(),
                       "); check the path and its permissions"));
  std::sort(names.begin(), names.end());
  return names;
}

struct Frame {
  std::string city, name;
};

class Cityscapes : public Dataset {
 public:
  Cityscapes(fs::path root, std::string split, std::vector<Frame> frames)
      : root_(std::move(root)), split_(std::move(split)), frames_(std::move(frames)) {}

  std::string title() const override { return root_.filename().string() + " \u00b7 " + split_; }
  std::size_t size() const override { return frames_.size(); }
  std::string name(std::size_t index) const override { return frames_.at(index).name; }
  std::string group(std::size_t index) const override { return frames_.at(index).city; }
  bool hasGroundTruth() const override {
    return std::any_of(frames_.begin(), frames_.end(), [this](const Frame& frame) {
      return fs::exists(file(frame, "gtFine", "_gtFine_labelIds.png")) ||
             fs::exists(file(frame, "disparity", "_disparity.png"));
    });
  }
  cv::Mat image(std::size_t index) const override {
    return readPicture(file(frames_.at(index), kImages, kImageEnd));
  }
  RawFrame load(std::size_t index) const override;

 private:
  fs::path file(const Frame& frame, const char* kind, const char* end) const {
    return root_ / kind / split_ / frame.city / (frame.name + end);
  }
  /// The map of this kind, or an empty one and a note that names what it is needed for.
  cv::Mat map(const Frame& frame, const char* kind, const char* end, int depth, cv::Size size,
              const char* needed, RawFrame& raw) const;

  fs::path root_;
  std::string split_;
  std::vector<Frame> frames_;
};

cv::Mat Cityscapes::map(const Frame& frame, const char* kind, const char* end, int depth,
                        cv::Size size, const char* needed, RawFrame& raw) const {
  const fs::path path = file(frame, kind, end);
  if (!fs::exists(path)) {
    raw.notes.push_back(
        concat("no ground truth for ", needed, ": ", path.string(), " is not there"));
    return {};
  }
  cv::Mat found = readMap(path, depth);
  if (found.size() != size)
    throw Error(concat(path.string(), ": expected the size of the image, ", size.height, "x",
                       size.width, ", found ", found.rows, "x", found.cols));
  return found;
}

/// Train ids are 0 to 18 and 255 for void. Label ids never hold 255; an image of theirs without
/// anything from 19 on (sky 23, vegetation 21, car 26 …) but with much of 0, 2 and 10 (in train ids
/// road, building, sky) does not occur.
void refuseTrainIds(const fs::path& file, const cv::Mat& labels) {
  std::array<std::int64_t, 256> counts{};
  for (auto it = labels.begin<std::uint8_t>(); it != labels.end<std::uint8_t>(); ++it)
    ++counts[*it];
  for (std::size_t id = 19; id < 255; ++id)
    if (counts[id] > 0) return;
  if (counts[255] > 0 || (counts[0] > 0 && counts[2] > 0 && counts[10] > 0))
    throw Error(concat(file.string(),
                       " holds train ids (0 to 18, 255), label ids are expected; point at the "
                       "original gtFine, or make its label images with label ids"));
}

RawFrame Cityscapes::load(std::size_t index) const {
  const Frame& frame = frames_.at(index);
  RawFrame raw;
  raw.name = frame.name;
  raw.image = image(index);
  const cv::Size size = raw.image.size();
  raw.labelIds = map(frame, "gtFine", "_gtFine_labelIds.png", CV_8U, size, "segmentation", raw);
  if (!raw.labelIds.empty())
    refuseTrainIds(file(frame, "gtFine", "_gtFine_labelIds.png"), raw.labelIds);
  raw.instanceIds = map(frame, "gtFine", "_gtFine_instanceIds.png", CV_16U, size, "objects", raw);
  raw.disparity = map(frame, "disparity", "_disparity.png", CV_16U, size, "depth", raw);
  const fs::path camera = file(frame, "camera", "_camera.json");
  if (fs::exists(camera))
    raw.camera = readCamera(camera);
  else if (!raw.disparity.empty())
    raw.notes.push_back(
        concat("depth uses the usual Cityscapes camera: ", camera.string(), " is not there"));
  return raw;
}

}  // namespace

bool isCityscapes(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path / kImages, error);
}

std::unique_ptr<Dataset> openCityscapes(const fs::path& root, const std::string& split) {
  const std::vector<std::string> splits = foldersIn(root / kImages);
  if (std::find(splits.begin(), splits.end(), split) == splits.end()) {
    std::string names;
    for (const std::string& name : splits) names += (names.empty() ? "" : ", ") + name;
    throw Error(concat(root.string(), " has no split \"", split, "\"; there is ",
                       names.empty() ? "none" : names));
  }
  std::vector<Frame> frames;
  const std::string end = kImageEnd;
  for (const std::string& city : foldersIn(root / kImages / split)) {
    const std::size_t first = frames.size();
    for (const fs::directory_entry& entry : fs::directory_iterator(root / kImages / split / city)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(end)) frames.push_back({city, name.substr(0, name.size() - end.size())});
    }
    std::sort(frames.begin() + static_cast<std::ptrdiff_t>(first), frames.end(),
              [](const Frame& a, const Frame& b) { return a.name < b.name; });
  }
  if (frames.empty())
    throw Error(concat((root / kImages / split).string(), " holds no picture named *", kImageEnd));
  const fs::path truth = root / "gtFine" / split / frames[0].city;
  if (!fs::exists(truth / (frames[0].name + "_gtFine_labelIds.png")) &&
      fs::exists(truth / (frames[0].name + "_gtFine_labelTrainIds.png")))
    throw Error(
        concat(truth.string(),
               " holds label images in train ids (*_labelTrainIds.png) only; *_labelIds.png "
               "are expected"));
  return std::make_unique<Cityscapes>(root, split, std::move(frames));
}

Camera readCamera(const fs::path& file) {
  const nlohmann::json json = nlohmann::json::parse(readTextFile(file, 1u << 20), nullptr, false);
  const auto number = [&](const char* part, const char* key) -> double {
    if (!json.is_object() || !json.contains(part) || !json[part].is_object() ||
        !json[part].contains(key) || !json[part][key].is_number())
      throw Error(concat(file.string(), ": expected a number at ", part, ".", key,
                         ", found none; copy the file again from its source"));
    return json[part][key].get<double>();
  };
  Camera camera;
  camera.fx = number("intrinsic", "fx");
  camera.fy = number("intrinsic", "fy");
  camera.u0 = number("intrinsic", "u0");
  camera.v0 = number("intrinsic", "v0");
  camera.baseline = number("extrinsic", "baseline");
  camera.x = number("extrinsic", "x");
  camera.y = number("extrinsic", "y");
  camera.z = number("extrinsic", "z");
  camera.pitch = number("extrinsic", "pitch");
  camera.roll = number("extrinsic", "roll");
  camera.yaw = number("extrinsic", "yaw");
  if (!(camera.fx > 0 && camera.fy > 0 && camera.baseline > 0))
    throw Error(concat(file.string(), ": focal lengths and baseline must be positive"));
  return camera;
}

}  // namespace uninet
