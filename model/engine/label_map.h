#pragma once

#include <ATen/core/Tensor.h>

#include <opencv2/core.hpp>

namespace uninet {

/// Logits [C, H, W] → CV_8U of the class with the greatest, C at most 256. Of equal ones the first,
/// and NaN counts as greatest: as at::argmax() has it; on the
/// CPU in one pass over the planes on all cores, on a card there, so that the labels alone move.
cv::Mat labelMap(const at::Tensor& logits);

}  // namespace uninet
