#include "model/engine/cuda_forward.h"

#ifdef UNINET_CUDA
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <functional>
#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/memory.h"
#include "model/engine/eager_forward.h"
#include "model/network/differentiable.h"
#include "model/network/network.h"
#endif

namespace uninet {

CudaForward::CudaForward() = default;
CudaForward::~CudaForward() = default;

#ifndef UNINET_CUDA

struct CudaForward::Recorded {};

bool CudaForward::supports(const Network&) const { return false; }

void CudaForward::forget() {}

bool CudaForward::forward(const Network&, const at::Tensor&, TaskSet, Dense, at::ScalarType,
                          RawOutputs&) {
  return false;
}

#else

/// What the graphs read and write lies where it lay when they were recorded.
struct CudaForward::Recorded {
  explicit Recorded(EagerForward computed) : network(std::move(computed)) {}

  EagerForward network;
  at::Tensor pixels;                ///< [N, 3, H, W]
  std::vector<at::Tensor> outputs;  ///< in the order of EagerForward::list()
  std::vector<at::Tensor> above;    ///< gradients by the outputs; empty: no backward pass
  at::Tensor gradient;              ///< by the pixels
  at::cuda::CUDAGraph forward, backward;
  std::uint64_t pass = 0;
  bool differentiated = false;  ///< of this pass; what it keeps is overwritten by that
};

namespace {

using Pool = decltype(std::declval<at::cuda::CUDAGraph&>().pool());

/// Runs of the whole work before it is recorded: libraries choose algorithms and take memory then.
constexpr int kWarmUps = 3;

/// The backward pass of the forward pass `pass`, which has to be the last one.
at::Tensor pixelGradient(CudaForward::Recorded& recorded, std::uint64_t pass,
                         const std::vector<at::Tensor>& gradients) {
  if (recorded.pass != pass)
    throw Error("a gradient was asked of a forward pass that is not the last one");
  for (std::size_t i = 0; i < gradients.size(); ++i)
    if (gradients[i].defined())
      recorded.above[i].copy_(gradients[i]);
    else
      recorded.above[i].zero_();
  if (recorded.differentiated) recorded.forward.replay();
  recorded.differentiated = true;
  recorded.backward.replay();
  return recorded.gradient.clone();
}

/// Records what `work` does on the current stream, and ends that however it ends. Other threads may
/// use the card meanwhile, as far as this LibTorch can have it so.
void capture(at::cuda::CUDAGraph& graph, const Pool& pool, const std::function<void()>& work) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
  graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal);
#else
  graph.capture_begin(pool);
#endif
  try {
    work();
  } catch (...) {
    try {
      graph.capture_end();
    } catch (const std::exception&) {
      // It says again that something failed.
    }
    throw;
  }
  graph.capture_end();
}

std::shared_ptr<CudaForward::Recorded> record(const Network& network, const at::Tensor& like,
                                              TaskSet wanted, Dense dense, at::ScalarType type,
                                              bool gradient) {
  const auto made = std::make_shared<CudaForward::Recorded>(
      EagerForward(network, wanted, type, dense, like.device()));
  const at::AutoGradMode mode(gradient);
  made->pixels = like.detach().clone().requires_grad_(gradient);
  const auto compute = [&] { made->outputs = made->network.list(made->pixels); };
  const auto differentiate = [&] {
    made->gradient =
        torch::autograd::grad(made->outputs, {made->pixels}, made->above, /*retain_graph=*/false,
                              /*create_graph=*/false, /*allow_unused=*/false)[0];
  };
  at::cuda::device_synchronize();
  const c10::cuda::CUDAStream stream = at::cuda::getStreamFromPool(false, like.device().index());
  {
    // Recording needs a stream of its own; the warm-ups take their memory there as well.
    const c10::cuda::CUDAStreamGuard guard(stream);
    for (int i = 0; i < kWarmUps; ++i) {
      compute();
      if (!gradient) continue;
      made->above.clear();
      for (const at::Tensor& output : made->outputs)
        made->above.push_back(at::zeros_like(output.detach()));
      differentiate();
    }
    at::cuda::device_synchronize();
    // The graphs have memory of their own: what the warm-ups took would be there twice.
    c10::cuda::CUDACachingAllocator::emptyCache();
    capture(made->forward, {0, 0}, compute);
    if (gradient) capture(made->backward, made->forward.pool(), differentiate);
  }
  at::cuda::device_synchronize();
  return made;
}

}  // namespace

void CudaForward::forget() {
  at::cuda::device_synchronize();
  passes_.clear();
  c10::cuda::CUDACachingAllocator::emptyCache();
}

bool CudaForward::supports(const Network& network) const {
  if (network.weights.stamp() == stamp_ && !reason_.empty()) return false;
  return EagerForward::takes(network);
}

bool CudaForward::forward(const Network& network, const at::Tensor& pixels, TaskSet wanted,
                          Dense dense, at::ScalarType type, RawOutputs& outputs) {
  const cv::Size size = network.spec.size;
  if (!pixels.is_cuda() || pixels.scalar_type() != at::kFloat || pixels.size(2) != size.height ||
      pixels.size(3) != size.width)
    return false;
  const std::uint64_t stamp = network.weights.stamp();
  if (stamp != stamp_) {
    passes_.clear();
    reason_.clear();
    stamp_ = stamp;
  }
  if (!reason_.empty()) return false;
  const c10::cuda::CUDAGuard guard(pixels.device());
  const bool gradient = at::GradMode::is_enabled() && pixels.requires_grad();
  std::shared_ptr<Recorded>& used = passes_[concat(
      pixels.size(0), " ", wanted.text(), dense == Dense::beforeResize ? ", before resize" : "",
      gradient ? ", gradient, " : ", ", c10::toString(type))];
  if (!used) {
    try {
      used = record(network, pixels, wanted, dense, type, gradient);
    } catch (const std::exception& problem) {
      // Memory is somebody else's matter: the caller says so, or computes with less.
      if (isOutOfMemory(problem)) throw;
      reason_ = sentenceOf(problem);
      logInfo(
          concat("the network is computed operation by operation, not as a CUDA graph: ", reason_));
      return false;
    }
  }
  std::vector<at::Tensor> tensors;
  {
    const at::NoGradGuard noGrad;
    used->pixels.copy_(pixels);
    used->forward.replay();
    used->differentiated = false;
    ++used->pass;
    // A prediction may be kept; what is differentiated lasts until the next call.
    for (const at::Tensor& output : used->outputs)
      tensors.push_back(gradient ? output.detach() : output.detach().clone());
  }
  if (gradient)
    tensors = differentiable(pixels, tensors, [used, pass = used->pass](const auto& gradients) {
      return pixelGradient(*used, pass, gradients);
    });
  outputs = used->network.distributed(tensors);
  return true;
}

#endif

}  // namespace uninet
