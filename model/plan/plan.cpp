#include "model/plan/plan.h"

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

namespace uninet::plan {
namespace {

/// Blocks of a map at a place in memory that is known when a step runs.
struct Ref {
  int region = -1;
  int block = 0;
};

/// BlockOut before it has addresses.
struct Target {
  Ref dst, add0, add1, mask;
};

std::size_t at(int n) { return static_cast<std::size_t>(n); }

/// Calls part(first, end) for pieces of `pixels`, in parallel.
template <class Part>
void inParts(std::ptrdiff_t pixels, const Part& part) {
  constexpr std::ptrdiff_t kPixels = 8192;
  inParallel((pixels + kPixels - 1) / kPixels,
             [&](std::ptrdiff_t i) { part(i * kPixels, std::min(pixels, (i + 1) * kPixels)); });
}

}  // namespace

class Plan::Body {
 public:
  Body(const Graph& graph, const WeightSource& weights, bool gradient, PackedWeights& packed)
      : kernels_(require(kernels())),
        packed_(packed),
        layers_(lower(graph, weights, kernels_.lanes)) {
    for (const int output : graph.outputs) shapes_.push_back(graph.nodes[at(output)].shape);
    layOut(gradient);
    memory_.place();
    for (Layer& layer : layers_.layers) layer.weights = {};  // packed by now
  }

  void forward(const float* image) {
    pack(layers_.image, image, {});
    run(forward_);
  }

