#include "core/data/cityscapes.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/base/output_names.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/data/folder_dataset.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kImages = "leftImg8bit";
constexpr const char* kLabelIds = "_gtFine_labelIds.png";
constexpr const char* kLabelTrainIds = "_gtFine_labelTrainIds.png";
/// So many label images, spread over the split, say what their values mean.
constexpr std::size_t kJudgedImages = 20;

struct Frame {
  std::string city, stem;  ///< stem: as its files are named
  fs::path picture;
  std::string name;
};

class Cityscapes : public Dataset {
 public:
  Cityscapes(const CityscapesTree& tree, const std::string& split, LabelChoice labels,
             std::vector<Frame> frames)
      : title_(tree.root.filename().string() + " \u00b7 " + split +
               (tree.city.empty() ? "" : " \u00b7 " + tree.city)),
        split_(split),
        labels_(labels),
        frames_(std::move(frames)) {
    for (const char* kind : {"gtFine", "disparity", "camera"})
      folders_[kind] = tree.folder(kind, split);
  }

  std::string title() const override { return title_; }
  std::size_t size() const override { return frames_.size(); }
  std::string name(std::size_t index) const override { return frames_.at(index).name; }
  std::string group(std::size_t index) const override { return frames_.at(index).city; }
  bool hasGroundTruth() const override {
    return std::any_of(frames_.begin(), frames_.end(), [this](const Frame& frame) {
      return isFile(file(frame, "gtFine", kLabelIds)) ||
             isFile(file(frame, "gtFine", kLabelTrainIds)) ||
             isFile(file(frame, "disparity", "_disparity.png"));
    });
  }
  cv::Mat image(std::size_t index) const override { return readPicture(frames_.at(index).picture); }
  RawFrame load(std::size_t index) const override;
  TreeFrame files(std::size_t index) const;

 private:
  /// Where a file of the frame is, or would be.
  fs::path file(const Frame& frame, const char* kind, const char* end) const;
  void readLabelMap(const Frame& frame, RawFrame& raw) const;
  const LabelVerdict& verdict() const;

  std::string title_, split_;
  LabelChoice labels_;
  std::vector<Frame> frames_;
  std::map<std::string, fs::path> folders_;  ///< of the split, by kind
  mutable std::once_flag judged_;
  mutable LabelVerdict verdict_;
};

std::string withUpperEnding(std::string name) {
  for (std::size_t at = name.rfind('.'); at < name.size(); ++at)
    name[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[at])));
  return name;
}

fs::path Cityscapes::file(const Frame& frame, const char* kind, const char* end) const {
  const fs::path folder = folders_.at(kind) / frame.city;
  const fs::path usual = folder / (frame.stem + end),
                 upper = folder / withUpperEnding(frame.stem + end);
  return !isFile(usual) && isFile(upper) ? upper : usual;
}

const LabelVerdict& Cityscapes::verdict() const {
  std::call_once(judged_, [this] {
    LabelCounts counts{};
    const std::size_t images = std::min(kJudgedImages, frames_.size());
    for (std::size_t i = 0; i < images; ++i) {
      const fs::path path = file(frames_[i * frames_.size() / images], "gtFine", kLabelIds);
      if (!isFile(path)) continue;
      try {
        countLabels(readLabels(path), counts);
      } catch (const Error&) {
        // Said when that frame is read.
      }
    }
    verdict_ = judgeLabels(counts);
  });
  return verdict_;
}

void requireSize(const cv::Mat& map, const fs::path& path, cv::Size size) {
  if (map.size() != size)
    throw Error(concat(path.string(), ": expected the size of the image, ", size.height, "x",
                       size.width, ", found ", map.rows, "x", map.cols));
}

