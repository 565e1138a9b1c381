#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/data/label_kind.h"
#include "core/data/sample.h"

namespace uninet {

/// An ordered list of frames. load() and image() may be called from several threads at once.
class Dataset {
 public:
  virtual ~Dataset() = default;
  /// What the window shows as its name: "Streetscape · val", "cityscapes · val".
  virtual std::string title() const = 0;
  virtual std::size_t size() const = 0;
  /// Unique name of a frame, e.g. frankfurt_000000_000294; what is written of it can be named by it
  /// (see OutputNames), in folders where it holds slashes.
  virtual std::string name(std::size_t index) const = 0;
  /// City, or empty: what the window groups by.
  virtual std::string group(std::size_t) const { return {}; }
  /// Those of its label images.
  virtual Classes classes() const { return cityscapesClasses(); }
  /// Whether its depth is in units that DataOptions::depthUnit can name.
  virtual bool hasDepthUnit() const { return false; }
  /// Whether any ground truth can be expected.
  virtual bool hasGroundTruth() const = 0;
  /// Reads one frame with all that there is of its ground truth; throws Error naming the file.
  virtual RawFrame load(std::size_t index) const = 0;
  /// The image alone, RGB CV_8UC3.
  virtual cv::Mat image(std::size_t index) const { return load(index).image; }
  /// Index of the frame with this name; throws Error.
  std::size_t indexOf(const std::string& name) const;
};

/// Metres that a unit of depth files can be.
inline constexpr double kSmallestDepthUnit = 1e-6, kLargestDepthUnit = 1000;

/// What is asked of the data at a path.
struct DataOptions {
  std::string split = "val";
  bool splitGiven = false;  ///< by a person: data without splits is then an error
  LabelChoice labels = LabelChoice::automatic;
  /// Metres of one unit of depth files; 0: what the data set has, millimetres or metres.
  double depthUnit = 0;
};

/// Cityscapes or NYUv2 tree, folder of pictures, list or single picture, found out by looking.
/// Throws Error: nothing there, no picture, no such split, a split of plain pictures.
std::unique_ptr<Dataset> openDataset(const std::filesystem::path& path, const DataOptions& options);
/// The same with a split that is used if there are splits.
std::unique_ptr<Dataset> openDataset(const std::filesystem::path& path, const std::string& split);
/// Whether the data at a path has splits to choose from: a Cityscapes or NYUv2 tree.
bool hasSplits(const std::filesystem::path& path);

}  // namespace uninet
