#include "core/data/nyuv2.h"

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/data/coco_annotations.h"
#include "core/data/nyuv2_maps.h"
#include "core/data/picture_list.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

/// Of the Kinect's colour camera at 480×640, pixels.
constexpr double kFx = 582.62448, kFy = 582.69103, kU0 = 313.04476, kV0 = 238.44390;

struct Frame {
  std::string name;
  fs::path picture, labels, depth, normals, edges;  ///< empty: the layout has none
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

void requireSizeOf(const fs::path& file, const cv::Mat& image, cv::Size found) {
  if (found != image.size())
    throw Error(concat(file.string(), ": expected the size of the image, ", image.rows, "x",
                       image.cols, ", found ", found.height, "x", found.width));
}

class Nyuv2 : public Dataset {
 public:
  Nyuv2(std::string title, std::vector<Frame> frames, double depthUnit, fs::path instances)
      : title_(std::move(title)),
        frames_(std::move(frames)),
        depthUnit_(depthUnit),
        instances_(std::move(instances)) {
    if (isFile(instances_)) annotations_ = readCocoAnnotations(instances_, *nyuv2Classes());
  }

  std::string title() const override { return title_; }
  std::size_t size() const override { return frames_.size(); }
  std::string name(std::size_t index) const override { return frames_.at(index).name; }
  Classes classes() const override { return nyuv2Classes(); }
  bool hasDepthUnit() const override { return true; }
  bool hasGroundTruth() const override { return true; }
  cv::Mat image(std::size_t index) const override { return readImage(frames_.at(index).picture); }
  RawFrame load(std::size_t index) const override;

 private:
  std::string title_;
  std::vector<Frame> frames_;
  double depthUnit_;
  fs::path instances_;
  std::optional<CocoAnnotations> annotations_;  ///< nullopt: there is no such file
};

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
    cv::Mat map = read(file);
    requireSizeOf(file, raw.image, map.size());
    return map;
  };
  raw.labelIds = truth(frame.labels, "segmentation", readNyuv2Labels);
  raw.depthMetres = truth(frame.depth, "depth", [this](const fs::path& file) {
    return readNyuv2Depth(file, depthUnit_);
  });
  // Most trees have none of these, and then nobody misses them.
  if (isFolder(frame.normals.parent_path()))
    raw.normals = truth(frame.normals, "surface normals", readNyuv2Normals);
  if (isFolder(frame.edges.parent_path())) raw.edges = truth(frame.edges, "edges", readNyuv2Edges);
  if (annotations_) {
    const auto found = annotations_->find(frame.name);
    if (found == annotations_->end()) {
      raw.notes.push_back(
          concat("no ground truth for instances: ", instances_.string(), " does not list it"));
    } else {
      requireSizeOf(instances_, raw.image, found->second.size);
      raw.objects = instancesOf(found->second, *raw.classes, instances_, raw.notes);
    }
  }
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
                       const fs::path& depth, const char* depthEnding) -> Frame& {
    frames.push_back({name,
                      fileOf(pictures, name, {".png", ".jpg", ".jpeg"}),
                      fileOf(labels, name, {".png"}),
                      fileOf(depth, name, {depthEnding}),
                      {},
                      {}});
    return frames.back();
  };
  const fs::path& root = tree.root;
  switch (tree.layout) {
    case Nyuv2Layout::folders:
      for (const std::string& name : namesIn(root / "image" / split))
        add(name, root / "image" / split, root / "seg40" / split, root / "depth" / split, ".png")
            .normals = root / "normal" / split / (name + ".png");
      break;
    case Nyuv2Layout::lists: {
      const fs::path list = root / "gt_sets" / (split + ".txt");
      std::istringstream lines(readTextFile(list));
      for (std::string name; std::getline(lines, name);) {
        name.erase(name.find_last_not_of(" \t\r") + 1);
        if (name.empty()) continue;
        const fs::path plain = fs::path(name).lexically_normal();
        if (plain.is_absolute() || *plain.begin() == "..")
          throw Error(concat(list.string(), ": expected names of pictures in ",
                             (root / "images").string(), ", found \"", name, "\""));
        Frame& frame = add(name, root / "images", root / "segmentation", root / "depth", ".npy");
        frame.normals = root / "normals" / (name + ".npy");
        frame.edges = root / "edge" / (name + ".npy");
        if (!isFile(frame.picture))
          throw Error(
              concat(list.string(), ": ", frame.picture.string(), " is listed and not there"));
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

std::string splitOf(const Nyuv2Tree& tree, const std::string& asked) {
  const auto has = [&](const std::string& name) {
    return std::find(tree.splits.begin(), tree.splits.end(), name) != tree.splits.end();
  };
  if (has(asked)) return asked;
  if (asked == "val" && has("test")) return "test";
  if (asked == "test" && has("val")) return "val";
  std::string names;
  for (const std::string& name : tree.splits) names += (names.empty() ? "" : ", ") + name;
  throw Error(concat(tree.root.string(), " has no split \"", asked, "\"; there is ", names));
}

std::unique_ptr<Dataset> openNyuv2(const Nyuv2Tree& tree, const DataOptions& options) {
  const std::string split = splitOf(tree, options.split);
  std::vector<Frame> frames = framesOf(tree, split);
  if (frames.empty())
    throw Error(concat(tree.root.string(), ": its split \"", split, "\" holds no picture"));
  return std::make_unique<Nyuv2>(
      concat(tree.root.filename().string(), " \u00b7 ", split), std::move(frames),
      options.depthUnit, tree.root / "annotations" / concat("instances_", split, "_40.json"));
}

}  // namespace uninet