/// `maps`: how many of the frame's maps were read before.
void fitPicture(RawFrame& raw, const cv::Mat& map, int maps) {
  const cv::Size small = raw.image.size(), large = map.size();
  const int times = small.width > 0 ? large.width / small.width : 0;
  if (maps > 0 || times < 2 || large != small * times) return;
  cv::Mat enlarged;
  cv::resize(raw.image, enlarged, large, 0, 0, cv::INTER_NEAREST);
  raw.image = enlarged;
  raw.notes.push_back(concat(
      "the picture is ", times,
      " times smaller than its ground truth, as attacked ones are; its pixels are repeated"));
}

void noteMissing(RawFrame& raw, const char* needed, const fs::path& path) {
  raw.notes.push_back(concat("no ground truth for ", needed, ": ", path.string(), " is not there"));
}

void Cityscapes::readLabelMap(const Frame& frame, RawFrame& raw) const {
  const fs::path byLabel = file(frame, "gtFine", kLabelIds);
  const fs::path byTrainId = file(frame, "gtFine", kLabelTrainIds);
  const bool trainIdFile = labels_ == LabelChoice::trainIds ? isFile(byTrainId)
                           : labels_ == LabelChoice::automatic
                               ? !isFile(byLabel) && isFile(byTrainId)
                               : false;
  const fs::path& path = trainIdFile ? byTrainId : byLabel;
  if (!isFile(path)) return noteMissing(raw, "segmentation", path);
  raw.labelIds = readLabels(path);
  fitPicture(raw, raw.labelIds, 0);
  requireSize(raw.labelIds, path, raw.image.size());
  LabelKind kind =
      trainIdFile || labels_ == LabelChoice::trainIds ? LabelKind::trainIds : LabelKind::labelIds;
  if (!trainIdFile && labels_ == LabelChoice::automatic) {
    kind = verdict().kind;
    if (!verdict().note.empty()) raw.notes.push_back(verdict().note);
  }
  if (kind == LabelKind::trainIds) raw.labelIds = labelsFromTrainIds(raw.labelIds);
}

RawFrame Cityscapes::load(std::size_t index) const {
  const Frame& frame = frames_.at(index);
  RawFrame raw;
  raw.name = frame.name;
  raw.image = image(index);
  readLabelMap(frame, raw);
  const auto map = [&](const char* kind, const char* end, const char* needed) -> cv::Mat {
    const fs::path path = file(frame, kind, end);
    if (!isFile(path)) {
      noteMissing(raw, needed, path);
      return {};
    }
    cv::Mat found = readMap(path, CV_16U);
    fitPicture(raw, found, raw.labelIds.empty() && raw.instanceIds.empty() ? 0 : 1);
    requireSize(found, path, raw.image.size());
    return found;
  };
  raw.instanceIds = map("gtFine", "_gtFine_instanceIds.png", "objects");
  raw.disparity = map("disparity", "_disparity.png", "depth");
  const fs::path camera = file(frame, "camera", "_camera.json");
  if (isFile(camera))
    raw.camera = readCamera(camera);
  else if (!raw.disparity.empty())
    raw.notes.push_back(
        concat("depth uses the default camera of Cityscapes: ", camera.string(), " is not there"));
  return raw;
}

TreeFrame Cityscapes::files(std::size_t index) const {
  const Frame& frame = frames_.at(index);
  const auto place = [&](const char* kind, const std::string& end) {
    return fs::path(kind) / split_ / frame.city / (frame.stem + end);
  };
  TreeFrame found{{frame.picture, place(kImages, "_leftImg8bit.png")}, {}};
  for (const auto& [kind, end] : std::initializer_list<std::pair<const char*, const char*>>{
           {"gtFine", kLabelIds},
           {"gtFine", kLabelTrainIds},
           {"gtFine", "_gtFine_instanceIds.png"},
           {"gtFine", "_gtFine_instanceTrainIds.png"},
           {"gtFine", "_gtFine_color.png"},
           {"gtFine", "_gtFine_polygons.json"},
           {"disparity", "_disparity.png"},
           {"camera", "_camera.json"}})
    if (const fs::path path = file(frame, kind, end); isFile(path))
      found.truth.push_back({path, place(kind, end)});
  return found;
}

