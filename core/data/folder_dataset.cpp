#include "core/data/folder_dataset.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr int kSmallestSide = 32;

bool isPicture(const fs::path& file) {
  std::string end = file.extension().string();
  std::transform(end.begin(), end.end(), end.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  for (const char* known : {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})
    if (end == known) return true;
  return false;
}

std::vector<fs::path> picturesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator it(folder, options, error), end; !error && it != end;
       it.increment(error))
    if (it->is_regular_file() && isPicture(it->path())) files.push_back(it->path());
  if (error)
    throw Error(
        concat(folder.string(), " cannot be read (", error.message(), "); check its permissions"));
  // An unreadable folder looks empty with the option above.
  fs::directory_iterator probe(folder, error);
  if (error)
    throw Error(
        concat(folder.string(), " cannot be read (", error.message(), "); check its permissions"));
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> picturesOfList(const fs::path& list) {
  std::vector<fs::path> files;
  std::istringstream lines(readTextFile(list));
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (line.empty()) continue;
    files.push_back(list.parent_path() / line);
    if (!fs::exists(files.back()))
      throw Error(concat(list.string(), " lists ", files.back().string(), ", which is not there"));
  }
  return files;
}

class Pictures : public Dataset {
 public:
  Pictures(fs::path root, std::vector<fs::path> files)
      : root_(std::move(root)), files_(std::move(files)) {
    for (const fs::path& file : files_) {
      std::string name = fs::relative(file, fs::is_directory(root_) ? root_ : root_.parent_path())
                             .replace_extension()
                             .generic_string();
      if (name.empty() || name.starts_with("..")) name = file.stem().string();
      const auto taken = [this](const std::string& wanted) {
        return std::find(names_.begin(), names_.end(), wanted) != names_.end();
      };
      if (taken(name)) name += file.extension().string();
      for (int n = 2; taken(name); ++n) name = concat(file.stem().string(), "-", n);
      names_.push_back(name);
    }
  }

  std::string title() const override { return root_.filename().string(); }
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
  fs::path root_;
  std::vector<fs::path> files_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<Dataset> openPictures(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path))
    files = picturesBelow(path);
  else if (path.extension() == ".txt")
    files = picturesOfList(path);
  else
    files = {path};
  if (files.empty())
    throw Error(concat(path.string(),
                       " holds no picture (png, jpg, bmp, webp, tif) and no Cityscapes tree "
                       "(leftImg8bit)"));
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