  void read(int output, float* to) const {
    const Map& map = layers_.outputs[at(output)];
    const std::ptrdiff_t pixels = map.pixels();
    for (const Slot& slot : map.slots) {
      const BlockIn block = source(slot);
      inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
        kernels_.toPlanes(block, from, end, pixels, to);
      });
      to += slot.channels * pixels;
    }
  }

  void backward(const std::vector<const float*>& gradients, float* image) {
    for (std::size_t o = 0; o < gradients.size(); ++o)
      pack(layers_.outputs[o], gradients[o], outputTargets_[o]);
    run(backward_);
    const Map& map = layers_.image;
    inParts(map.pixels(), [&](std::ptrdiff_t from, std::ptrdiff_t end) {
      kernels_.toPlanes({address({gradient_[0], 0}), map.slots[0].channels}, from, end,
                        map.pixels(), image);
    });
  }

  std::size_t bytes() const {
    std::size_t sum = memory_.bytes() + scratch_.bytes();
    std::set<const Floats*> counted;
    for (const PackedConv& conv : convs_)
      if (counted.insert(conv.weights().get()).second) sum += conv.weightBytes();
    return sum;
  }
  void release() { memory_.release(); }
  int outputs() const { return static_cast<int>(shapes_.size()); }
  std::array<std::int64_t, 4> shape(int output) const { return shapes_[at(output)]; }
  std::vector<Plan::Step> takeProfile() { return std::exchange(profile_, {}); }

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

  void layOut(bool gradient) {
    const std::size_t buffers = layers_.layers.size() + 1;
    activation_.assign(buffers, -1);
    mask_.assign(buffers, -1);
    which_.assign(buffers, -1);
    gradient_.assign(buffers, -1);
    norms_.resize(buffers);
    convs_.reserve(2 * buffers);
    axes_.reserve(2 * buffers);
    withGradient_ = gradient;
    activation_[0] = region(blockBytes(layers_.image), layers_.image.slots.size(), 0);
    for (int n = 0; n < layerCount(); ++n) addForward(n);
    for (const Map& output : layers_.outputs) use(output, middle());
    if (gradient) addBackward();
  }

  /// `map` is read at `time`.
  void use(const Map& map, int time) {
    for (const Slot& slot : map.slots) memory_.keepUntil(activation_[at(slot.buffer)], time);
  }

  void addForward(int n) {
    const Layer& layer = layers_.layers[at(n)];
    const int buffer = n + 1;
    use(layer.in, n);
    use(layer.in2, n);
    activation_[at(buffer)] = region(blockBytes(layer.out), layer.out.slots.size(), n);
    const std::size_t lanes = at(kernels_.lanes);
    if (withGradient_ && layer.relu) {
      mask_[at(buffer)] = region(static_cast<std::size_t>(layer.out.pixels()) * lanes / 8,
                                 layer.out.slots.size(), n);
      memory_.keepUntil(mask_[at(buffer)], Memory::kAlways);
    }
    switch (layer.kind) {
      case Kind::conv: {
        convs_.emplace_back(layer, PackedConv::Direction::forward, kernels_,
                            PackedConv::methodFor(layer, PackedConv::Direction::forward), packed_);
        const PackedConv& conv = convs_.back();
        const std::size_t lane = lanes;
        Floats& bias = biases_.emplace_back(makeFloats(layer.out.slots.size() * lane));
        std::copy(layer.bias.begin(), layer.bias.end(), bias.get());
        const float* values = bias.get();
        add(
            forward_, kindName(conv.method()), n,
            [this, n, &conv, values, lane] {
              const Layer& l = layers_.layers[at(n)];
              std::vector<BlockOut> out = results(n);
              for (std::size_t b = 0; b < out.size(); ++b) {
                out[b].bias = values + b * lane;
                if (!l.in2.slots.empty()) out[b].add0 = source(l.in2.slots[b]).src;
              }
              conv.run(sources(l.in), out, scratch_);
            },
            conv.flops());
        break;
      }
      case Kind::groupNorm:
        if (withGradient_) use(layer.in, Memory::kAlways);
        norms_[at(buffer)] = std::make_unique<GroupNorm>(layer, kernels_);
        add(forward_, "group norm", n, [this, n, buffer] {
          norms_[at(buffer)]->forward(sources(layers_.layers[at(n)].in), results(n));
        });
        break;
      case Kind::relu:
      case Kind::add:
        addEach(forward_, layer.kind == Kind::add ? "add" : "relu", n,
                [this](const Layer& l, std::size_t b, BlockOut out) {
                  if (!l.in2.slots.empty()) out.add0 = source(l.in2.slots[b]).src;
                  kernels_.copy(source(l.in.slots[b]), out, 0, l.out.pixels());
                });
        break;
      case Kind::sigmoid:
        if (withGradient_) use(layer.out, Memory::kAlways);
        addEach(forward_, "sigmoid", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
          kernels_.sigmoid(source(l.in.slots[b]).src, l.out.pixels(), out);
        });
        break;
      case Kind::hardGate:
        if (withGradient_) {
          use(layer.in, Memory::kAlways);
          use(layer.in2, Memory::kAlways);
        }
        addEach(forward_, "gate", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
          alignas(64) float open[kMostLanes];
          gate(l, b, open, nullptr);
          kernels_.affine(source(l.in.slots[b]).src, open, nullptr, nullptr, nullptr,
                          l.out.pixels(), out);
        });
        break;
      case Kind::maxPool:
        if (withGradient_) {
          which_[at(buffer)] = region(static_cast<std::size_t>(layer.out.pixels()) * lanes,
                                      layer.out.slots.size(), n);
          memory_.keepUntil(which_[at(buffer)], Memory::kAlways);
        }
        addEach(forward_, "max pool", n,
                [this, buffer](const Layer& l, std::size_t b, const BlockOut& out) {
                  kernels_.maxPool(source(l.in.slots[b]).src, l.in.height, l.in.width, l.kernel,
                                   l.stride, l.out.height, l.out.width, out,
                                   bytesAt({which_[at(buffer)], static_cast<int>(b)}));
                });
        break;
      case Kind::globalMean:
        addEach(forward_, "mean", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
          double sum[kMostLanes];
          kernels_.sums(source(l.in.slots[b]).src, nullptr, l.in.pixels(), sum, nullptr);
          alignas(64) float mean[kMostLanes];
          for (int c = 0; c < kernels_.lanes; ++c)
            mean[c] = static_cast<float>(sum[c] / static_cast<double>(l.in.pixels()));
          kernels_.copy({mean, kernels_.lanes}, out, 0, 1);
        });
        break;
      case Kind::resize: {
        axes_.emplace_back(layer.in.height, layer.out.height, layer.mode);
        const AxisTable& y = axes_.back();
        axes_.emplace_back(layer.in.width, layer.out.width, layer.mode);
        const AxisTable& x = axes_.back();
        addRows(
            forward_, "resize", n,
            [this, &y, &x](const Layer& l, std::size_t b, int first, int last, float* row) {
              kernels_.resize(source(l.in.slots[b]).src, y.view(), x.view(), result(l.out.slots[b]),
                              first, last, row);
            },
            layer.out.height, layer.in.width);
        break;
      }
      default:
        throw Unsupported("an operation that has no step");
    }
  }

  static const char* kindName(Method method) {
    switch (method) {
      case Method::pointwise:
        return "conv 1x1";
      case Method::winograd:
        return "conv Winograd";
      case Method::narrow:
        return "conv narrow";
      default:
        return "conv direct";
    }
  }

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
  void gate(const Layer& layer, std::size_t b, float* open, float* slope) const {
    const float* s = source(layer.in2.slots[b]).src;
    for (int c = 0; c < kernels_.lanes; ++c) {
      const float shifted = s[c] + 3;
      open[c] = std::clamp(shifted, 0.f, 6.f) / 6;
      if (slope != nullptr) slope[c] = shifted >= 0 && shifted <= 6 ? 1.f / 6 : 0.f;
    }
  }

  // --- gradients ---

  /// What is known of the gradient of one block while the backward pass is laid out.
  struct Arriving {
    int expected = 0;          ///< contributions still to come
    bool there = false;        ///< its own place holds a part already
    std::vector<Ref> pending;  ///< parts that lie elsewhere
  };

  void addBackward() {
    arriving_.resize(layers_.layers.size() + 1);
    for (std::size_t b = 0; b < arriving_.size(); ++b)
      arriving_[b].resize(mapOf(static_cast<int>(b)).slots.size());
    const auto expect = [&](const Map& map) {
      for (const Slot& slot : map.slots) ++arriving_[at(slot.buffer)][at(slot.block)].expected;
    };
    for (const Layer& layer : layers_.layers) {
      expect(layer.in);
      expect(layer.in2);
    }
    for (const Map& output : layers_.outputs) expect(output);
    for (const Map& output : layers_.outputs)
      outputTargets_.push_back(contributions(output, middle() + 1));
    for (int n = layerCount() - 1; n >= 0; --n) addBackward(n);
    memory_.keepUntil(gradient_[0], Memory::kAlways);
  }

  int gradientRegion(int buffer, int time) {
    int& number = gradient_[at(buffer)];
    if (number < 0) {
      const Map& map = mapOf(buffer);
      number = region(blockBytes(map), map.slots.size(), time);
    }
    memory_.keepUntil(number, time);
    return number;
  }

  /// Where a step at `time` writes its part of the gradient of one block.
  Target contribution(const Slot& slot, int time) {
    Arriving& state = arriving_[at(slot.buffer)][at(slot.block)];
    const Ref own{gradientRegion(slot.buffer, time), slot.block};
    Target target;
    target.dst = own;
    --state.expected;
    std::vector<Ref> parts = std::exchange(state.pending, {});
    if (state.there) parts.push_back(own);
    constexpr std::size_t kPlaces = 2;
    if (parts.size() > kPlaces) throw Unsupported("a map whose gradient has too many sources");
    if (!parts.empty()) target.add0 = parts[0];
    if (parts.size() > 1) target.add1 = parts[1];
    for (const Ref& part : parts) memory_.keepUntil(part.region, time);
    if (state.expected == 0) target.mask = {mask_[at(slot.buffer)], slot.block};
    state.there = true;
    return target;
  }
  std::vector<Target> contributions(const Map& map, int time) {
    std::vector<Target> list;
    for (const Slot& slot : map.slots) list.push_back(contribution(slot, time));
    return list;
  }

  /// The gradient of `from` is, as it is, a part of that of `map`.
  void passOn(const Map& from, const Map& map, int n) {
    const int time = backwardTime(n);
    for (std::size_t b = 0; b < map.slots.size(); ++b) {
      const Slot& slot = map.slots[b];
      const Ref given{gradient_[at(from.slots[b].buffer)], from.slots[b].block};
      memory_.keepUntil(given.region, time);
      Arriving& state = arriving_[at(slot.buffer)][at(slot.block)];
      const bool room = state.pending.size() + (state.there ? 1 : 0) < 2;
      if (state.expected > 1 && room) {
        --state.expected;
        state.pending.push_back(given);
        continue;
      }
      const Target target = contribution(slot, time);
      const std::ptrdiff_t pixels = map.pixels();
      add(backward_, "sum of gradients", n, [this, given, target, pixels] {
        const BlockOut out = placed(target);
        inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
          kernels_.copy({address(given), kernels_.lanes}, out, from, end);
        });
      });
    }
  }

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

  void addBackward(int n) {
    const Layer& layer = layers_.layers[at(n)];
    const int buffer = n + 1, time = backwardTime(n);
    memory_.keepUntil(gradientRegion(buffer, time), time);
    switch (layer.kind) {
      case Kind::conv: {
        if (!layer.in2.slots.empty()) passOn(layer.out, layer.in2, n);
        convs_.emplace_back(layer, PackedConv::Direction::backward, kernels_,
                            PackedConv::methodFor(layer, PackedConv::Direction::backward), packed_);
        const PackedConv& conv = convs_.back();
        auto targets = contributions(layer.in, time);
        add(
            backward_, kindName(conv.method()), n,
            [this, n, &conv, targets = std::move(targets)] {
              conv.run(gradientsOf(layers_.layers[at(n)].out), placed(targets), scratch_);
            },
            conv.flops());
        break;
      }
      case Kind::groupNorm: {
        auto targets = contributions(layer.in, time);
        add(backward_, "group norm", n, [this, n, buffer, targets = std::move(targets)] {
          const Layer& l = layers_.layers[at(n)];
          norms_[at(buffer)]->backward(gradientsOf(l.out), sources(l.in), placed(targets));
        });
        break;
      }
      case Kind::relu:
        passOn(layer.out, layer.in, n);
        break;
      case Kind::add:
        passOn(layer.out, layer.in, n);
        passOn(layer.out, layer.in2, n);
        break;
      case Kind::sigmoid:
        addEachBackward("sigmoid", n, layer.in,
                        [this](const Layer& l, std::size_t b, const BlockOut& out) {
                          kernels_.sigmoidBackward(gradientOf(l.out.slots[b]),
                                                   source(l.out.slots[b]).src, l.out.pixels(), out);
                        });
        break;
      case Kind::hardGate:
        addEachBackward("gate", n, layer.in2,
                        [this](const Layer& l, std::size_t b, const BlockOut& out) {
                          alignas(64) float open[kMostLanes], slope[kMostLanes];
                          double sum[kMostLanes], product[kMostLanes];
                          gate(l, b, open, slope);
                          kernels_.sums(gradientOf(l.out.slots[b]), source(l.in.slots[b]).src,
                                        l.out.pixels(), sum, product);
                          for (int c = 0; c < kernels_.lanes; ++c)
                            slope[c] *= static_cast<float>(product[c]);
                          kernels_.copy({slope, kernels_.lanes}, out, 0, 1);
                        });
        addEachBackward("gate", n, layer.in,
                        [this](const Layer& l, std::size_t b, const BlockOut& out) {
                          alignas(64) float open[kMostLanes];
                          gate(l, b, open, nullptr);
                          kernels_.affine(gradientOf(l.out.slots[b]), open, nullptr, nullptr,
                                          nullptr, l.out.pixels(), out);
                        });
        break;
      case Kind::maxPool:
        addEachBackward("max pool", n, layer.in,
                        [this, buffer](const Layer& l, std::size_t b, const BlockOut& out) {
                          kernels_.maxPoolBackward(
                              gradientOf(l.out.slots[b]), l.out.height, l.out.width, l.kernel,
                              l.stride, bytesAt({which_[at(buffer)], static_cast<int>(b)}),
                              l.in.height, l.in.width, out);
                        });
        break;
      case Kind::globalMean:
        addEachBackward(
            "mean", n, layer.in, [this](const Layer& l, std::size_t b, const BlockOut& out) {
              alignas(64) float share[kMostLanes];
              const float* g = gradientOf(l.out.slots[b]);
              for (int c = 0; c < kernels_.lanes; ++c)
                share[c] = g[c] / static_cast<float>(l.in.pixels());
              kernels_.affine(nullptr, nullptr, share, nullptr, nullptr, l.in.pixels(), out);
            });
        break;
      case Kind::resize: {
        const AxisTable& y = axes_[axisOf(n)];
        const AxisTable& x = axes_[axisOf(n) + 1];
        auto targets = contributions(layer.in, time);
        addRows(
            backward_, "resize", n,
            [this, &y, &x, targets = std::move(targets)](const Layer& l, std::size_t b, int first,
                                                         int last, float* row) {
              kernels_.resizeBackward(gradientOf(l.out.slots[b]), y.view(), x.view(),
                                      placed(targets[b]), first, last, row);
            },
            layer.in.height, layer.out.width);
        break;
      }
      default:
        throw Unsupported("an operation that has no gradient");
    }
  }

  /// Number of the first axis table of resize layer n: two for each, in their order.
  std::size_t axisOf(int n) const {
    std::size_t before = 0;
    for (int i = 0; i < n; ++i) before += layers_.layers[at(i)].kind == Kind::resize ? 2 : 0;
    return before;
  }

  // --- running ---

  /// NCHW planes (null: 0) into blocks: the image, or with targets the gradient of an output.
  void pack(const Map& map, const float* planes, const std::vector<Target>& targets) const {
    const std::ptrdiff_t pixels = map.pixels();
    for (std::size_t b = 0; b < map.slots.size(); ++b) {
      const Slot& slot = map.slots[b];
      BlockOut out;
      if (targets.empty())
        out.dst = address(activation(slot));
      else
        out = placed(targets[b]);
      inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
        kernels_.fromPlanes(planes, pixels, slot.channels, from, end, out);
      });
      if (planes != nullptr) planes += slot.channels * pixels;
    }
  }

  void run(const std::vector<Work>& list) {
    for (const Work& work : list) {
      const auto start = std::chrono::steady_clock::now();
      work.call();
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      if (profile_.size() < kMostSteps)
        profile_.push_back({work.kind, work.layer, &list == &backward_, work.flops, took.count()});
    }
  }

  static constexpr int kMostLanes = 16;
  static constexpr std::size_t kMostSteps = 100000;

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

Plan::Plan(const Graph& graph, const WeightSource& weights, bool gradient, PackedWeights& packed)
    : body_(std::make_unique<Body>(graph, weights, gradient, packed)) {}
Plan::~Plan() = default;

int Plan::outputs() const { return body_->outputs(); }
std::array<std::int64_t, 4> Plan::shape(int output) const { return body_->shape(output); }
void Plan::forward(const float* image) { body_->forward(image); }
void Plan::read(int output, float* to) const { body_->read(output, to); }
void Plan::backward(const std::vector<const float*>& gradients, float* image) {
  body_->backward(gradients, image);
}
std::size_t Plan::bytes() const { return body_->bytes(); }
void Plan::release() { body_->release(); }
std::vector<Plan::Step> Plan::takeProfile() { return body_->takeProfile(); }

}  // namespace uninet::plan
