#include "core/outputs/packed_prediction.h"

#include <zlib.h>

#include "core/base/error.h"

namespace uninet {
namespace {

/// A running attack waits for it, and a difference compresses well at any level.
constexpr int kLevel = Z_BEST_SPEED;

std::vector<std::uint8_t> deflated(std::vector<std::uint8_t> plane) {
  uLongf size = compressBound(static_cast<uLong>(plane.size()));
  std::vector<std::uint8_t> packed(size);
  const int result =
      compress2(packed.data(), &size, plane.data(), static_cast<uLong>(plane.size()), kLevel);
  if (result != Z_OK || size >= plane.size()) return plane;
  // A copy: what is kept for long holds no spare room.
  return {packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::vector<std::uint8_t> inflated(const std::vector<std::uint8_t>& packed, std::size_t size) {
  if (packed.size() == size) return packed;
  std::vector<std::uint8_t> plane(size);
  uLongf length = static_cast<uLong>(size);
  if (uncompress(plane.data(), &length, packed.data(), static_cast<uLong>(packed.size())) != Z_OK ||
      length != size)
    throw Error("a packed picture is damaged in memory");
  return plane;
}

bool alike(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type();
}

}  // namespace

std::size_t PackedMat::bytes() const {
  std::size_t sum = sizeof(PackedMat);
  for (const auto& plane : planes) sum += sizeof(plane) + plane.capacity();
  return sum;
}

PackedMat packMat(const cv::Mat& mat, const cv::Mat& reference) {
  PackedMat packed{mat.rows, mat.cols, mat.type(), false, {}};
  if (mat.empty()) return packed;
  packed.difference = alike(mat, reference);
  const cv::Mat now = mat.isContinuous() ? mat : mat.clone();
  const cv::Mat before =
      !packed.difference || reference.isContinuous() ? reference : reference.clone();
  const std::size_t width = mat.elemSize1(), values = mat.total() * mat.elemSize() / width;
  for (std::size_t byte = 0; byte < width; ++byte) {
    std::vector<std::uint8_t> plane(values);
    for (std::size_t i = 0; i < values; ++i) {
      const std::size_t at = i * width + byte;
      plane[i] =
          static_cast<std::uint8_t>(now.data[at] - (packed.difference ? before.data[at] : 0));
    }
    packed.planes.push_back(deflated(std::move(plane)));
  }
  return packed;
}

cv::Mat unpackMat(const PackedMat& packed, const cv::Mat& reference) {
  if (packed.planes.empty()) return {};
  cv::Mat mat(packed.rows, packed.cols, packed.type);
  if (packed.difference && !alike(mat, reference))
    throw Error("a packed picture is of another picture than it is unpacked with");
  const cv::Mat before =
      !packed.difference || reference.isContinuous() ? reference : reference.clone();
  const std::size_t width = mat.elemSize1(), values = mat.total() * mat.elemSize() / width;
  for (std::size_t byte = 0; byte < width; ++byte) {
    const std::vector<std::uint8_t> plane = inflated(packed.planes[byte], values);
    for (std::size_t i = 0; i < values; ++i) {
      const std::size_t at = i * width + byte;
      mat.data[at] =
          static_cast<std::uint8_t>(plane[i] + (packed.difference ? before.data[at] : 0));
    }
  }
  return mat;
}

std::size_t PackedPrediction::bytes() const {
  std::size_t sum = sizeof(PackedPrediction) + image.bytes() + trainIds.bytes() +
                    depthMetres.bytes() + contours.bytes() + normals.bytes() +
                    detections.capacity() * sizeof(Detection);
  for (const PackedMat& mask : masks) sum += mask.bytes();
  return sum;
}

PackedPrediction packPrediction(const Prediction& prediction, const Prediction& clean) {
  PackedPrediction packed{prediction.classes,
                          prediction.tasks,
                          packMat(prediction.image, clean.image),
                          packMat(prediction.trainIds, clean.trainIds),
                          packMat(prediction.depthMetres, clean.depthMetres),
                          packMat(prediction.contours, clean.contours),
                          packMat(prediction.normals, clean.normals),
                          prediction.detections,
                          {}};
  for (Detection& detection : packed.detections) {
    packed.masks.push_back(packMat(detection.mask, {}));
    detection.mask.release();
  }
  return packed;
}

Prediction unpackPrediction(const PackedPrediction& packed, const Prediction& clean) {
  Prediction prediction{packed.classes,
                        packed.tasks,
                        unpackMat(packed.image, clean.image),
                        unpackMat(packed.trainIds, clean.trainIds),
                        unpackMat(packed.depthMetres, clean.depthMetres),
                        packed.detections,
                        unpackMat(packed.contours, clean.contours),
                        unpackMat(packed.normals, clean.normals)};
  for (std::size_t i = 0; i < prediction.detections.size(); ++i)
    prediction.detections[i].mask = unpackMat(packed.masks[i], {});
  return prediction;
}

}  // namespace uninet
