#include "attacks/engine/step_on_card.h"

#ifdef UNINET_CUDA
#include <ATen/ATen.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "model/cuda/pgd_step.h"
#else
#include "core/base/error.h"
#endif

namespace uninet {

#ifndef UNINET_CUDA

bool canStepOnCard(const at::Tensor&) { return false; }

at::Tensor stepOnCard(const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&,
                      double, double) {
  throw Error("this build of the program has no CUDA");
}

#else

bool canStepOnCard(const at::Tensor& pixels) {
  return pixels.is_cuda() && pixels.scalar_type() == at::kFloat && pixels.size(0) == 1;
}

at::Tensor stepOnCard(const at::Tensor& pixels, const at::Tensor& clean,
                      const at::Tensor& direction, const at::Tensor& region, double alpha,
                      double epsilon) {
  const c10::cuda::CUDAGuard guard(pixels.device());  // kernels start on the current card
  const at::Tensor from = pixels.contiguous(), centre = clean.contiguous();
  const at::Tensor along = direction.to(at::kFloat).contiguous();
  const at::Tensor free = region.defined() ? region.contiguous() : at::Tensor();
  const at::Tensor out = at::empty_like(from);
  const at::Tensor sums =
      at::empty({cuda::kPgdSums * static_cast<std::int64_t>(sizeof(cuda::GradientSums))},
                from.options().dtype(at::kByte));
  cuda::PgdStep step;
  step.pixels = from.data_ptr<float>();
  step.clean = centre.data_ptr<float>();
  step.direction = along.data_ptr<float>();
  step.region = free.defined() ? free.data_ptr<float>() : nullptr;
  step.out = out.data_ptr<float>();
  step.plane = from.size(2) * from.size(3);
  step.channels = static_cast<int>(from.size(1));
  step.alpha = alpha;
  step.epsilon = epsilon;
  cuda::stepLinf(step, reinterpret_cast<cuda::GradientSums*>(sums.data_ptr<std::uint8_t>()),
                 c10::cuda::getCurrentCUDAStream(from.device().index()).stream());
  return out;
}

#endif

}  // namespace uninet
