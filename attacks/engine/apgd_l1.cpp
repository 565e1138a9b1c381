#include "attacks/engine/apgd_l1.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace uninet {
namespace {

constexpr double kFewer = 0.95, kSlower = 1.5, kLeast = 10;

}  // namespace

ApgdL1::ApgdL1(const NormBall& ball, int iterations)
    : ball_(ball),
      window_(std::max(4 * iterations / 100, 1)),
      step_(ball.epsilon()),
      share_(NormBall::kSparseShare),
      changedBefore_(static_cast<double>(ball.freeValues())) {}

at::Tensor ApgdL1::next(const at::Tensor& pixels, const at::Tensor& direction, double value) {
  at::Tensor from = pixels, along = direction;
  if (done_ == 0 || value > best_) {
    best_ = value;
    bestPixels_ = pixels;
    bestDirection_ = direction;
  }
  if (done_ > 0 && done_ % window_ == 0) {
    const double changed = (bestPixels_ != ball_.clean()).sum().item<double>();
    share_ = changed / (kSlower * static_cast<double>(ball_.freeValues()));
    if (changed < kFewer * changedBefore_) {
      step_ = ball_.epsilon();
      from = bestPixels_;
      along = bestDirection_;
    } else {
      step_ = std::max(step_ / kSlower, ball_.epsilon() / kLeast);
    }
    changedBefore_ = changed;
  }
  ++done_;
  return ball_.sparseStep(from, along, step_, share_);
}

}  // namespace uninet
