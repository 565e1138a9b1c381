#pragma once

#include <functional>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/data/tasks.h"
#include "model/engine/engine.h"
#include "model/plan/graph.h"
#include "model/plan/layers.h"

namespace uninet {

class Network;
struct RawOutputs;

/// As a person writes it in Python: every head, nothing folded, planes (NCHW); differentiable by
/// the pixels and by the weights that want it. Only the benchmark computes so.
RawOutputs plainForward(const Network& network, const at::Tensor& pixels);

/// The best that LibTorch's own operations do: batch norms folded into convolutions, only the heads
/// that are wanted, channels last; convolutions in `type`, float32 or bfloat16. On the processor
/// only the benchmark computes so, on a card everything does (CudaForward).
class EagerForward {
 public:
  /// Throws Error if the network has operations that cannot be recorded.
  EagerForward(const Network& network, TaskSet wanted, at::ScalarType type = at::kFloat,
               Dense dense = Dense::full, at::Device device = at::kCPU);
  /// Whether the network has only operations that can.
  static bool takes(const Network& network);
  /// `pixels` [N, 3, H, W] on the device; differentiable by them.
  RawOutputs operator()(const at::Tensor& pixels) const;
  /// The outputs in the order of plan::outputsOf(), and at their places.
  std::vector<at::Tensor> list(const at::Tensor& pixels) const;
  RawOutputs distributed(const std::vector<at::Tensor>& outputs) const;
  /// Its convolutions one by one, on maps of random values that are made here: what each call of
  /// one takes, forward and with `gradient` also the gradient by what it reads.
  std::vector<std::function<void()>> convolutions(bool gradient) const;

 private:
  struct Prepared {
    at::Tensor weight, bias;
  };
  at::Tensor layer(std::size_t number, const at::Tensor& x, const at::Tensor& second) const;

  at::ScalarType type_;
  plan::Graph graph_;
  plan::Layers layers_;
  std::vector<Prepared> prepared_;
};

}  // namespace uninet
