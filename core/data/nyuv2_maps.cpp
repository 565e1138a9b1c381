#include "core/data/nyuv2_maps.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/npy.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestArray = std::size_t{256} << 20;
/// Medians of indoor depth outside of these speak of another unit, metres.
constexpr double kNearestMedian = 0.1, kFarthestMedian = 80;
/// How far the length of a normal may be from 1.
constexpr double kLengthBound = 0.05;

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

/// An array of height × width, or × `channels`, as CV_32F.
cv::Mat readNpyMap(const fs::path& file, int channels = 1) {
  const std::string bytes = readTextFile(file, kLargestArray);
  NpyHeader header;
  try {
    header = readNpyHeader(bytes);
  } catch (const Error& error) {
    throw Error(concat(file.string(), " ", error.what()));
  }
  std::vector<std::int64_t> shape = header.shape;
  if (shape.size() == 2) shape.push_back(1);
  if (shape.size() != 3 || shape[0] < 1 || shape[1] < 1 || shape[0] > 16384 || shape[1] > 16384 ||
      shape[2] != channels || header.fortran) {
    std::string found;
    for (const std::int64_t side : header.shape)
      found += concat(found.empty() ? "" : " \u00d7 ", side);
    throw Error(concat(file.string(), ": expected ",
                       channels == 1 ? "one map, height \u00d7 width"
                                     : concat("height \u00d7 width \u00d7 ", channels),
                       ", row by row, found ", found.empty() ? "a number" : found,
                       header.fortran ? " in Fortran order" : ""));
  }
  const int depth = header.valueBytes == 4 ? CV_32F : CV_64F;
  cv::Mat map(static_cast<int>(shape[0]), static_cast<int>(shape[1]), CV_MAKETYPE(depth, channels));
  std::memcpy(map.data, bytes.data() + header.begin, map.total() * map.elemSize());
  map.convertTo(map, CV_32F);
  return map;
}

}  // namespace

cv::Mat readNyuv2Labels(const fs::path& file) {
  const int classes = static_cast<int>(nyuv2Classes()->semantic.size());
  cv::Mat labels = readLabels(file);
  for (int y = 0; y < labels.rows; ++y)
    for (int x = 0; x < labels.cols; ++x) {
      const int label = labels.at<std::uint8_t>(y, x);
      if (label > classes && label != kIgnoreLabel)
        throw Error(concat(file.string(), ": expected labels 0 to ", classes, " (or ",
                           int{kIgnoreLabel}, "), found ", label, "; the ", classes,
                           " classes of NYUv2 are needed, not its 894 labels"));
    }
  return labels;
}

cv::Mat readNyuv2Depth(const fs::path& file, double unit) {
  const bool array = file.extension() == ".npy";
  cv::Mat metres = array ? readNpyMap(file) : readMap(file, CV_16U);
  if (unit <= 0) unit = array ? 1 : 0.001;
  metres.convertTo(metres, CV_32F, unit);
  const double median = medianOf(metres);
  if (median > 0 && (median < kNearestMedian || median > kFarthestMedian))
    throw Error(concat(
        file.string(), ": expected depth in units of ", unit, " m, found a median of ", median,
        " m; --depth-unit, or Depth unit in the window's menu of the images, says how "
        "many metres a unit is"));
  return metres;
}

cv::Mat readNyuv2Normals(const fs::path& file) {
  cv::Mat normals;
  if (file.extension() == ".npy") {
    normals = readNpyMap(file, 3);
  } else {
    const cv::Mat colours = readImage(file);
    colours.convertTo(normals, CV_32F, 2. / 255, -1);
    const cv::Scalar grey = cv::Scalar::all(127), lighter = cv::Scalar::all(128);
    cv::Mat unknown;
    cv::inRange(colours, grey, lighter, unknown);
    normals.setTo(cv::Scalar::all(0), unknown);
    cv::inRange(colours, cv::Scalar::all(0), cv::Scalar::all(0), unknown);
    normals.setTo(cv::Scalar::all(0), unknown);
  }
  for (int y = 0; y < normals.rows; ++y)
    for (int x = 0; x < normals.cols; ++x) {
      const cv::Vec3f& normal = normals.at<cv::Vec3f>(y, x);
      if (normal == cv::Vec3f()) continue;
      const double length = cv::norm(normal);
      if (!(std::abs(length - 1) <= kLengthBound))
        throw Error(concat(file.string(), ": expected unit vectors (lengths from ",
                           1 - kLengthBound, " to ", 1 + kLengthBound,
                           ", or 0 where unknown), found a length of ", length, " in row ", y,
                           ", column ", x));
    }
  return normals;
}

cv::Mat readNyuv2Edges(const fs::path& file) {
  const cv::Mat values = readNpyMap(file);
  cv::Mat edges(values.size(), CV_8U);
  for (int y = 0; y < values.rows; ++y)
    for (int x = 0; x < values.cols; ++x) {
      const float value = values.at<float>(y, x);
      if (value != 0 && value != 1)
        throw Error(concat(file.string(), ": expected 0 or 1 (an edge), found ", value, " in row ",
                           y, ", column ", x));
      edges.at<std::uint8_t>(y, x) = value == 1 ? 1 : 0;
    }
  return edges;
}

}  // namespace uninet
