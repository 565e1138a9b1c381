#include "core/data/nyuv2.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <opencv2/core.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/npy.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/data/picture_list.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestArray = std::size_t{256} << 20;
/// Of the Kinect's colour camera at 480×640, pixels.
constexpr double kFx = 582.62448, kFy = 582.69103, kU0 = 313.04476, kV0 = 238.44390;
/// Medians of indoor depth outside of these speak of another unit, metres.
constexpr double kNearestMedian = 0.1, kFarthestMedian = 80;

struct Frame {
  std::string name;
  fs::path picture, labels, depth;
};

/// Names of a folder's sub-folders that hold `part`, or of all if it is empty.
std::vector<std::string> foldersWith(const fs::path& folder, const std::string& part) {
  std::vector<std::string> names;
  for (const fs::path& entry : entriesOf(folder))
    if (isFolder(entry) && (part.empty() || isFolder(entry / part)))
      names.push_back(entry.filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<Nyuv2Tree> treeAt(const fs::path& root) {
  if (isFolder(root / "images") && isFolder(root / "gt_sets")) {
    Nyuv2Tree tree{root, Nyuv2Layout::lists, {}};
    for (const fs::path& entry : entriesOf(root / "gt_sets"))
      if (entry.extension() == ".txt") tree.splits.push_back(entry.stem().string());
    std::sort(tree.splits.begin(), tree.splits.end());
    if (!tree.splits.empty()) return tree;
  }
  if (isFolder(root / "image") && (isFolder(root / "seg40") || isFolder(root / "depth")))
    if (auto splits = foldersWith(root / "image", ""); !splits.empty())
      return Nyuv2Tree{root, Nyuv2Layout::folders, std::move(splits)};
  // Plain pictures may lie in folders named rgb; labels or depth beside them make them a data set.
  std::vector<std::string> splits;
  for (const std::string& split : foldersWith(root, "rgb"))
    for (const char* truth : {"labels_40", "labels_13", "depth"})
      if (isFolder(root / split / truth) &&
          std::find(splits.begin(), splits.end(), split) == splits.end())
        splits.push_back(split);
  if (!splits.empty()) return Nyuv2Tree{root, Nyuv2Layout::converted, std::move(splits)};
  return std::nullopt;
}

/// A file of this name without its ending in `folder`; where the first ending would lie if none is.
fs::path fileOf(const fs::path& folder, const std::string& name,
                std::initializer_list<const char*> endings) {
  for (const char* ending : endings)
    if (isFile(folder / (name + ending))) return folder / (name + ending);
  return folder / (name + *endings.begin());
}

double medianOf(const cv::Mat& metres) {
  std::vector<float> known;
  for (int y = 0; y < metres.rows; ++y)
    for (int x = 0; x < metres.cols; ++x)
      if (const float v = metres.at<float>(y, x); v > 0 && std::isfinite(v)) known.push_back(v);
  if (known.empty()) return 0;
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

cv::Mat readNpyMap(const fs::path& file) {
  const std::string bytes = readTextFile(file, kLargestArray);
  NpyHeader header;
  try {
    header = readNpyHeader(bytes);
  } catch (const Error& error) {
    throw Error(concat(file.string(), " ", error.what()));
  }
  std::vector<std::int64_t> shape = header.shape;
  if (shape.size() == 3 && shape[2] == 1) shape.pop_back();
  if (shape.size() != 2 || shape[0] < 1 || shape[1] < 1 || shape[0] > 16384 || shape[1] > 16384 ||
      header.fortran)
    throw Error(concat(file.string(), ": expected one map, height × width, row by row, found ",
                       header.shape.size(), header.fortran ? " sides in Fortran order" : " sides"));
  cv::Mat map(static_cast<int>(shape[0]), static_cast<int>(shape[1]),
              header.valueBytes == 4 ? CV_32F : CV_64F);
  std::memcpy(map.data, bytes.data() + header.begin, map.total() * map.elemSize());
  map.convertTo(map, CV_32F);
  return map;
}

class Nyuv2 : public Dataset {
 public:
  Nyuv2(std::string title, std::vector<Frame> frames, double depthUnit)
      : title_(std::move(title)), frames_(std::move(frames)), depthUnit_(depthUnit) {}

  std::string title() const override { return title_; }
  std::size_t size() const override { return frames_.size(); }
  std::string name(std::size_t index) const override { return frames_.at(index).name; }
  Classes classes() const override { return nyuv2Classes(); }
  bool hasGroundTruth() const override { return true; }
  cv::Mat image(std::size_t index) const override { return readImage(frames_.at(index).picture); }
  RawFrame load(std::size_t index) const override;

 private:
  cv::Mat labelsOf(const Frame& frame) const;
  cv::Mat depthOf(const Frame& frame) const;

  std::string title_;
  std::vector<Frame> frames_;
  double depthUnit_;
};

cv::Mat Nyuv2::labelsOf(const Frame& frame) const {
  const int classes = static_cast<int>(nyuv2Classes()->semantic.size());
  cv::Mat labels = readLabels(frame.labels);
  for (int y = 0; y < labels.rows; ++y)
    for (int x = 0; x < labels.cols; ++x) {
      const int label = labels.at<std::uint8_t>(y, x);
      if (label > classes && label != kIgnoreLabel)
        throw Error(concat(frame.labels.string(), ": expected labels 0 to ", classes, " (or ",
                           int{kIgnoreLabel}, "), found ", label, "; the ", classes,
                           " classes of NYUv2 are needed, not its 894 labels"));
    }
  return labels;
}

cv::Mat Nyuv2::depthOf(const Frame& frame) const {
  const bool array = frame.depth.extension() == ".npy";
  cv::Mat metres = array ? readNpyMap(frame.depth) : readMap(frame.depth, CV_16U);
  const double unit = depthUnit_ > 0 ? depthUnit_ : array ? 1 : 0.001;
  metres.convertTo(metres, CV_32F, unit);
  const double median = medianOf(metres);
  if (median > 0 && (median < kNearestMedian || median > kFarthestMedian))
    throw Error(concat(frame.depth.string(), ": expected depth in units of ", unit,
                       " m, found a median of ", median,
                       " m; --depth-unit says how many metres a unit is"));
  return metres;
}

RawFrame Nyuv2::load(std::size_t index) const {
  const Frame& frame = frames_.at(index);
  RawFrame raw;
  raw.name = frame.name;
  raw.classes = nyuv2Classes();
  raw.image = image(index);
  const cv::Size size = raw.image.size();
  const double x = size.width / 640., y = size.height / 480.;
  raw.camera.fx = kFx * x;
  raw.camera.fy = kFy * y;
  raw.camera.u0 = kU0 * x;
  raw.camera.v0 = kV0 * y;
  const auto truth = [&](const fs::path& file, const char* needed, auto read) -> cv::Mat {
    if (!isFile(file)) {
      raw.notes.push_back(
          concat("no ground truth for ", needed, ": ", file.string(), " is not there"));
      return {};
    }
    cv::Mat map = read(frame);
    if (map.size() != size)
      throw Error(concat(file.string(), ": expected the size of the image, ", size.height, "x",
                         size.width, ", found ", map.rows, "x", map.cols));
    return map;
  };
  raw.labelIds =
      truth(frame.labels, "segmentation", [this](const Frame& f) { return labelsOf(f); });
  raw.depthMetres = truth(frame.depth, "depth", [this](const Frame& f) { return depthOf(f); });
  return raw;
}

/// Names without ending of the pictures of a folder.
std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& entry : entriesOf(folder))
    if (isFile(entry) && hasPictureEnding(entry)) names.push_back(entry.stem().string());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<Frame> framesOf(const Nyuv2Tree& tree, const std::string& split) {
  std::vector<Frame> frames;
  const auto add = [&](const std::string& name, const fs::path& pictures, const fs::path& labels,
                       const fs::path& depth, const char* depthEnding) {
    frames.push_back({name, fileOf(pictures, name, {".png", ".jpg", ".jpeg"}),
                      fileOf(labels, name, {".png"}), fileOf(depth, name, {depthEnding})});
  };
  const fs::path& root = tree.root;
  switch (tree.layout) {
    case Nyuv2Layout::folders:
      for (const std::string& name : namesIn(root / "image" / split))
        add(name, root / "image" / split, root / "seg40" / split, root / "depth" / split, ".png");
      break;
    case Nyuv2Layout::lists: {
      const fs::path list = root / "gt_sets" / (split + ".txt");
      std::istringstream lines(readTextFile(list));
      for (std::string name; std::getline(lines, name);) {
        name.erase(name.find_last_not_of(" \t\r") + 1);
        if (name.empty()) continue;
        add(name, root / "images", root / "segmentation", root / "depth", ".npy");
        if (!isFile(frames.back().picture))
          throw Error(concat(list.string(), ": ", frames.back().picture.string(),
                             " is listed and not there"));
      }
      break;
    }
    case Nyuv2Layout::converted: {
      const fs::path folder = root / split;
      if (!isFolder(folder / "labels_40") && isFolder(folder / "labels_13"))
        throw Error(concat(folder.string(),
                           ": expected labels_40, found labels_13; the 40 classes are needed"));
      for (const std::string& name : namesIn(folder / "rgb"))
        add(name, folder / "rgb", folder / "labels_40", folder / "depth", ".png");
      break;
    }
  }
  return frames;
}

}  // namespace

std::optional<Nyuv2Tree> findNyuv2(const fs::path& given) {
  constexpr const char* kOriginal = "nyu_depth_v2_labeled.mat";
  const fs::path path = plainPath(given);
  if (isFolder(path))
    for (const fs::path& root : {path, path / "NYUD_MT"})
      if (isFolder(root))
        if (auto tree = treeAt(root)) return tree;
  if (path.extension() == ".mat" || isFile(path / kOriginal))
    throw Error(concat(
        path.string(), ": the original ", kOriginal,
        " holds 894 labels and no splits; expected NYUv2 with 40 classes as image/SPLIT with "
        "seg40/SPLIT and depth/SPLIT, as images with gt_sets, segmentation and depth (NYUD_MT), or "
        "as SPLIT/rgb with SPLIT/labels_40 and SPLIT/depth"));
  return std::nullopt;
}

std::unique_ptr<Dataset> openNyuv2(const Nyuv2Tree& tree, const DataOptions& options) {
  const auto has = [&](const std::string& name) {
    return std::find(tree.splits.begin(), tree.splits.end(), name) != tree.splits.end();
  };
  std::string split = options.split;
  if (!has(split) && split == "val" && has("test")) split = "test";
  if (!has(split) && split == "test" && has("val")) split = "val";
  if (!has(split)) {
    std::string names;
    for (const std::string& name : tree.splits) names += (names.empty() ? "" : ", ") + name;
    throw Error(concat(tree.root.string(), " has no split \"", split, "\"; there is ", names));
  }
  std::vector<Frame> frames = framesOf(tree, split);
  if (frames.empty())
    throw Error(concat(tree.root.string(), ": its split \"", split, "\" holds no picture"));
  return std::make_unique<Nyuv2>(concat(tree.root.filename().string(), " \u00b7 ", split),
                                 std::move(frames), options.depthUnit);
}

}  // namespace uninet
