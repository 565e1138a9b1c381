#include "core/outputs/run_lengths.h"

namespace uninet {

std::vector<std::int64_t> runLengths(const cv::Mat& mask) {
  const cv::Mat columns = mask.t();
  std::vector<std::int64_t> counts;
  std::int64_t run = 0;
  std::uint8_t value = 0;
  for (int x = 0; x < columns.rows; ++x) {
    const auto* row = columns.ptr<std::uint8_t>(x);
    for (int y = 0; y < columns.cols; ++y) {
      if (row[y] != value) {
        counts.push_back(run);
        run = 0;
        value = row[y];
      }
      ++run;
    }
  }
  counts.push_back(run);
  return counts;
}

}  // namespace uninet