/// The pictures of one city (empty: those beside the cities) that end in `end`, in any case.
std::vector<Frame> framesOf(const fs::path& split, const std::string& city,
                            const std::string& end) {
  std::vector<Frame> frames;
  for (const fs::path& entry : entriesOf(split / city)) {
    const std::string name = entry.filename().string();
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || !isFile(entry)) continue;
    std::string lower = name;
    for (std::size_t at = dot; at < lower.size(); ++at)
      lower[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(lower[at])));
    if (lower.ends_with(end))
      frames.push_back({city, name.substr(0, name.size() - end.size()), entry, {}});
  }
  return frames;
}

std::vector<Frame> framesOf(const fs::path& split, const std::vector<std::string>& cities,
                            const std::vector<std::string>& endings) {
  std::vector<Frame> frames;
  for (const std::string& city : cities)
    for (const std::string& ending : endings)
      for (Frame& frame : framesOf(split, city, "_" + std::string(kImages) + ending))
        frames.push_back(std::move(frame));
  std::sort(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) {
    return std::tie(a.city, a.stem, a.picture) < std::tie(b.city, b.stem, b.picture);
  });
  frames.erase(std::unique(frames.begin(), frames.end(),
                           [](const Frame& a, const Frame& b) {
                             return a.city == b.city && a.stem == b.stem;
                           }),
               frames.end());
  return frames;
}

void nameFrames(std::vector<Frame>& frames) {
  std::map<std::string, int> uses;
  for (const Frame& frame : frames) ++uses[frame.stem];
  OutputNames names;
  for (Frame& frame : frames)
    frame.name = names.add(uses[frame.stem] > 1 ? frame.city + "_" + frame.stem : frame.stem);
}

std::string chosenSplit(const CityscapesTree& tree, const DataOptions& options) {
  if (!tree.split.empty()) {
    if (options.splitGiven && options.split != tree.split)
      throw Error(concat("split: expected \"", tree.split, "\", which the path chooses, found \"",
                         options.split, "\"; point at ", tree.root.string(), " to choose another"));
    return tree.split;
  }
  std::string names;
  for (const std::string& name : tree.splits()) {
    if (name == options.split) return name;
    names += (names.empty() ? "" : ", ") + name;
  }
  throw Error(concat(tree.root.string(), " has no split \"", options.split, "\"; there is ",
                     names.empty() ? "none" : names));
}

}  // namespace

std::unique_ptr<Dataset> openCityscapes(const CityscapesTree& tree, const DataOptions& options) {
  const std::string split = chosenSplit(tree, options);
  const fs::path folder = tree.folder(kImages, split);
  std::vector<std::string> cities{tree.city};
  if (tree.city.empty())
    for (const fs::path& entry : entriesOf(folder))
      if (isFolder(entry)) cities.push_back(entry.filename().string());
  std::vector<Frame> frames = framesOf(folder, cities, {".png"});
  std::vector<Frame> jpegs = framesOf(folder, cities, {".jpg", ".jpeg"});
  if (frames.empty())
    frames = std::move(jpegs);
  else if (!jpegs.empty())
    logWarning(concat(folder.string(), ": ", jpegs.size(), " JPEG pictures are left out, as the ",
                      frames.size(), " others are PNG"));
  if (frames.empty())
    throw Error(concat((folder / tree.city).string(),
                       " holds no picture named *_leftImg8bit.png (or .jpg)"));
  nameFrames(frames);
  return std::make_unique<Cityscapes>(tree, split, options.labels, std::move(frames));
}

std::optional<TreeFrame> cityscapesFiles(const Dataset& data, std::size_t index) {
  const auto* tree = dynamic_cast<const Cityscapes*>(&data);
  if (tree == nullptr) return std::nullopt;
  return tree->files(index);
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
