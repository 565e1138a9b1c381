#include "model/losses/segment_loss_on_card.h"

#ifdef UNINET_CUDA
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "model/cuda/cross_entropy.h"
#include "model/network/differentiable.h"
#else
#include "core/base/error.h"
#endif

namespace uninet {

#ifndef UNINET_CUDA

bool canFuseOnCard(const at::Tensor&) { return false; }

at::Tensor segmentLossOnCard(const at::Tensor&, const at::Tensor&, const at::Tensor&) {
  throw Error("this build of the program has no CUDA");
}

#else

bool canFuseOnCard(const at::Tensor& logits) {
  return logits.is_cuda() && logits.scalar_type() == at::kFloat && logits.size(0) == 1;
}

at::Tensor segmentLossOnCard(const at::Tensor& logits, const at::Tensor& labels,
                             const at::Tensor& weights) {
  const c10::cuda::CUDAGuard guard(logits.device());  // kernels start on the current card
  const at::Tensor values = logits.detach().contiguous();
  const at::Tensor label = labels.to(at::kShort).contiguous();
  const at::Tensor weight = weights.to(at::kFloat).contiguous();
  const bool wanted = at::GradMode::is_enabled() && logits.requires_grad();
  const at::Tensor gradient = wanted ? at::empty_like(values) : at::Tensor();
  const at::TensorOptions doubles = values.options().dtype(at::kDouble);
  // A row of two doubles is one CrossEntropySums, of two floats one PixelSoftmax.
  static_assert(sizeof(cuda::CrossEntropySums) == 2 * sizeof(double));
  static_assert(sizeof(cuda::PixelSoftmax) == 2 * sizeof(float));
  const at::Tensor sums = at::empty({cuda::kCrossEntropySums, 2}, doubles);
  const at::Tensor softmax =
      wanted ? at::empty({label.numel(), 2}, values.options()) : at::Tensor();
  cuda::CrossEntropyTask task;
  task.logits = values.data_ptr<float>();
  task.labels = label.data_ptr<std::int16_t>();
  task.weights = weight.data_ptr<float>();
  task.gradient = wanted ? gradient.data_ptr<float>() : nullptr;
  task.classes = static_cast<int>(values.size(1));
  task.height = static_cast<int>(values.size(2));
  task.width = static_cast<int>(values.size(3));
  task.fullHeight = static_cast<int>(label.size(1));
  task.fullWidth = static_cast<int>(label.size(2));
  cuda::crossEntropy(
      task, reinterpret_cast<cuda::CrossEntropySums*>(sums.data_ptr<double>()),
      wanted ? reinterpret_cast<cuda::PixelSoftmax*>(softmax.data_ptr<float>()) : nullptr,
      c10::cuda::getCurrentCUDAStream(values.device().index()).stream());
  const at::Tensor value = (sums[0][0] / sums[0][1]).to(at::kFloat);
  if (!wanted) return value;
  return differentiable(logits, {value}, [gradient](const std::vector<at::Tensor>& above) {
    return gradient * above[0];
  })[0];
}

#endif

}  // namespace uninet
