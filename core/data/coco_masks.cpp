#include "core/data/coco_masks.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr int kFine = 5;  ///< points of the fine grid in a pixel
constexpr std::int64_t kLongestRun = std::int64_t{1} << 31;

/// On the fine grid, rounded as pycocotools does.
int fine(double v) { return static_cast<int>(kFine * v + 0.5); }

/// Sets what lies between the first and the second place, the third and the fourth, … of places
/// counted column by column.
cv::Mat filledBetween(std::vector<std::int64_t> places, cv::Size size) {
  std::sort(places.begin(), places.end());
  cv::Mat columns = cv::Mat::zeros(size.width, size.height, CV_8U);
  const auto pixels = static_cast<std::int64_t>(columns.total());
  for (std::size_t i = 0; i < places.size(); i += 2) {
    const std::int64_t end = i + 1 < places.size() ? places[i + 1] : pixels;
    std::fill(columns.data + places[i], columns.data + end, std::uint8_t{1});
  }
  return columns.t();
}

}  // namespace

void checkRuns(const std::vector<std::int64_t>& runs, cv::Size size) {
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  std::int64_t end = 0;
  for (const std::int64_t run : runs) {
    if (run < 0) throw Error(concat("expected run lengths from 0, found ", run));
    if (run > pixels - end)
      throw Error(concat("expected run lengths of ", pixels, " pixels, found more"));
    end += run;
  }
  if (end != pixels)
    throw Error(concat("expected run lengths of ", pixels, " pixels, found ", end));
}

void checkOutline(const std::vector<double>& points, cv::Size size) {
  if (points.size() % 2 != 0 || points.size() < 6)
    throw Error(concat("expected an outline of three points or more, x and y of each, found ",
                       points.size(), " numbers"));
  const auto near = [](double v, int side) { return v >= -side && v <= 2.0 * side; };
  for (std::size_t i = 0; i < points.size(); i += 2)
    if (!near(points[i], size.width) || !near(points[i + 1], size.height))
      throw Error(concat("expected points in an image of ", size.height, "x", size.width,
                         ", found ", points[i], ", ", points[i + 1]));
}

cv::Mat maskOfRuns(const std::vector<std::int64_t>& runs, cv::Size size) {
  checkRuns(runs, size);
  std::vector<std::int64_t> places(runs.size());
  std::partial_sum(runs.begin(), runs.end(), places.begin());
  return filledBetween(std::move(places), size);
}

std::vector<std::int64_t> runsOfText(std::string_view text) {
  std::vector<std::int64_t> runs;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t run = 0;
    for (int shift = 0;; shift += 5) {
      if (at == text.size())
        throw Error("expected compressed run lengths, found an end within one");
      const int bits = text[at++] - '0';
      if (bits < 0 || bits > 63 || shift > 35)
        throw Error("expected compressed run lengths, found another text");
      run |= static_cast<std::int64_t>(bits & 31) << shift;
      if ((bits & 32) != 0) continue;
      if ((bits & 16) != 0) run -= std::int64_t{1} << (shift + 5);
      break;
    }
    if (runs.size() > 2) run += runs[runs.size() - 2];
    if (run < 0 || run > kLongestRun)
      throw Error(concat("expected run lengths from 0 to ", kLongestRun, ", found ", run));
    runs.push_back(run);
  }
  return runs;
}

cv::Mat maskOfOutline(const std::vector<double>& points, cv::Size size) {
  checkOutline(points, size);
  const std::size_t corners = points.size() / 2;
  std::vector<cv::Point> outline;
  for (std::size_t i = 0; i < corners; ++i)
    outline.emplace_back(fine(points[2 * i]), fine(points[2 * i + 1]));
  std::vector<std::int64_t> places;
  cv::Point last = outline.front();
  const auto visit = [&](cv::Point to) {
    const int left = std::min(to.x, last.x), top = std::min(to.y, last.y);
    // Between the two points lies the middle of a column of pixels.
    if (to.x != last.x && left >= 0 && left % kFine == kFine / 2 && left / kFine < size.width) {
      const double y = std::clamp((top + 0.5) / kFine - 0.5, 0.0, static_cast<double>(size.height));
      places.push_back(std::int64_t{left / kFine} * size.height +
                       static_cast<std::int64_t>(std::ceil(y)));
    }
    last = to;
  };
  for (std::size_t i = 0; i < corners; ++i) {
    cv::Point from = outline[i], to = outline[(i + 1) % corners];
    const int dx = std::abs(to.x - from.x), dy = std::abs(to.y - from.y);
    const int steps = std::max(dx, dy);
    const bool flat = dx >= dy, back = flat ? from.x > to.x : from.y > to.y;
    // Rounding is that of the way along which the longer coordinate grows.
    if (back) std::swap(from, to);
    const double slope = steps == 0 ? 0
                         : flat     ? static_cast<double>(to.y - from.y) / dx
                                    : static_cast<double>(to.x - from.x) / dy;
    for (int step = 0; step <= steps; ++step) {
      const int d = back ? steps - step : step;
      visit(flat ? cv::Point(from.x + d, static_cast<int>(from.y + slope * d + 0.5))
                 : cv::Point(static_cast<int>(from.x + slope * d + 0.5), from.y + d));
    }
  }
  return filledBetween(std::move(places), size);
}

}  // namespace uninet
