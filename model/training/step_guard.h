#pragma once

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "model/network/network.h"

namespace uninet {

/// "gradient of KEY" of the first trained weight of which a value is not finite; "": all are.
/// `gradients` are those of the weights that are no buffers, in their order; undefined ones are not
/// looked at.
std::string notFinite(const std::vector<at::Tensor>& gradients, const Network& network);

/// The running statistics of a network before a training step, which a forward pass changes: those
/// of a batch that is not learned from are taken back.
class RunningStatistics {
 public:
  explicit RunningStatistics(Network& network);
  /// Remembers them as they are now.
  void keep();
  void restore();

 private:
  std::vector<at::Tensor> now_, kept_;
};

}  // namespace uninet
