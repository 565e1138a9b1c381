#pragma once

#include <cstdint>
#include <string>

#include <ATen/core/Tensor.h>

#include "core/base/options.h"

namespace uninet {

enum class Norm { linf, l2, l1 };

/// The images that an attack may reach (attacks §1): within `epsilon` of the clean one, inside
/// 0..255, and equal to it outside the region. All tensors [1, 3, H, W], pixel units, on the device
/// of the clean image. Only length(), rounded() and l1 projections wait for that device.
class NormBall {
 public:
  /// `region` [1, 1, H, W] of 0 and 1, or undefined: the whole image.
  NormBall(at::Tensor clean, Norm norm, double epsilon, at::Tensor region = {});

  /// The same one of `factor` times the radius.
  NormBall scaled(double factor) const { return {clean_, norm_, factor * epsilon_, region_}; }
  const at::Tensor& clean() const { return clean_; }
  double epsilon() const { return epsilon_; }
  Norm norm() const { return norm_; }
  /// Of a perturbation, in this norm.
  double length(const at::Tensor& delta) const;
  /// Values that the region leaves free.
  std::int64_t freeValues() const { return freeValues_; }
  /// Nearest image of the ball; then the range and the region. In l1 the nearest one of ball and
  /// range together.
  at::Tensor project(const at::Tensor& pixels) const;
  /// One step of length `alpha` along `direction`: sign for l∞, unit length for l2, for l1 the
  /// signs of the greatest fifth (SLIDE, Tramèr and Boneh 2019). Projected.
  at::Tensor step(const at::Tensor& pixels, const at::Tensor& direction, double alpha) const;
  /// One step of l1 length `alpha` along the signs of the `share` of the greatest gradients.
  at::Tensor sparseStep(const at::Tensor& pixels, const at::Tensor& direction, double alpha,
                        double share) const;
  static constexpr double kSparseShare = 0.2;
  /// One step along `direction` whose largest change of a value is `alpha`. Projected.
  at::Tensor stepByLargest(const at::Tensor& pixels, const at::Tensor& direction,
                           double alpha) const;
  /// Whole pixel values (half away from zero), still inside the ball: where rounding would leave
  /// it, values are rounded towards the clean image; in l1 all are.
  at::Tensor rounded(const at::Tensor& pixels) const;
  /// Seed of what is drawn for this clean image: another one for each image, so that the draws of a
  /// split are independent, and the same one for the same image wherever it stands in a split.
  std::uint64_t seedForImage(std::uint64_t seed) const;
  /// Uniform in the ball; in l1, where such a point changes no value by a whole one, normal noise
  /// of σ 255, projected (the start of APGD).
  at::Tensor uniform(std::uint64_t seed) const;
  /// Every value at the surface, with a random sign.
  at::Tensor randomSigns(std::uint64_t seed) const;

 private:
  at::Tensor clean_, region_;
  Norm norm_;
  double epsilon_;
  std::int64_t freeValues_;
};

/// Norm, radius and seed: members that every attack on a ball has.
struct BallOptions {
  std::string norm = "linf";
  double epsilon = 1;  ///< negative: unbounded
  std::int64_t seed = 0;

  enum class Bound { always, optional };  ///< optional: epsilon −1 is no ball
  /// What an attack draws from the seed; `starts`: its option random-start says whether.
  enum class Draws { nothing, always, starts };

  enum class Sparse { no, yes };  ///< whether the l1 ball is offered

  /// Norm and radius.
  void describe(OptionVisitor& visitor, const char* paperEpsilon, Bound bound = Bound::always,
                Sparse sparse = Sparse::no);
  void describeSeed(OptionVisitor& visitor, Draws draws);
  Norm kind() const { return norm == "l2" ? Norm::l2 : norm == "l1" ? Norm::l1 : Norm::linf; }
};

}  // namespace uninet
