#include "attacks/engine/shrinking_ball.h"

#include <array>

namespace uninet {

ShrinkingBall::ShrinkingBall(const NormBall& ball, const std::vector<double>& factors,
                             int iterations, const MakeRule& make) {
  constexpr std::array kPercent{30, 30};
  int left = iterations;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const bool last = i + 1 == factors.size();
    const int share = last ? left : kPercent.at(i) * iterations / 100;
    const int steps = last ? share : share - 1;  // the other one is the projection
    if (steps <= 0 && !last) continue;
    phases_.push_back(std::make_unique<Phase>(Phase{ball.scaled(factors[i]), steps, nullptr}));
    phases_.back()->rule = make(phases_.back()->ball, steps);
    left -= share;
  }
}

at::Tensor ShrinkingBall::next(const at::Tensor& pixels, const at::Tensor& direction,
                               double value) {
  if (done_ == 0 || value > best_) {
    best_ = value;
    bestPixels_ = pixels;
  }
  if (!inside() && done_ == phases_[phase_]->steps) {
    done_ = 0;
    return phases_[++phase_]->ball.project(bestPixels_);
  }
  ++done_;
  return phases_[phase_]->rule->next(pixels, direction, value);
}

}  // namespace uninet
