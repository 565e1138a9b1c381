#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include <ATen/core/Tensor.h>

#include "core/data/tasks.h"
#include "model/engine/engine.h"

namespace uninet {

class Network;
struct RawOutputs;

/// The network as a function of pixels on an NVIDIA card: batch norms folded, only the heads that
/// are wanted, channels last (EagerForward), forward and backward pass recorded once as a CUDA
/// graph each and then started as a whole. Recorded anew when weights have changed. Used by one
/// thread at a time. In a build without CUDA it computes nothing.
class CudaForward {
 public:
  CudaForward();
  ~CudaForward();

  /// Outputs for `pixels` [N, 3, H, W] of 0..255, float32, on the card, of the network's size;
  /// under gradient mode differentiable by them (not by weights), until the next call. False: the
  /// network has no plan, its pixels are not on a card, or nothing could be recorded, see reason().
  bool forward(const Network& network, const at::Tensor& pixels, TaskSet wanted, Dense dense,
               at::ScalarType type, RawOutputs& outputs);
  /// Whether this network can be recorded, in a build with CUDA and as far as it was tried.
  bool supports(const Network& network) const;
  /// Why the last network is not computed in this way; empty: it is.
  const std::string& reason() const { return reason_; }

  /// Gives back the memory of everything that was recorded; it is recorded again when it is used.
  void forget();

  struct Recorded;

 private:
  std::map<std::string, std::shared_ptr<Recorded>> passes_;  ///< by what they are for
  std::uint64_t stamp_ = 0;                                  ///< of the weights of passes_
  std::string reason_;
};

}  // namespace uninet
