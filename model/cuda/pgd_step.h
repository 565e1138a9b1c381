#pragma once

#include <math.h>

#include <cstdint>

#include "model/cuda/host_device.h"
#include "model/cuda/stream.h"

/// The update of a gradient attack (NormBall::step() and the momentum of the gradient loop) on the
/// card. All pointers are the card's, values float32; the same bytes every time. In l∞ the bytes of
/// the CPU; in l2 and for the velocity a norm or mean is summed in another order in float64, so
/// that a value may differ by the last bit of its float32 factor. Errors: failure.h.
namespace uninet::cuda {

/// Of the values of a gradient.
struct GradientSums {
  double squares, absolute;
  float largest;  ///< |value|; NaN if there is one
  std::int64_t zeros;

  UNINET_HOST_DEVICE double l2() const { return sqrt(squares); }
  UNINET_HOST_DEVICE double meanAbsolute(std::int64_t count) const {
    return absolute / static_cast<double>(count);
  }
  UNINET_HOST_DEVICE void add(float value) {
    const double exact = value;
    const float size = fabsf(value);
    squares += exact * exact;
    absolute += size;
    keepLargest(size);
    zeros += value == 0 ? 1 : 0;
  }
  UNINET_HOST_DEVICE void merge(const GradientSums& other) {
    squares += other.squares;
    absolute += other.absolute;
    keepLargest(other.largest);
    zeros += other.zeros;
  }

 private:
  UNINET_HOST_DEVICE void keepLargest(float size) {
    if (size > largest || size != size) largest = size;
  }
};

/// Sums that a call needs place for. Afterwards the first is that of the direction (of
/// updateVelocity(): of the gradient).
constexpr int kPgdSums = 2 + kMostBlocks;

struct PgdStep {
  const float* pixels = nullptr;     ///< [channels, plane], 0..255
  const float* clean = nullptr;      ///< [channels, plane]
  const float* direction = nullptr;  ///< [channels, plane]
  const float* region = nullptr;     ///< [plane] of 0 and 1; null: the whole image
  float* out = nullptr;              ///< [channels, plane]; may be `pixels`
  std::int64_t plane = 0;            ///< H · W
  int channels = 3;
  double alpha = 0;  ///< pixel units; negative: against the direction
  double epsilon = 0;

  std::int64_t count() const { return plane * channels; }
};

/// NormBall::step() with Norm::linf: sign step, region, ball and range in one pass.
void stepLinf(const PgdStep& step, GradientSums* sums, Stream stream);
/// The same with Norm::l2, in three passes.
void stepL2(const PgdStep& step, GradientSums* sums, Stream stream);

struct VelocityStep {
  const float* gradient = nullptr;  ///< [count]
  float* velocity = nullptr;        ///< [count], in place
  std::int64_t count = 0;
  double momentum = 0;
  bool first = false;  ///< there is no velocity yet
};

/// velocity = momentum · velocity + gradient / mean |gradient| (MI-FGSM); a gradient of zeros, or
/// with a NaN, is taken as it is.
void updateVelocity(const VelocityStep& step, GradientSums* sums, Stream stream);

}  // namespace uninet::cuda
