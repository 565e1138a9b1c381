#pragma once

#include "core/outputs/prediction.h"
#include "model/network/network.h"

namespace uninet {

struct DecodeOptions {
  double candidateThreshold = 0.05;  ///< on the class probability alone (architecture §9)
  int perLevel = 1000;
  double nmsIou = 0.6;
  int perImage = 100;
};

/// Boxes, scores, instance depths and masks of image `index` of the batch, clipped to `size`.
std::vector<Detection> decodeDetections(const RawOutputs& outputs, std::int64_t index,
                                        cv::Size size, const MaskCode& code,
                                        const DecodeOptions& options = {});

/// All outputs of image `index` as plain data; `image` is the network-input image.
Prediction decode(const RawOutputs& outputs, std::int64_t index, const cv::Mat& image,
                  const Classes& classes, const MaskCode& code, const DecodeOptions& options = {});

}  // namespace uninet
