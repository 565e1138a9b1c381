#pragma once

#include <memory>
#include <vector>

#include "model/plan/graph.h"
#include "model/plan/layers.h"

namespace uninet::plan {

class PackedWeights;

/// A network compiled for one size and one set of outputs, on the CPU, in float32: forward, and the
/// gradient of any function of the outputs by the pixels. Weights are taken once. The same bytes
/// for any number of threads. Used by one thread at a time.
class Plan {
 public:
  /// Throws Unsupported if there is an operation that it does not know, or this processor has no
  /// AVX2. `gradient`: backward() will be called. `packed` is that of these weights.
  Plan(const Graph& graph, const WeightSource& weights, bool gradient, PackedWeights& packed);
  ~Plan();

  int outputs() const;
  std::array<std::int64_t, 4> shape(int output) const;  ///< NCHW

  /// `image` [3, H, W], normalised.
  void forward(const float* image);
  /// Copies output number `output` of the last forward() into `to`, NCHW. Before backward() only.
  void read(int output, float* to) const;
  /// Gradients of the outputs as NCHW, null for 0; gives that of the image [3, H, W]. After
  /// forward(), any number of times.
  void backward(const std::vector<const float*>& gradients, float* image);

  /// Memory for feature maps, masks and packed weights.
  std::size_t bytes() const;
  /// Gives the feature maps back; forward() takes them again.
  void release();
  struct Step {
    const char* kind;
    int layer;
    bool backward;
    double flops;  ///< of a convolution, by definition: 2 · MACs
    double seconds;
  };
  /// Where the time of the last forward() and of its backward() went.
  const std::vector<Step>& profile() const;

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

}  // namespace uninet::plan
