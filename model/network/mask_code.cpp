#include "model/network/mask_code.h"

#include <ATen/ATen.h>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace uninet {

at::Tensor MaskCode::decode(const at::Tensor& codes) const {
  const at::Tensor axes = components * explainedVariance.sqrt().unsqueeze(1);
  return at::sigmoid(at::matmul(codes, axes) + mean);
}

at::Tensor MaskCode::encode(const at::Tensor& masks, const at::Tensor& noise) const {
  const at::Tensor whitened = noisyLogits(masks, noise) - mean;
  return at::matmul(whitened, components.t()) / explainedVariance.sqrt();
}

at::Tensor noisyLogits(const at::Tensor& masks, const at::Tensor& noise) {
  const at::Tensor v = (0.05 * noise).clamp_min(0.01);
  const at::Tensor d = at::where(masks > v, 1 - v, v);
  return at::log(d / (1 - d));
}

cv::Mat maskGrid(const cv::Mat& boxMask) {
  cv::Mat grid;
  if (boxMask.empty()) {
    grid = cv::Mat::zeros(MaskCode::kGrid, MaskCode::kGrid, CV_32F);
  } else {
    cv::Mat small;
    cv::resize(boxMask, small, {MaskCode::kGrid, MaskCode::kGrid}, 0, 0, cv::INTER_NEAREST);
    small.convertTo(grid, CV_32F);
  }
  return grid.reshape(1, 1);
}

MaskCode fitMaskCode(const at::Tensor& masks, const at::Tensor& noise, std::int64_t codeLength) {
  const std::int64_t n = masks.size(0);
  if (n <= codeLength)
    throw Error(
        concat("mask code: more than ", codeLength, " training masks are needed, found ", n));
  const at::Tensor x = noisyLogits(masks, noise).to(at::kDouble);
  MaskCode code;
  const at::Tensor mean = x.mean(0);
  const at::Tensor centred = x - mean;
  const at::Tensor covariance = at::matmul(centred.t(), centred) / (n - 1);
  const auto [values, vectors] = at::linalg_eigh(covariance, "L");  // ascending
  at::Tensor axes = vectors.flip(1).narrow(1, 0, codeLength).t().contiguous();
  // An axis has no sign of its own: its largest entry is made positive.
  const at::Tensor largest = axes.gather(1, axes.abs().argmax(1, true));
  axes = axes * largest.sign();
  code.components = axes.to(at::kFloat);
  code.explainedVariance =
      values.flip(0).narrow(0, 0, codeLength).clamp_min(1e-8).to(at::kFloat).contiguous();
  code.mean = mean.to(at::kFloat);
  return code;
}

}  // namespace uninet
