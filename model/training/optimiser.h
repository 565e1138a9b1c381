#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>

#include "model/network/network.h"

namespace uninet {

enum class OptimiserKind { adamw, radam };

/// AdamW (Loshchilov & Hutter 2019) and the RAdam of the released trainer (losses §10), on float32
/// weights in place. Decay is decoupled in both.
class Optimiser {
 public:
  struct Settings {
    OptimiserKind kind = OptimiserKind::adamw;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    double decay = 0.05;
    bool decayConvolutionsOnly = true;  ///< false: everything, as the released trainer does
  };

  /// Takes the trainable entries of `weights` and sets requires_grad on them.
  Optimiser(Weights& weights, const Settings& settings);

  /// The trainable tensors, in the order of the gradients that step() takes.
  const std::vector<at::Tensor>& parameters() const { return parameters_; }
  /// One update; an undefined gradient leaves its tensor alone, decay included.
  void step(const std::vector<at::Tensor>& gradients, double rate);

  std::int64_t steps() const { return steps_; }
  /// Moments, first m then v of each parameter; for saving and resuming.
  std::vector<at::Tensor> state() const;
  void restore(std::int64_t steps, const std::vector<at::Tensor>& state);

 private:
  Settings settings_;
  std::vector<at::Tensor> parameters_, m_, v_;
  std::int64_t steps_ = 0;
};

}  // namespace uninet
