#include "model/plan/tune.h"

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "model/plan/packed_conv.h"

namespace uninet::plan {
namespace {

using Direction = PackedConv::Direction;

std::vector<Method> methodsFor(const Layer& layer, Direction direction) {
  const ConvSpec& spec = layer.conv;
  std::vector<Method> methods{PackedConv::methodFor(layer, direction)};
  const auto also = [&](Method method, bool fits) {
    if (fits && methods[0] != method) methods.push_back(method);
  };
  also(Method::pointwise, spec.kernel == 1 && spec.stride == 1 && spec.padding == 0);
  also(Method::winograd, spec.kernel == 3 && spec.stride == 1 && spec.padding == 1);
  also(Method::direct, true);
  return methods;
}

/// Blocks of a map in memory of their own.
struct Blocks {
  Floats memory;
  std::vector<float*> blocks;
  std::vector<int> channels;

  Blocks(const Map& map, int lanes)
      : memory(makeFloats(map.slots.size() * static_cast<std::size_t>(map.pixels()) *
                          static_cast<std::size_t>(lanes))) {
    for (const Slot& slot : map.slots) {
      blocks.push_back(memory.get() + blocks.size() * static_cast<std::size_t>(map.pixels()) *
                                          static_cast<std::size_t>(lanes));
      channels.push_back(slot.channels);
    }
  }
};

double leastSeconds(const PackedConv& conv, const Map& from, const Map& to, int lanes, int rounds) {
  const Blocks source(from, lanes), result(to, lanes);
  std::vector<BlockIn> in;
  std::vector<BlockOut> out(result.blocks.size());
  for (std::size_t b = 0; b < source.blocks.size(); ++b)
    in.push_back({source.blocks[b], source.channels[b]});
  for (std::size_t b = 0; b < result.blocks.size(); ++b) out[b].dst = result.blocks[b];
  Scratch scratch;
  double least = -1;
  for (int round = -1; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    conv.run(in, out, scratch);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (round >= 0) least = least < 0 ? took.count() : std::min(least, took.count());
  }
  return least;
}

std::string shapeText(const Layer& layer) {
  const int kernel = layer.conv.kernel, stride = layer.conv.stride;
  return concat(layer.in.channels(), " -> ", layer.out.channels(), ", ", kernel, " x ", kernel,
                stride > 1 ? concat(", stride ", stride) : std::string(), ", ", layer.in.height,
                " x ", layer.in.width);
}

TunedConv tuned(const Layer& layer, Direction direction, const Kernels& kernels, int rounds) {
  TunedConv result;
  result.key = layer.key;
  result.backward = direction == Direction::backward;
  result.shape = shapeText(layer);
  const Map& from = result.backward ? layer.out : layer.in;
  const Map& to = result.backward ? layer.in : layer.out;
  for (const Method method : methodsFor(layer, direction)) {
    PackedWeights alone;
    const PackedConv conv(layer, direction, kernels, method, alone);
    result.flops = conv.flops();
    result.ways.push_back(
        {methodName(method), leastSeconds(conv, from, to, kernels.lanes, rounds)});
    if (result.ways.back().seconds < result.ways[result.best].seconds)
      result.best = result.ways.size() - 1;
  }
  return result;
}

}  // namespace

std::vector<TunedConv> tuneConvolutions(const Graph& graph, const WeightSource& weights,
                                        bool gradient, int rounds, TunedConvs& known) {
  std::vector<TunedConv> found;
  const Kernels* kernels = plan::kernels();
  if (kernels == nullptr) return found;
  const Layers layers = lower(graph, weights, kernels->lanes);
  for (const Layer& layer : layers.layers) {
    if (layer.kind != Kind::conv) continue;
    for (const Direction direction : {Direction::forward, Direction::backward}) {
      if (direction == Direction::backward && !gradient) continue;
      const std::string name = concat(layer.key, " ", shapeText(layer),
                                      direction == Direction::backward ? " backward" : "");
      auto entry = known.find(name);
      if (entry == known.end())
        entry = known.emplace(name, tuned(layer, direction, *kernels, rounds)).first;
      found.push_back(entry->second);
    }
  }
  return found;
}

double floorSeconds(const std::vector<TunedConv>& convolutions) {
  double sum = 0;
  for (const TunedConv& conv : convolutions) sum += conv.ways[conv.best].seconds;
  return sum;
}

}  // namespace uninet::plan
