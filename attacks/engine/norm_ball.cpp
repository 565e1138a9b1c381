#include "attacks/engine/norm_ball.h"

#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "attacks/engine/l1_ball.h"
#include "attacks/engine/step_on_card.h"
#include "core/base/random.h"

namespace uninet {
namespace {

constexpr double kNoise = 1e-3;  ///< of float32 around 255, with much to spare

at::Tensor euclidean(const at::Tensor& tensor) { return tensor.to(at::kDouble).norm(); }

/// `number` / `length` as it is, without waiting for its value; `otherwise` where that is 0.
at::Tensor quotient(double number, const at::Tensor& length, double otherwise) {
  const at::Tensor by = length.to(at::kDouble);
  return at::where(by > 0, at::full_like(by, number) / by, at::full_like(by, otherwise));
}

/// |values| rounded up from the fraction `threshold` on, with their sign.
at::Tensor roundFrom(const at::Tensor& values, double threshold) {
  return at::sign(values) * at::floor(values.abs() + (1 - threshold));
}

template <class Draw>
at::Tensor drawn(const at::Tensor& like, std::uint64_t seed, Draw draw) {
  Random random(seed);
  at::Tensor values = at::empty(like.sizes(), at::kFloat);
  float* p = values.data_ptr<float>();
  for (std::int64_t i = 0; i < values.numel(); ++i) p[i] = static_cast<float>(draw(random));
  return values.to(like.options());
}

double gaussian(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

}  // namespace

NormBall::NormBall(at::Tensor clean, Norm norm, double epsilon, at::Tensor region)
    : clean_(std::move(clean)),
      region_(std::move(region)),
      norm_(norm),
      epsilon_(epsilon),
      freeValues_(region_.defined() ? clean_.size(1) * region_.sum().item<std::int64_t>()
                                    : clean_.numel()) {}

double NormBall::length(const at::Tensor& delta) const {
  if (norm_ == Norm::l1) return delta.abs().sum(at::kDouble).item<double>();
  return (norm_ == Norm::linf ? delta.abs().max() : euclidean(delta)).item<double>();
}

at::Tensor NormBall::project(const at::Tensor& pixels) const {
  at::Tensor delta = pixels - clean_;
  if (region_.defined()) delta = delta * region_;
  if (norm_ == Norm::l1) {
    delta = nearestWithinL1(delta, clean_, epsilon_);
  } else if (norm_ == Norm::linf) {
    delta = delta.clamp(-epsilon_, epsilon_);
  } else {
    const at::Tensor found = euclidean(delta);
    delta = delta * at::where(found > epsilon_, quotient(epsilon_, found, 1), at::ones_like(found));
  }
  return (clean_ + delta).clamp(0, 255);
}

at::Tensor NormBall::step(const at::Tensor& pixels, const at::Tensor& direction,
                          double alpha) const {
  if (norm_ == Norm::linf)
    return canStepOnCard(pixels) ? stepOnCard(pixels, clean_, direction, region_, alpha, epsilon_)
                                 : project(pixels + alpha * at::sign(direction));
  if (norm_ == Norm::l1) return sparseStep(pixels, direction, alpha, kSparseShare);
  const at::Tensor length = euclidean(direction);
  // Neither 0 nor NaN is a direction.
  return project(at::where(length > 0, pixels + direction * quotient(alpha, length, 0), pixels));
}

at::Tensor NormBall::sparseStep(const at::Tensor& pixels, const at::Tensor& direction, double alpha,
                                double share) const {
  const at::Tensor free = region_.defined() ? direction * region_ : direction;
  const std::int64_t count = freeValues();
  return count > 0 ? project(pixels + alpha * sparseDirection(free, share, count))
                   : project(pixels);
}

at::Tensor NormBall::stepByLargest(const at::Tensor& pixels, const at::Tensor& direction,
                                   double alpha) const {
  return project(pixels + direction * quotient(alpha, direction.abs().max(), 0));
}

at::Tensor NormBall::rounded(const at::Tensor& pixels) const {
  const at::Tensor delta = pixels - clean_;
  if (norm_ == Norm::linf) {
    const double whole = std::floor(epsilon_);
    return clean_ + roundFrom(delta, 0.5).clamp(-whole, whole);
  }
  if (norm_ == Norm::l1) {
    // Float32 holds a change of 29 as 28.99999.
    const at::Tensor whole = roundFrom(delta, 1 - kNoise);
    return clean_ + (length(whole) <= epsilon_ ? whole : at::trunc(delta));
  }
  // On the CPU, which asks for many lengths one after the other.
  const at::Tensor here = delta.cpu();
  const auto inside = [&](double threshold) {
    return length(roundFrom(here, threshold)) <= epsilon_;
  };
  double low = 0.5, high = 1;
  if (inside(low)) return clean_ + roundFrom(delta, low);
  // The smallest rounding threshold that stays inside; rounding all down (1) always does.
  for (int i = 0; i < 20; ++i) {
    const double middle = (low + high) / 2;
    (inside(middle) ? high : low) = middle;
  }
  return clean_ + (high < 1 ? roundFrom(delta, high) : at::trunc(delta));
}

std::uint64_t NormBall::seedForImage(std::uint64_t seed) const {
  // FNV-1a over the values as whole numbers, which those of a clean image are: neither device nor
  // precision shows in it.
  const at::Tensor values = clean_.to(at::kCPU).round().to(at::kByte).contiguous();
  const std::span<const std::uint8_t> bytes(values.data_ptr<std::uint8_t>(),
                                            static_cast<std::size_t>(values.numel()));
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3ull;
  return Random::mix(seed, hash);
}

at::Tensor NormBall::uniform(std::uint64_t seed) const {
  if (norm_ == Norm::linf)
    return project(clean_ + drawn(clean_, seed, [this](Random& random) {
                     return random.uniform(-epsilon_, epsilon_);
                   }));
  const at::Tensor direction = drawn(clean_, seed, gaussian);
  if (norm_ == Norm::l1) return project(clean_ + 255 * direction);
  const double fraction =
      std::pow(Random(Random::mix(seed, 1)).uniform(), 1.0 / static_cast<double>(clean_.numel()));
  return project(clean_ + direction * quotient(epsilon_ * fraction, euclidean(direction), 0));
}

at::Tensor NormBall::randomSigns(std::uint64_t seed) const {
  const at::Tensor signs =
      drawn(clean_, seed, [](Random& random) { return random.chance(0.5) ? 1.0 : -1.0; });
  const auto count = static_cast<double>(clean_.numel());
  const double size = norm_ == Norm::linf ? epsilon_
                      : norm_ == Norm::l2 ? epsilon_ / std::sqrt(count)
                                          : epsilon_ / count;
  return project(clean_ + size * signs);
}

void BallOptions::describe(OptionVisitor& visitor, const char* paperEpsilon, Bound bound,
                           Sparse sparse) {
  static constexpr std::array<Choice, 3> kNorms{{{"linf", "each value (l\u221e)"},
                                                 {"l2", "whole image (l2)"},
                                                 {"l1", "sum of all values (l1)"}}};
  visitor.choice(
      OptionInfo{"norm", "Norm", "How the size of the perturbation is measured.", "", "linf"}
          .inAdvanced(),
      norm, std::span(kNorms).first(sparse == Sparse::yes ? 3 : 2));
  const char* const meaning = sparse == Sparse::yes
                                  ? "Largest perturbation, in 8-bit pixel values (2 = 2/255): of "
                                    "each value for l\u221e, of "
                                    "the whole image for l2, and for l1 their sum."
                                  : "Largest perturbation, in 8-bit pixel values (2 = 2/255): of "
                                    "each value for l\u221e, of "
                                    "the whole image for l2.";
  OptionInfo strength{"epsilon", "Strength \u03b5", meaning, "px", paperEpsilon};
  strength = strength.ofScale(255, "norm");
  // The paper's values are of the l\u221e ball.
  if (kind() == Norm::linf) strength = strength.withMarks({0.25, 1, 2, 4, 8, 16});
  if (bound == Bound::optional) strength = strength.withSpecial({-1, "unlimited", "unlimited"});
  visitor.number(strength, epsilon, {0, sparse == Sparse::yes ? 1e7 : 1e5, 0.25});
}

void BallOptions::describeSeed(OptionVisitor& visitor, Draws draws) {
  const OptionInfo always =
      OptionInfo{"seed", "Seed", "Fixes what is drawn at random."}.inAdvanced();
  const OptionInfo never =
      OptionInfo{"seed", "Seed", "Kept with the result; this attack draws nothing at random."}
          .inAdvanced();
  visitor.integer(draws == Draws::nothing  ? never
                  : draws == Draws::starts ? always.where("random-start", "true")
                                           : always,
                  seed, {0, 9007199254740992.0, 1});
}

}  // namespace uninet
