// How a plan is laid out and run: seen by the files of Plan only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include "model/plan/axis.h"
#include "model/plan/group_norm.h"
#include "model/plan/memory.h"
#include "model/plan/packed_conv.h"
#include "model/plan/plan.h"

namespace uninet::plan {

inline std::size_t at(int n) { return static_cast<std::size_t>(n); }

/// Calls part(first, end) for pieces of `pixels`, in parallel.
template <class Part>
void inParts(std::ptrdiff_t pixels, const Part& part) {
  constexpr std::ptrdiff_t kPixels = 8192;
  inParallel((pixels + kPixels - 1) / kPixels,
             [&](std::ptrdiff_t i) { part(i * kPixels, std::min(pixels, (i + 1) * kPixels)); });
}

class Plan::Body {
 public:
  /// Blocks of a map at a place in memory that is known when a step runs.
  struct Ref {
    int region = -1;
    int block = 0;
  };

  /// BlockOut before it has addresses.
  struct Target {
    Ref dst, add0, add1, mask;
  };

  Body(const Graph& graph, const WeightSource& weights, bool gradient, PackedWeights& packed)
      : kernels_(require(kernels())),
        packed_(packed),
        layers_(lower(graph, weights, kernels_.lanes)) {
    for (const int output : graph.outputs) shapes_.push_back(graph.nodes[at(output)].shape);
    layOut(gradient);
    memory_.place();
    for (Layer& layer : layers_.layers) layer.weights = {};  // packed by now
  }

  void forward(const float* image);

  void read(int output, float* to) const;

  void backward(const std::vector<const float*>& gradients, float* image);

  std::size_t bytes() const;
  void release() {
    memory_.release();
    scratch_.release();
  }
  int outputs() const { return static_cast<int>(shapes_.size()); }
  std::array<std::int64_t, 4> shape(int output) const { return shapes_[at(output)]; }
  const std::vector<Plan::Step>& profile() const { return profile_; }

 private:
  struct Work {
    const char* kind;
    int layer;
    double flops;
    std::function<void()> call;
  };

  static const Kernels& require(const Kernels* found) {
    if (found == nullptr) throw Unsupported("a processor without AVX2");
    return *found;
  }

  // --- places and times ---

  /// Forward layer n runs at time n, its backward at time 2 · layers + 1 − n; in between the
  /// outputs are read and their gradients come.
  int layerCount() const { return static_cast<int>(layers_.layers.size()); }
  int middle() const { return layerCount(); }
  int backwardTime(int layer) const { return 2 * layerCount() + 1 - layer; }

  std::size_t blockFloats(const Map& map) const {
    return static_cast<std::size_t>(map.pixels()) * at(kernels_.lanes);
  }
  std::size_t blockBytes(const Map& map) const { return blockFloats(map) * sizeof(float); }
  const Map& mapOf(int buffer) const {
    return buffer == 0 ? layers_.image : layers_.layers[at(buffer - 1)].out;
  }

  Ref activation(const Slot& slot) const { return {activation_[at(slot.buffer)], slot.block}; }

  float* address(Ref ref) const {
    if (ref.region < 0) return nullptr;
    return reinterpret_cast<float*>(memory_.at(ref.region) +
                                    at(ref.block) * stride_[at(ref.region)]);
  }
  std::uint8_t* bytesAt(Ref ref) const { return reinterpret_cast<std::uint8_t*>(address(ref)); }

  int region(std::size_t perBlock, std::size_t blocks, int time) {
    const int number = memory_.add(perBlock * blocks, time);
    stride_.push_back(perBlock);
    return number;
  }

  BlockIn source(const Slot& slot) const { return {address(activation(slot)), slot.channels}; }
  std::vector<BlockIn> sources(const Map& map) const {
    std::vector<BlockIn> list;
    for (const Slot& slot : map.slots) list.push_back(source(slot));
    return list;
  }

  // --- laying out ---

  void layOut(bool gradient);

  /// `map` is read at `time`.
  void use(const Map& map, int time) {
    for (const Slot& slot : map.slots) memory_.keepUntil(activation_[at(slot.buffer)], time);
  }

  void addForward(int n);

  /// Where layer n writes block b, with its ReLU.
  BlockOut result(const Slot& slot) const {
    BlockOut out;
    out.dst = address(activation(slot));
    out.relu = layers_.layers[at(slot.buffer - 1)].relu;
    out.maskOut = bytesAt({mask_[at(slot.buffer)], slot.block});
    return out;
  }
  std::vector<BlockOut> results(int n) const {
    std::vector<BlockOut> list;
    for (const Slot& slot : layers_.layers[at(n)].out.slots) list.push_back(result(slot));
    return list;
  }

  void add(std::vector<Work>& list, const char* kind, int layer, std::function<void()> call,
           double flops = 0) {
    list.push_back({kind, layer, flops, std::move(call)});
  }

