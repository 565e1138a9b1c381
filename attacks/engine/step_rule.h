#pragma once

#include <ATen/core/Tensor.h>

namespace uninet {

/// Finds the length of each step of a run by itself.
class StepRule {
 public:
  virtual ~StepRule() = default;
  /// The image after `pixels`, of which `value` (greater is better) and `direction` (in which it
  /// rises) are known.
  virtual at::Tensor next(const at::Tensor& pixels, const at::Tensor& direction, double value) = 0;
  /// Whether the image that next() returned last may be the result: it is in the ball.
  virtual bool inside() const { return true; }
};

}  // namespace uninet
