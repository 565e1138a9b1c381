#include "core/data/folder_dataset.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/output_names.h"
#include "core/base/pictures.h"
#include "core/data/picture_list.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr int kSmallestSide = 32;

/// Whether a picture of this name holds ground truth of Cityscapes.
bool isTruth(const fs::path& file) {
  const std::string stem = file.stem().string();
  return stem.find("_gtFine_") != std::string::npos ||
         stem.find("_gtCoarse_") != std::string::npos ||
         (stem.ends_with("_disparity") && file.extension() == ".png");
}

std::vector<fs::path> picturesBelow(const fs::path& folder) {
  std::vector<fs::path> files = filesBelow(folder);
  std::erase_if(files, [](const fs::path& file) { return !hasPictureEnding(file); });
  const auto truth = std::find_if(files.begin(), files.end(), isTruth);
  if (truth != files.end())
    throw Error(concat(folder.string(), " holds ground truth of Cityscapes (",
                       truth->lexically_relative(folder).string(),
                       ") but no tree of it: leftImg8bit is not in it, nor in a folder in it, nor "
                       "is it one or a part of one; point at the folder that holds leftImg8bit, or "
                       "at pictures alone"));
  return files;
}

/// Path below `base` without its ending; of a file that is elsewhere its name alone.
std::string wantedName(const fs::path& file, const fs::path& base) {
  const fs::path relative = plainPath(file).lexically_relative(base);
  const bool inside = !relative.empty() && *relative.begin() != "..";
  fs::path name = inside ? relative : file.filename();
  return name.replace_extension().generic_string();
}

class Pictures : public Dataset {
 public:
  Pictures(const fs::path& root, std::vector<fs::path> files)
      : title_(plainPath(root).filename().string()), files_(std::move(files)) {
    const fs::path base = isFolder(root) ? plainPath(root) : plainPath(root).parent_path();
    OutputNames names;
    for (const fs::path& file : files_) {
      const std::string wanted = wantedName(file, base);
      names_.push_back(names.add(wanted, wanted + file.extension().string()));
    }
  }

  std::string title() const override { return title_; }
  std::size_t size() const override { return files_.size(); }
  std::string name(std::size_t index) const override { return names_.at(index); }
  bool hasGroundTruth() const override { return false; }
  cv::Mat image(std::size_t index) const override { return readPicture(files_.at(index)); }
  RawFrame load(std::size_t index) const override {
    RawFrame frame;
    frame.name = name(index);
    frame.image = image(index);
    frame.notes = {"no ground truth: this is a plain picture; metrics need a Cityscapes tree"};
    return frame;
  }

 private:
  std::string title_;
  std::vector<fs::path> files_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<Dataset> openPictures(const fs::path& path) {
  std::vector<fs::path> files;
  if (isFolder(path)) {
    files = picturesBelow(path);
  } else {
    requireFile(path);
    files = isPictureList(path) ? readPictureList(path) : std::vector<fs::path>{path};
  }
  if (files.empty())
    throw Error(concat(path.string(), isFolder(path) ? " holds" : " lists",
                       " no picture (png, jpg, bmp, webp, tif)",
                       isFolder(path) ? " and no Cityscapes tree (leftImg8bit)" : ""));
  return std::make_unique<Pictures>(path, std::move(files));
}

std::unique_ptr<Dataset> openPictureFiles(std::vector<fs::path> files) {
  if (files.empty()) throw Error("there is no picture to open");
  const fs::path first = files.front();
  return std::make_unique<Pictures>(first, std::move(files));
}

cv::Mat readPicture(const fs::path& file) {
  cv::Mat image = readImage(file);
  if (image.cols < kSmallestSide || image.rows < kSmallestSide)
    throw Error(concat(file.string(), ": expected at least ", kSmallestSide,
                       " pixels a side, found ", image.rows, "x", image.cols));
  return image;
}

}  // namespace uninet