  /// A step that treats each block of the result for itself.
  template <class Call>
  void addEach(std::vector<Work>& list, const char* kind, int n, Call call) {
    add(list, kind, n, [this, n, call] {
      const Layer& layer = layers_.layers[at(n)];
      inParallel(static_cast<std::ptrdiff_t>(layer.out.slots.size()), [&](std::ptrdiff_t b) {
        call(layer, static_cast<std::size_t>(b),
             result(layer.out.slots[static_cast<std::size_t>(b)]));
      });
    });
  }

  /// A step that treats parts of `rows` rows of each block, with room for a row of `width` pixels.
  template <class Call>
  void addRows(std::vector<Work>& list, const char* kind, int n, Call call, int rows, int width) {
    add(list, kind, n, [this, n, call, rows, width] {
      const Layer& layer = layers_.layers[at(n)];
      constexpr int kRows = 32;
      const int parts = (rows + kRows - 1) / kRows;
      const std::size_t row = at(width) * at(kernels_.lanes);
      float* all = scratch_.take(row * at(parallelThreads()));
      inParallel(static_cast<std::ptrdiff_t>(layer.out.slots.size()) * parts,
                 [&](std::ptrdiff_t i) {
                   const int first = static_cast<int>(i % parts) * kRows;
                   call(layer, static_cast<std::size_t>(i / parts), first,
                        std::min(rows, first + kRows), all + row * at(parallelThread()));
                 });
    });
  }

  /// Opening of block b of a hard gate, relu6(s + 3) / 6, and its derivative by s.
  void gate(const Layer& layer, std::size_t b, float* open, float* slope) const;

  // --- gradients ---

  /// What is known of the gradient of one block while the backward pass is laid out.
  struct Arriving {
    int expected = 0;          ///< contributions still to come
    bool there = false;        ///< its own place holds a part already
    std::vector<Ref> pending;  ///< parts that lie elsewhere
  };

  void addBackward();

  int gradientRegion(int buffer, int time);

  /// Where a step at `time` writes its part of the gradient of one block.
  Target contribution(const Slot& slot, int time);
  std::vector<Target> contributions(const Map& map, int time) {
    std::vector<Target> list;
    for (const Slot& slot : map.slots) list.push_back(contribution(slot, time));
    return list;
  }

  /// The gradient of `from` is, as it is, a part of that of `map`.
  void passOn(const Map& from, const Map& map, int n);

  BlockOut placed(const Target& target) const {
    BlockOut out;
    out.dst = address(target.dst);
    out.add0 = address(target.add0);
    out.add1 = address(target.add1);
    out.maskIn = bytesAt(target.mask);
    return out;
  }
  std::vector<BlockOut> placed(const std::vector<Target>& targets) const {
    std::vector<BlockOut> list;
    for (const Target& target : targets) list.push_back(placed(target));
    return list;
  }

  const float* gradientOf(const Slot& slot) const {
    return address({gradient_[at(slot.buffer)], slot.block});
  }
  std::vector<BlockIn> gradientsOf(const Map& map) const {
    std::vector<BlockIn> list;
    for (const Slot& slot : map.slots) list.push_back({gradientOf(slot), slot.channels});
    return list;
  }

  /// A step at backwardTime(n) that treats each block of the layer's input for itself.
  template <class Call>
  void addEachBackward(const char* kind, int n, const Map& map, Call call) {
    auto targets = contributions(map, backwardTime(n));
    add(backward_, kind, n, [this, n, call, targets = std::move(targets)] {
      const Layer& layer = layers_.layers[at(n)];
      inParallel(static_cast<std::ptrdiff_t>(targets.size()), [&](std::ptrdiff_t b) {
        call(layer, static_cast<std::size_t>(b), placed(targets[static_cast<std::size_t>(b)]));
      });
    });
  }

  void addBackward(int n);

  /// Number of the first axis table of resize layer n: two for each, in their order.
  std::size_t axisOf(int n) const {
    std::size_t before = 0;
    for (int i = 0; i < n; ++i) before += layers_.layers[at(i)].kind == Kind::resize ? 2 : 0;
    return before;
  }

  // --- running ---

  /// NCHW planes (null: 0) into blocks: the image, or with targets the gradient of an output.
  void pack(const Map& map, const float* planes, const std::vector<Target>& targets) const;

  void run(const std::vector<Work>& list);

  static constexpr int kMostLanes = 16;

  const Kernels& kernels_;
  PackedWeights& packed_;
  Layers layers_;
  std::vector<std::array<std::int64_t, 4>> shapes_;
  bool withGradient_ = false;
  mutable Memory memory_;
  std::vector<std::size_t> stride_;                        ///< bytes of a block, by region
  std::vector<int> activation_, mask_, which_, gradient_;  ///< regions by buffer; −1: none
  std::vector<std::unique_ptr<GroupNorm>> norms_;          ///< by buffer
  std::vector<std::vector<Arriving>> arriving_;            ///< by buffer and block
  std::vector<std::vector<Target>> outputTargets_;
  std::vector<PackedConv> convs_;
  std::vector<Floats> biases_;
  std::vector<AxisTable> axes_;
  std::vector<Work> forward_, backward_;
  mutable Scratch scratch_;
  std::vector<Plan::Step> profile_;
};

}  // namespace uninet::plan
