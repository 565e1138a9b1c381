#include "core/outputs/run_lengths.h"

namespace uninet {

std::vector<std::int64_t> runLengths(const RegionMask& mask, cv::Size size) {
  std::vector<std::int64_t> counts;
  std::int64_t end = 0;  // of the last run, counted over columns
  std::uint8_t value = 0;
  const auto change = [&](std::int64_t at) {
    counts.push_back(at - end);
    end = at;
    value ^= 1;
  };
  const cv::Mat columns = mask.pixels.empty() ? cv::Mat() : cv::Mat(mask.pixels.t());
  const std::int64_t height = size.height, pixels = size.width * height;
  for (int x = 0; x < columns.rows; ++x) {
    const auto* column = columns.ptr<std::uint8_t>(x);
    const std::int64_t top = (mask.rect.x + x) * height + mask.rect.y;
    for (int y = 0; y < columns.cols; ++y)
      if (column[y] != value) change(top + y);
    // Below a mask that is lower than the image is more of the image, which is outside.
    const std::int64_t below = top + columns.cols;
    if (value == 1 && below < pixels && (columns.cols < height || x + 1 == columns.rows))
      change(below);
  }
  counts.push_back(pixels - end);
  return counts;
}

}  // namespace uninet
