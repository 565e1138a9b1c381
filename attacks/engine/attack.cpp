#include "attacks/engine/attack.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"

namespace uninet {

Norms measureNorms(const cv::Mat& clean, const cv::Mat& attacked) {
  if (clean.size() != attacked.size() || clean.type() != CV_8UC3 || attacked.type() != CV_8UC3)
    throw Error("norms: two RGB images of one size are needed");
  Norms norms;
  std::int64_t squares = 0;
  int largest = 0;
  for (int y = 0; y < clean.rows; ++y) {
    const auto* a = clean.ptr<cv::Vec3b>(y);
    const auto* b = attacked.ptr<cv::Vec3b>(y);
    for (int x = 0; x < clean.cols; ++x) {
      int changed = 0;
      for (int c = 0; c < 3; ++c) {
        const int d = std::abs(static_cast<int>(b[x][c]) - a[x][c]);
        squares += static_cast<std::int64_t>(d) * d;
        changed = std::max(changed, d);
      }
      largest = std::max(largest, changed);
      norms.l0 += changed > 0 ? 1 : 0;
    }
  }
  norms.linf = largest;
  norms.l2 = std::sqrt(static_cast<double>(squares));
  return norms;
}

Prediction cleanPrediction(const AttackInput& input) {
  return input.clean.image.empty() ? input.engine.predict(input.sample.image) : input.clean;
}

}  // namespace uninet
