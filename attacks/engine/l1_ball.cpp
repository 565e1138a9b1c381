#include "attacks/engine/l1_ball.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace uninet {
namespace {

constexpr int kRounds = 200;

/// What a value wants to change by, and what the range leaves it.
struct Wish {
  double size = 0, room = 0;

  double at(double lambda) const { return std::clamp(size - lambda, 0., room); }
};

/// Solves Σ clip(size − λ, 0, room) = ε, which falls with λ, by halving; values whose form is known
/// within the bracket are summed up and leave the list.
class Threshold {
 public:
  Threshold(std::vector<Wish> wishes, double epsilon)
      : open_(std::move(wishes)), epsilon_(epsilon) {
    for (const Wish& wish : open_) high_ = std::max(high_, wish.size);
  }

  double solve() {
    if (sum(0) <= epsilon_) return 0;
    for (int round = 0; round < kRounds && !open_.empty(); ++round) {
      const double middle = (low_ + high_) / 2;
      (sum(middle) > epsilon_ ? low_ : high_) = middle;
      settle();
    }
    if (!open_.empty() || falling_ == 0) return high_;
    return std::clamp((full_ + sizes_ - epsilon_) / static_cast<double>(falling_), low_, high_);
  }

 private:
  double sum(double lambda) const {
    double total = full_ + sizes_ - static_cast<double>(falling_) * lambda;
    for (const Wish& wish : open_) total += wish.at(lambda);
    return total;
  }
  void settle() {
    std::erase_if(open_, [this](const Wish& wish) {
      if (wish.size <= low_) return true;
      if (wish.size - high_ >= wish.room) {
        full_ += wish.room;
        return true;
      }
      if (wish.size < high_ || wish.size - low_ > wish.room) return false;
      sizes_ += wish.size;
      ++falling_;
      return true;
    });
  }

  std::vector<Wish> open_;
  double epsilon_, low_ = 0, high_ = 0;
  double full_ = 0, sizes_ = 0;  ///< of values at the end of their room, of those that fall with λ
  std::int64_t falling_ = 0;
};

}  // namespace

at::Tensor nearestWithinL1(const at::Tensor& wanted, const at::Tensor& clean, double epsilon) {
  const at::Tensor both =
      at::stack({wanted.to(at::kDouble), clean.to(at::kDouble)}).contiguous().cpu();
  const at::Tensor y = both[0], x = both[1];
  const double *wish = y.data_ptr<double>(), *value = x.data_ptr<double>();
  const auto roomOf = [&](std::int64_t i) { return wish[i] > 0 ? 255 - value[i] : value[i]; };
  std::vector<Wish> wishes;
  for (std::int64_t i = 0; i < y.numel(); ++i)
    if (wish[i] != 0) wishes.push_back({std::abs(wish[i]), roomOf(i)});
  const double lambda = Threshold(std::move(wishes), epsilon).solve();
  at::Tensor nearest = at::zeros_like(y);
  double* out = nearest.data_ptr<double>();
  for (std::int64_t i = 0; i < y.numel(); ++i)
    if (wish[i] != 0)
      out[i] = std::copysign(Wish{std::abs(wish[i]), roomOf(i)}.at(lambda), wish[i]);
  return nearest.to(wanted.options());
}

at::Tensor sparseDirection(const at::Tensor& direction, double share, std::int64_t count) {
  const at::Tensor sizes = direction.abs().flatten();
  const auto kept = count - std::clamp<std::int64_t>(
                                static_cast<std::int64_t>((1 - share) * static_cast<double>(count)),
                                0, count - 1);
  const at::Tensor least = std::get<0>(at::kthvalue(sizes, sizes.numel() - kept + 1));
  const at::Tensor signs =
      at::where(direction.abs() >= least, at::sign(direction), at::zeros({}, direction.options()));
  return signs / signs.abs().sum(at::kDouble).clamp_min(1);
}

}  // namespace uninet
