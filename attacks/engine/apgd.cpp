#include "attacks/engine/apgd.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace uninet {
namespace {

constexpr double kMomentum = 0.75, kRises = 0.75;

/// ⌊percent · n / 100⌋ without rounding of fractions.
int share(int percent, int n) { return static_cast<int>(std::int64_t{percent} * n / 100); }

}  // namespace

std::vector<int> apgdChecks(int iterations) {
  std::vector<int> checks;
  int window = std::max(share(22, iterations), 1), at = window;
  const int shorter = std::max(share(3, iterations), 1);
  const int least = std::max(share(6, iterations), 1);
  for (; at <= iterations; at += window) {
    checks.push_back(at);
    window = std::max(window - shorter, least);
  }
  return checks;
}

Apgd::Apgd(const NormBall& ball, int iterations)
    : ball_(ball), checks_(apgdChecks(iterations)), step_(2 * ball.epsilon()) {}

at::Tensor Apgd::next(const at::Tensor& pixels, const at::Tensor& direction, double value) {
  at::Tensor from = pixels, along = direction;
  if (done_ == 0 || value > best_) {
    best_ = value;
    bestPixels_ = pixels;
    bestDirection_ = direction;
  }
  if (done_ == 0) {
    bestAtCheck_ = value;
    before_ = pixels;
  } else if (value > lastValue_) {
    ++rises_;
  }
  lastValue_ = value;
  if (check_ < checks_.size() && done_ == checks_[check_]) {
    const bool seldom = rises_ <= kRises * (done_ - lastCheck_);
    const bool stuck = !halved_ && !(best_ > bestAtCheck_);
    halved_ = seldom || stuck;
    if (halved_) {
      step_ /= 2;
      from = bestPixels_;
      along = bestDirection_;
    }
    bestAtCheck_ = best_;
    lastCheck_ = done_;
    rises_ = 0;
    ++check_;
  }
  const double share = done_ == 0 ? 1 : kMomentum;
  const at::Tensor there = ball_.step(from, along, step_);
  const at::Tensor after =
      ball_.project(from + share * (there - from) + (1 - share) * (from - before_));
  before_ = pixels;
  ++done_;
  return after;
}

}  // namespace uninet
