#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "core/outputs/prediction.h"

namespace uninet {

/// A matrix as its difference to another one, without loss. Bytes of equal weight lie together, so
/// that exponents compress apart from noisy mantissas.
struct PackedMat {
  int rows = 0, cols = 0, type = 0;
  bool difference = false;  ///< to the reference, byte by byte modulo 256
  /// One for each byte of a channel; deflated where it is shorter than rows · cols · channels.
  std::vector<std::vector<std::uint8_t>> planes;

  std::size_t bytes() const;
};
/// A `reference` of another size or type is not used.
PackedMat packMat(const cv::Mat& mat, const cv::Mat& reference);
/// With the reference that packMat() was given: the same matrix, bit for bit.
cv::Mat unpackMat(const PackedMat& packed, const cv::Mat& reference);

/// A prediction as its difference to that of the clean image, without loss.
struct PackedPrediction {
  Classes classes;
  TaskSet tasks;
  PackedMat image, trainIds, depthMetres, contours, normals;
  std::vector<Detection> detections;  ///< without their masks
  std::vector<PackedMat> masks;       ///< one for each

  std::size_t bytes() const;
};
PackedPrediction packPrediction(const Prediction& prediction, const Prediction& clean);
Prediction unpackPrediction(const PackedPrediction& packed, const Prediction& clean);

}  // namespace uninet
