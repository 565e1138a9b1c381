#pragma once

#include <math.h>

#include "model/cuda/host_device.h"
#include "model/cuda/pgd_step.h"

/// What a thread of the kernels of pgd_step.h does: the float operations of NormBall and of the
/// gradient loop, in their order.
namespace uninet::cuda {

/// 0 of NaN, as at::sign.
UNINET_HOST_DEVICE inline float signOf(float x) { return static_cast<float>((0 < x) - (x < 0)); }

/// NaN stays NaN.
UNINET_HOST_DEVICE inline float clampTo(float x, float low, float high) {
  const float raised = x < low ? low : x;
  return high < raised ? high : raised;
}

UNINET_HOST_DEVICE inline float changeOf(const PgdStep& step, float moved, std::int64_t i) {
  const float delta = moved - step.clean[i];
  return step.region == nullptr ? delta : delta * step.region[i % step.plane];
}

struct StepLinf {
  PgdStep step;

  UNINET_HOST_DEVICE void operator()(const Stride& stride, GradientSums& sums) const {
    const auto alpha = static_cast<float>(step.alpha);
    const auto low = static_cast<float>(-step.epsilon), high = static_cast<float>(step.epsilon);
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const float direction = step.direction[i];
      sums.add(direction);
      const float delta = changeOf(step, step.pixels[i] + alpha * signOf(direction), i);
      step.out[i] = clampTo(step.clean[i] + clampTo(delta, low, high), 0, 255);
    }
  }
};

struct SumValues {
  const float* values;

  UNINET_HOST_DEVICE void operator()(const Stride& stride, GradientSums& sums) const {
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) sums.add(values[i]);
  }
};

/// The change after the step into `out`, and its sums.
struct MoveL2 {
  PgdStep step;
  const GradientSums* ofDirection;

  UNINET_HOST_DEVICE void operator()(const Stride& stride, GradientSums& sums) const {
    const double length = ofDirection->l2();
    const auto scale = static_cast<float>(step.alpha / length);
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const float moved = length > 0 ? step.pixels[i] + step.direction[i] * scale : step.pixels[i];
      const float delta = changeOf(step, moved, i);
      sums.add(delta);
      step.out[i] = delta;
    }
  }
};

/// From the change in `out` to the image.
struct ProjectL2 {
  PgdStep step;
  const GradientSums* ofChange;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    const double length = ofChange->l2();
    const bool outside = length > step.epsilon;
    const auto scale = static_cast<float>(step.epsilon / length);
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const float delta = outside ? step.out[i] * scale : step.out[i];
      step.out[i] = clampTo(step.clean[i] + delta, 0, 255);
    }
  }
};

/// Sums of the gradient divided by its greatest value.
struct SumScaled {
  const float* gradient;
  const GradientSums* ofGradient;

  UNINET_HOST_DEVICE void operator()(const Stride& stride, GradientSums& sums) const {
    const float largest = ofGradient->largest;
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step)
      sums.add(gradient[i] / largest);
  }
};

struct UpdateVelocity {
  VelocityStep step;
  const GradientSums* ofGradient;
  const GradientSums* ofScaled;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    const float largest = ofGradient->largest;
    const auto mean = static_cast<float>(ofScaled->meanAbsolute(step.count));
    const auto momentum = static_cast<float>(step.momentum);
    for (std::int64_t i = stride.first; i < stride.end; i += stride.step) {
      const float gradient = step.gradient[i];
      const float direction = largest > 0 ? gradient / largest / mean : gradient;
      step.velocity[i] = step.first ? direction : direction + momentum * step.velocity[i];
    }
  }
};

// The passes; `grid` is a Grid (launch.cuh), or in the tests loops.

template <class Grid>
void stepLinfOn(const Grid& grid, const PgdStep& step, GradientSums* sums) {
  grid.sumEach(StepLinf{step}, step.count(), sums + 2, sums);
}

template <class Grid>
void stepL2On(const Grid& grid, const PgdStep& step, GradientSums* sums) {
  GradientSums* const ofChange = sums + 1;
  grid.sumEach(SumValues{step.direction}, step.count(), sums + 2, sums);
  grid.sumEach(MoveL2{step, sums}, step.count(), sums + 2, ofChange);
  grid.each(ProjectL2{step, ofChange}, step.count());
}

template <class Grid>
void updateVelocityOn(const Grid& grid, const VelocityStep& step, GradientSums* sums) {
  GradientSums* const ofScaled = sums + 1;
  grid.sumEach(SumValues{step.gradient}, step.count, sums + 2, sums);
  grid.sumEach(SumScaled{step.gradient, sums}, step.count, sums + 2, ofScaled);
  grid.each(UpdateVelocity{step, sums, ofScaled}, step.count);
}

}  // namespace uninet::cuda
