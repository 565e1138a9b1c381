#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/data/tasks.h"
#include "model/engine/engine.h"
#include "model/plan/plan.h"

namespace uninet {

class Network;
struct RawOutputs;

/// The network as a function of pixels through compiled plans, which it makes when they are first
/// asked for and keeps. Plans are made anew when weights have changed. One of them holds memory for
/// feature maps at a time. Used by one thread at a time.
class PlannedForward {
 public:
  PlannedForward();
  ~PlannedForward();

  /// Outputs for `pixels` [1, 3, H, W] of 0..255, float32, of the network's size; under gradient
  /// mode differentiable by them (not by weights), until the next call. `dense`: the form of
  /// segment and depth. False: this network, input or processor is ATen's, see reason().
  bool forward(const Network& network, const at::Tensor& pixels, TaskSet wanted, Dense dense,
               RawOutputs& outputs);
  /// Whether this network, on this processor, has a plan; makes that of its predictions.
  bool supports(const Network& network);
  /// Why the last network could not be compiled; empty: it could.
  const std::string& reason() const { return reason_; }

  /// Memory of the packed weights and of the largest plan's feature maps.
  std::size_t bytes() const;
  /// Of the last pass.
  std::vector<plan::Plan::Step> profile() const;

  struct Compiled;

 private:
  std::shared_ptr<Compiled> compiled(const Network& network, TaskSet wanted, Dense dense,
                                     bool gradient);

  std::shared_ptr<plan::PackedWeights> packed_;
  std::map<std::string, std::shared_ptr<Compiled>> plans_;  ///< by what they are for
  std::uint64_t stamp_ = 0;  ///< of the weights that plans_ were made of
  std::string reason_;
  std::shared_ptr<Compiled> last_;  ///< the plan of the last pass
};

/// The network's weights as a plan takes them.
plan::WeightSource weightSource(const Network& network);
/// Tensors in the order of plan::outputsOf() into the places that the graph's form has.
void distribute(const plan::Graph& graph, const std::vector<at::Tensor>& tensors, RawOutputs& raw);

}  // namespace uninet
