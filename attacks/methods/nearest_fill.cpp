#include "attacks/methods/nearest_fill.h"

#include <cstdint>
#include <tuple>
#include <vector>

#include "core/base/error.h"

namespace uninet {
namespace {

/// Nearest row outside the mask in the same column, the upper one of two; −1: there is none.
cv::Mat nearestRows(const cv::Mat& mask) {
  cv::Mat rows(mask.size(), CV_32S);
  for (int x = 0; x < mask.cols; ++x) {
    int last = -1;
    for (int y = 0; y < mask.rows; ++y) {
      if (mask.at<std::uint8_t>(y, x) == 0) last = y;
      rows.at<int>(y, x) = last;
    }
    last = -1;
    for (int y = mask.rows - 1; y >= 0; --y) {
      if (mask.at<std::uint8_t>(y, x) == 0) last = y;
      int& above = rows.at<int>(y, x);
      if (last >= 0 && (above < 0 || last - y < y - above)) above = last;
    }
  }
  return rows;
}

}  // namespace

cv::Mat nearestOutside(const cv::Mat& mask) {
  if (cv::countNonZero(mask) == static_cast<int>(mask.total()))
    throw Error("the category covers the whole image: there is nothing to fill it from");
  const cv::Mat rows = nearestRows(mask);
  cv::Mat sources(mask.size(), CV_32SC2);
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x) {
      auto& source = sources.at<cv::Vec2i>(y, x);
      if (mask.at<std::uint8_t>(y, x) == 0) {
        source = {x, y};
        continue;
      }
      using Candidate = std::tuple<std::int64_t, int, int>;  // squared distance, row, column
      Candidate best{std::int64_t{1} << 40, 0, 0};
      const auto consider = [&](int column) {
        if (column < 0 || column >= mask.cols) return;
        const int row = rows.at<int>(y, column);
        if (row < 0) return;
        const std::int64_t dx = column - x, dy = row - y;
        best = std::min(best, Candidate{dx * dx + dy * dy, row, column});
      };
      // Outwards, until a column alone is farther than the best.
      for (std::int64_t d = 0; d * d <= std::get<0>(best) && d < mask.cols; ++d) {
        consider(x - static_cast<int>(d));
        consider(x + static_cast<int>(d));
      }
      source = {std::get<2>(best), std::get<1>(best)};
    }
  return sources;
}

cv::Mat filled(const cv::Mat& map, const cv::Mat& sources) {
  cv::Mat result(map.size(), map.type());
  const std::size_t bytes = map.elemSize();
  for (int y = 0; y < map.rows; ++y)
    for (int x = 0; x < map.cols; ++x) {
      const auto& source = sources.at<cv::Vec2i>(y, x);
      std::copy_n(map.ptr(source[1], source[0]), bytes, result.ptr(y, x));
    }
  return result;
}

}  // namespace uninet
