#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/plan/kernels.h"
#include "model/plan/layers.h"

namespace uninet::plan {

/// Room for what Winograd convolutions transform, kernels and, one part for each thread, tiles;
/// grows.
class Scratch {
 public:
  /// `count` floats; what they hold is undefined.
  float* take(std::size_t count);
  std::size_t bytes() const { return size_ * sizeof(float); }
  /// Gives the room back until it is needed again.
  void release() {
    memory_.reset();
    size_ = 0;
  }

 private:
  Floats memory_;
  std::size_t size_ = 0;
};

/// Packed weights of a network, shared by the plans and the layers that use the same ones.
class PackedWeights {
 public:
  /// Those that were made under this name and are still in use; made otherwise.
  template <class Make>
  std::shared_ptr<const Floats> get(const std::string& name, const Make& make) {
    if (auto found = made_[name].lock()) return found;
    auto fresh = std::make_shared<const Floats>(make());
    made_[name] = fresh;
    return fresh;
  }

 private:
  std::map<std::string, std::weak_ptr<const Floats>> made_;
};

/// Calls part(0) … part(count − 1) on the threads of OpenMP, each as soon as one is free.
template <class Part>
void inParallel(std::ptrdiff_t count, const Part& part) {
#pragma omp parallel for schedule(dynamic) if (count > 1)
  for (std::ptrdiff_t i = 0; i < count; ++i) part(i);
}

/// How many threads inParallel() uses at most, and which of them calls.
int parallelThreads();
int parallelThread();

/// How a convolution is computed.
enum class Method {
  pointwise,  ///< 1 × 1, stride 1: a product
  winograd,   ///< 3 × 3, stride 1, padding 1, with enough channels
  direct,
  narrow,  ///< direct, with at most four outputs in this direction
};

/// "conv Winograd", as profiles name it.
const char* methodName(Method method);

/// A convolution, or its gradient by the data, with its weights packed for the kernels.
class PackedConv {
 public:
  enum class Direction { forward, backward };

  /// Of `layer`, a convolution. Backward reads the gradient of layer.out and gives that of
  /// layer.in.
  PackedConv(const Layer& layer, Direction direction, const Kernels& kernels, Method method,
             PackedWeights& shared);

  Method method() const { return method_; }
  /// By the definition of the convolution: 2 · MACs.
  double flops() const { return flops_; }
  const std::shared_ptr<const Floats>& weights() const { return weights_; }
  std::size_t weightBytes() const { return weightCount_ * sizeof(float); }
  /// Sources and places of all blocks, in the order of the maps.
  void run(const std::vector<BlockIn>& in, const std::vector<BlockOut>& out,
           Scratch& scratch) const;

  /// The rule (measured, see resources/docs/performance.md): Winograd from 16 channels on both
  /// sides.
  static Method methodFor(const Layer& layer, Direction direction);

 private:
  float weightOf(int out, int in, int tap) const;
  std::string nameOfWeights() const;
  Floats packTaps() const;
  Floats packNarrow() const;
  void addPhases();
  void runPointwise(const Direct& direct, Scratch& scratch) const;
  void runDirect(const Direct& direct) const;
  void runWinograd(const Winograd& winograd, Scratch& scratch) const;

  const Kernels& kernels_;
  Method method_;
  Direction direction_;
  const Layer* layer_ = nullptr;             ///< while packing
  int layerInputs_ = 0, layerTaps_ = 0;      ///< of the layer, which counts its inputs when asked
  Map in_, out_;                             ///< of this direction
  std::vector<int> inChannel_, outChannel_;  ///< by block · lanes + lane; −1: padding
  std::shared_ptr<const Floats> weights_;
  std::size_t weightCount_ = 0;
  int taps_ = 1;
  int sourceStep_ = 1, outStep_ = 1;
  std::vector<std::vector<Tap>> phaseTaps_;
  std::vector<Phase> phases_;
  double flops_ = 0;
};

}  // namespace uninet::plan
