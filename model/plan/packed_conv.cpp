#include "model/plan/packed_conv.h"

#include <omp.h>

#include <algorithm>

#include "core/base/error.h"

namespace uninet::plan {
namespace {

/// Tiles that a thread takes through the three stages at a time: enough that the weights are read
/// seldom, few enough that the transformed tiles stay in the caches (measured).
constexpr int kTiles = 96;
constexpr int kProducts = 36;
constexpr int kFewOutputs = 4;

/// Channel of the network at each place of a map; −1: padding.
std::vector<int> channelsOf(const Map& map, int lanes) {
  std::vector<int> channels(map.slots.size() * static_cast<std::size_t>(lanes), -1);
  int next = 0;
  for (std::size_t s = 0; s < map.slots.size(); ++s)
    for (int c = 0; c < map.slots[s].channels; ++c)
      channels[s * static_cast<std::size_t>(lanes) + static_cast<std::size_t>(c)] = next++;
  return channels;
}

int ceilDivide(int a, int b) { return (a + b - 1) / b; }

}  // namespace

float* Scratch::take(std::size_t count) {
  if (count > size_) {
    memory_.reset();
    size_ = 0;
    memory_ = makeFloats(count);
    size_ = count;
  }
  return memory_.get();
}

int parallelThreads() { return omp_get_max_threads(); }
int parallelThread() { return omp_get_thread_num(); }

const char* methodName(Method method) {
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

Method PackedConv::methodFor(const Layer& layer, Direction direction) {
  const ConvSpec& spec = layer.conv;
  const Map& out = direction == Direction::forward ? layer.out : layer.in;
  if (out.slots.size() == 1 && out.channels() <= kFewOutputs) return Method::narrow;
  if (spec.kernel == 1 && spec.stride == 1 && spec.padding == 0) return Method::pointwise;
  const bool fits = spec.kernel == 3 && spec.stride == 1 && spec.padding == 1;
  const int channels = std::min(layer.in.channels(), layer.out.channels());
  constexpr int kFewest = 16;
  return fits && channels >= kFewest ? Method::winograd : Method::direct;
}

PackedConv::PackedConv(const Layer& layer, Direction direction, const Kernels& kernels,
                       Method method, PackedWeights& shared)
    : kernels_(kernels), method_(method), direction_(direction), layer_(&layer) {
  const bool forward = direction == Direction::forward;
  in_ = forward ? layer.in : layer.out;
  out_ = forward ? layer.out : layer.in;
  layerInputs_ = layer.in.channels();
  layerTaps_ = layer.conv.kernel * layer.conv.kernel;
  inChannel_ = channelsOf(in_, kernels.lanes);
  outChannel_ = channelsOf(out_, kernels.lanes);
  flops_ = 2.0 * layer.conv.kernel * layer.conv.kernel * layer.in.channels() *
           layer.out.channels() * static_cast<double>(layer.out.pixels());
  if (layer.conv.kernel * layer.conv.kernel > kMostTaps)
    throw Unsupported(
        concat(layer.key, ": a kernel of ", layer.conv.kernel, " x ", layer.conv.kernel));
  taps_ = layerTaps_;
  if (method != Method::winograd) addPhases();
  weightCount_ = static_cast<std::size_t>(taps_) * inChannel_.size() * outChannel_.size();
  weights_ = shared.get(nameOfWeights(),
                        [this] { return method_ == Method::narrow ? packNarrow() : packTaps(); });
  layer_ = nullptr;
}

/// Of output `out` by input `in` of this direction, at element `tap` of the kernel.
float PackedConv::weightOf(int out, int in, int tap) const {
  if (out < 0 || in < 0) return 0;
  const int k = direction_ == Direction::forward ? out : in;
  const int c = direction_ == Direction::forward ? in : out;
  return layer_->weights[static_cast<std::size_t>((k * layerInputs_ + c) * layerTaps_ + tap)];
}

/// Everything that the packed numbers depend on.
std::string PackedConv::nameOfWeights() const {
  std::string name = layer_->key + (direction_ == Direction::forward ? " forward " : " backward ") +
                     (method_ == Method::narrow ? "narrow" : "taps");
  for (const auto* channels : {&inChannel_, &outChannel_}) {
    name += ';';
    for (const int channel : *channels) name += std::to_string(channel) + ',';
  }
  return name;
}

Floats PackedConv::packTaps() const {
  const int lanes = kernels_.lanes;
  const int inBlocks = static_cast<int>(in_.slots.size());
  const int outBlocks = static_cast<int>(out_.slots.size());
  Floats packed = makeFloats(weightCount_);
  const std::ptrdiff_t whole = std::ptrdiff_t{2} * lanes * inBlocks * taps_ * lanes;
  inParallel((outBlocks + 1) / 2, [&](std::ptrdiff_t number) {
    const int group = static_cast<int>(number);
    float* to = packed.get() + number * whole;
    const int width = std::min(2, outBlocks - 2 * group) * lanes;
    const bool forward = direction_ == Direction::forward;
    for (int b = 0; b < inBlocks; ++b, to += std::ptrdiff_t{taps_} * lanes * width) {
      const auto put = [&](int c, int k) {
        const int out = outChannel_[static_cast<std::size_t>(2 * group * lanes + k)];
        const int in = inChannel_[static_cast<std::size_t>(b * lanes + c)];
        for (int t = 0; t < taps_; ++t) to[(t * lanes + c) * width + k] = weightOf(out, in, t);
      };
      // In the order in which the layer's weights lie.
      if (forward)
        for (int k = 0; k < width; ++k)
          for (int c = 0; c < lanes; ++c) put(c, k);
      else
        for (int c = 0; c < lanes; ++c)
          for (int k = 0; k < width; ++k) put(c, k);
    }
  });
  return packed;
}

Floats PackedConv::packNarrow() const {
  Floats packed = makeFloats(weightCount_);
  float* to = packed.get();
  for (int t = 0; t < taps_; ++t)
    for (std::size_t b = 0; b < in_.slots.size(); ++b)
      for (int k = 0; k < out_.channels(); ++k)
        for (std::size_t c = 0; c < static_cast<std::size_t>(kernels_.lanes); ++c)
          *to++ = weightOf(k, inChannel_[b * static_cast<std::size_t>(kernels_.lanes) + c], t);
  return packed;
}

void PackedConv::addPhases() {
  const ConvSpec& spec = layer_->conv;
  const int step = direction_ == Direction::forward ? 1 : spec.stride;
  sourceStep_ = direction_ == Direction::forward ? spec.stride : 1;
  outStep_ = step;
  for (int py = 0; py < step; ++py)
    for (int px = 0; px < step; ++px) {
      std::vector<Tap> taps;
      for (int ky = 0; ky < spec.kernel; ++ky)
        for (int kx = 0; kx < spec.kernel; ++kx) {
          if (direction_ == Direction::forward) {
            taps.push_back({ky - spec.padding, kx - spec.padding, ky * spec.kernel + kx});
            continue;
          }
          // Output oy reads oy · stride + ky − padding, so the input y = py + stride · i is read by
          // oy = i + (py + padding − ky) / stride, where that is whole.
          const int dy = py + spec.padding - ky, dx = px + spec.padding - kx;
          if (dy % step == 0 && dx % step == 0)
            taps.push_back({dy / step, dx / step, ky * spec.kernel + kx});
        }
      Phase phase;
      phase.yFirst = py;
      phase.xFirst = px;
      phase.rows = ceilDivide(out_.height - py, step);
      phase.columns = ceilDivide(out_.width - px, step);
      phase.tapCount = static_cast<int>(taps.size());
      phaseTaps_.push_back(std::move(taps));
      phases_.push_back(phase);
    }
  for (std::size_t p = 0; p < phases_.size(); ++p) phases_[p].taps = phaseTaps_[p].data();
}

void PackedConv::run(const std::vector<BlockIn>& in, const std::vector<BlockOut>& out,
                     Scratch& scratch) const {
  const int inBlocks = static_cast<int>(in.size()), outBlocks = static_cast<int>(out.size());
  if (method_ == Method::winograd) {
    runWinograd({in.data(), inBlocks, in_.height, in_.width, out.data(), outBlocks, weights_->get(),
                 direction_ == Direction::backward},
                scratch);
    return;
  }
  const Direct direct{in.data(),  inBlocks,    in_.height, in_.width,       out.data(), outBlocks,
                      out_.width, sourceStep_, outStep_,   weights_->get(), taps_};
  if (method_ == Method::pointwise)
    runPointwise(direct, scratch);
  else
    runDirect(direct);
}

void PackedConv::runPointwise(const Direct& direct, Scratch& scratch) const {
  constexpr std::ptrdiff_t kPixels = 96;
  const std::size_t perThread = static_cast<std::size_t>(kPixels) * inChannel_.size();
  float* near = scratch.take(perThread * static_cast<std::size_t>(parallelThreads()));
  const std::ptrdiff_t pixels = out_.pixels();
  inParallel((pixels + kPixels - 1) / kPixels, [&](std::ptrdiff_t part) {
    kernels_.pointwise(direct, part * kPixels, std::min(pixels, (part + 1) * kPixels),
                       near + perThread * static_cast<std::size_t>(parallelThread()));
  });
}

void PackedConv::runDirect(const Direct& direct) const {
  constexpr int kRows = 4;
  const int groups = ceilDivide(direct.outBlocks, 2);
  for (const Phase& phase : phases_) {
    const int parts = ceilDivide(phase.rows, kRows);
    inParallel(parts, [&](std::ptrdiff_t part) {
      const int first = static_cast<int>(part) * kRows;
      const int last = std::min(phase.rows, first + kRows);
      if (method_ == Method::narrow)
        kernels_.narrow(direct, phase, first, last, out_.channels());
      else
        kernels_.direct(direct, phase, first, last, 0, groups);
    });
  }
}

void PackedConv::runWinograd(const Winograd& winograd, Scratch& scratch) const {
  const int tiles = ceilDivide(winograd.height, 4) * ceilDivide(winograd.width, 4);
  const auto lanes = static_cast<std::size_t>(kernels_.lanes);
  const std::size_t perTile =
      kProducts * lanes * static_cast<std::size_t>(winograd.inBlocks + winograd.outBlocks);
  const auto products = [&](float* v, int capacity) {
    return v + kProducts * lanes * static_cast<std::size_t>(winograd.inBlocks * capacity);
  };
  const int threads = parallelThreads();
  const bool few = tiles < 2 * kTiles * threads && threads > 1;
  const std::size_t perThread = perTile * kTiles;
  const std::size_t kernelFloats = kProducts * inChannel_.size() * outChannel_.size();
  float* u = scratch.take(kernelFloats + (few ? perTile * static_cast<std::size_t>(tiles)
                                              : perThread * static_cast<std::size_t>(threads)));
  float* rest = u + kernelFloats;
  // Transformed each time: kept, they would be four times what the network holds, in either
  // direction, and reading them takes longer than making them.
  inParallel(std::ptrdiff_t{ceilDivide(winograd.outBlocks, 2)} * winograd.inBlocks,
             [&](std::ptrdiff_t i) {
               kernels_.winogradKernels(winograd, static_cast<int>(i / winograd.inBlocks),
                                        static_cast<int>(i % winograd.inBlocks), u);
             });
  if (few) {
    // The products are shared out instead, so that the kernels are read once.
    float* v = rest;
    float* m = products(v, tiles);
    inParallel(winograd.inBlocks, [&](std::ptrdiff_t block) {
      kernels_.winogradIn(winograd, 0, tiles, static_cast<int>(block), tiles, v);
    });
    inParallel(kProducts, [&](std::ptrdiff_t position) {
      kernels_.winogradProduct(winograd, static_cast<int>(position), tiles, tiles, u, v, m);
    });
    inParallel(winograd.outBlocks, [&](std::ptrdiff_t block) {
      kernels_.winogradOut(winograd, 0, tiles, static_cast<int>(block), tiles, m);
    });
    return;
  }
  inParallel(ceilDivide(tiles, kTiles), [&](std::ptrdiff_t part) {
    const int first = static_cast<int>(part) * kTiles, count = std::min(kTiles, tiles - first);
    float* v = rest + perThread * static_cast<std::size_t>(parallelThread());
    float* m = products(v, kTiles);
    for (int block = 0; block < winograd.inBlocks; ++block)
      kernels_.winogradIn(winograd, first, count, block, kTiles, v);
    for (int position = 0; position < kProducts; ++position)
      kernels_.winogradProduct(winograd, position, count, kTiles, u, v, m);
    for (int block = 0; block < winograd.outBlocks; ++block)
      kernels_.winogradOut(winograd, first, count, block, kTiles, m);
  });
}

}  // namespace uninet::plan
