#include "model/plan/layers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace uninet::plan {
namespace {

/// Nodes that become one layer: a convolution or group norm and what directly follows it.
struct Chain {
  int head = 0;
  std::vector<int> folded;  ///< batch norms and scales, in order
  int residual = -1;        ///< node that is added
  bool relu = false;
  int end = 0;
};

class Lowering {
 public:
  Lowering(const Graph& graph, const WeightSource& weights, int lanes)
      : graph_(graph), weights_(weights), lanes_(lanes), maps_(graph.nodes.size()) {}

  Layers run() {
    findUses();
    findChains();
    for (int n = 0; n < size(); ++n)
      if (needed_[index(n)]) visit(n);
    for (const int output : graph_.outputs) result_.outputs.push_back(maps_[index(output)]);
    return std::move(result_);
  }

 private:
  static std::size_t index(int n) { return static_cast<std::size_t>(n); }
  int size() const { return static_cast<int>(graph_.nodes.size()); }
  const Node& node(int n) const { return graph_.nodes[index(n)]; }

  void findUses() {
    needed_.assign(index(size()), false);
    users_.assign(index(size()), {});
    isOutput_.assign(index(size()), false);
    for (const int output : graph_.outputs) {
      needed_[index(output)] = true;
      isOutput_[index(output)] = true;
    }
    for (int n = size() - 1; n >= 0; --n)
      if (needed_[index(n)])
        for (const int input : node(n).inputs) {
          needed_[index(input)] = true;
          users_[index(input)].push_back(n);
        }
  }

  void findChains() {
    within_.assign(index(size()), false);
    std::vector<bool> claimed(index(size()), false);
    for (int n = 0; n < size(); ++n) {
      if (!needed_[index(n)]) continue;
      const bool conv = node(n).kind == Kind::conv;
      if (!conv && node(n).kind != Kind::groupNorm) continue;
      Chain chain{n, {}, -1, false, n};
      while (!isOutput_[index(chain.end)] && users_[index(chain.end)].size() == 1) {
        const int next = users_[index(chain.end)].front();
        const Kind kind = node(next).kind;
        if (claimed[index(next)]) break;
        if (conv && chain.residual < 0 && (kind == Kind::batchNorm || kind == Kind::scale)) {
          chain.folded.push_back(next);
        } else if (conv && chain.residual < 0 && kind == Kind::add) {
          const auto& both = node(next).inputs;
          chain.residual = both[0] == chain.end ? both[1] : both[0];
        } else if (kind == Kind::relu) {
          chain.relu = true;
        } else {
          break;
        }
        within_[index(chain.end)] = true;
        claimed[index(next)] = true;
        chain.end = next;
        if (chain.relu) break;
      }
      chains_[chain.end] = std::move(chain);
    }
  }

  void visit(int n) {
    if (within_[index(n)]) return;
    Map& map = maps_[index(n)];
    if (const auto chain = chains_.find(n); chain != chains_.end()) {
      map = node(chain->second.head).kind == Kind::conv ? conv(chain->second)
                                                        : groupNorm(chain->second);
      return;
    }
    const Node& given = node(n);
    switch (given.kind) {
      case Kind::input:
        map = result_.image = newMap(given, 0);
        break;
      case Kind::concat:
        map = newMap(given, 0);
        map.slots.clear();
        for (const int input : given.inputs) {
          const auto& slots = maps_[index(input)].slots;
          map.slots.insert(map.slots.end(), slots.begin(), slots.end());
        }
        break;
      case Kind::batchNorm:
      case Kind::scale:
        throw Unsupported(given.key + " follows no convolution");
      case Kind::hardGate:
      case Kind::add:
        requireEqual(given);
        [[fallthrough]];
      default:
        map = plain(given);
    }
  }

  /// Both operands have their channels at the same places.
  void requireEqual(const Node& given) const {
    const Map& a = maps_[index(given.inputs[0])];
    const Map& b = maps_[index(given.inputs[1])];
    const bool equal =
        std::equal(a.slots.begin(), a.slots.end(), b.slots.begin(), b.slots.end(),
                   [](const Slot& x, const Slot& y) { return x.channels == y.channels; });
    if (!equal) throw Unsupported("a sum or gate of maps whose channels lie differently");
  }

  Map newMap(const Node& given, int buffer) const {
    Map map;
    map.height = static_cast<int>(given.shape[2]);
    map.width = static_cast<int>(given.shape[3]);
    const int channels = static_cast<int>(given.shape[1]);
    for (int c = 0; c < channels; c += lanes_)
      map.slots.push_back({buffer, c / lanes_, std::min(lanes_, channels - c)});
    return map;
  }

  /// A map of one buffer whose blocks are cut like those of `like`.
  Map mapLike(const Node& given, const Map& like, int buffer) const {
    Map map = newMap(given, buffer);
    map.slots.clear();
    for (const Slot& slot : like.slots)
      map.slots.push_back({buffer, static_cast<int>(map.slots.size()), slot.channels});
    return map;
  }

  Map append(Layer layer) {
    result_.layers.push_back(std::move(layer));
    return result_.layers.back().out;
  }
  int nextBuffer() const { return static_cast<int>(result_.layers.size()) + 1; }

  Map plain(const Node& given) {
    Layer layer;
    layer.kind = given.kind;
    layer.in = maps_[index(given.inputs[0])];
    if (given.inputs.size() > 1) layer.in2 = maps_[index(given.inputs[1])];
    layer.relu = given.kind == Kind::relu;
    layer.kernel = given.kernel;
    layer.stride = given.stride;
    layer.ceil = given.ceil;
    layer.mode = given.mode;
    layer.out = mapLike(given, layer.in, nextBuffer());
    return append(std::move(layer));
  }

  Map conv(const Chain& chain) {
    const Node& head = node(chain.head);
    const auto out = index(static_cast<int>(head.shape[1]));
    Layer layer;
    layer.kind = Kind::conv;
    layer.conv = head.conv;
    layer.in = maps_[index(head.inputs[0])];
    layer.key = head.key;
    layer.weights = weights_(head.key + ".weight");
    layer.bias = head.conv.bias ? weights_(head.key + ".bias") : std::vector<float>(out, 0.f);
    const std::size_t perOutput = layer.weights.size() / out;
    const auto fold = [&](std::size_t k, double factor, double bias) {
      for (std::size_t i = k * perOutput; i < (k + 1) * perOutput; ++i)
        layer.weights[i] = static_cast<float>(layer.weights[i] * factor);
      layer.bias[k] = static_cast<float>(bias);
    };
    for (const int folded : chain.folded) {
      const Node& next = node(folded);
      layer.key += ", " + next.key;
      if (next.kind == Kind::scale) {
        const double factor = weights_(next.key).at(0);
        for (std::size_t k = 0; k < out; ++k) fold(k, factor, layer.bias[k] * factor);
        continue;
      }
      const auto gamma = weights_(next.key + ".weight"), beta = weights_(next.key + ".bias");
      const auto mean = weights_(next.key + ".running_mean");
      const auto variance = weights_(next.key + ".running_var");
      for (std::size_t k = 0; k < out; ++k) {
        const double factor = gamma[k] / std::sqrt(static_cast<double>(variance[k]) + 1e-5);
        fold(k, factor, (static_cast<double>(layer.bias[k]) - mean[k]) * factor + beta[k]);
      }
    }
    layer.out = newMap(head, nextBuffer());
    if (chain.residual >= 0) layer.in2 = maps_[index(chain.residual)];
    if (chain.residual >= 0 &&
        !std::equal(layer.in2.slots.begin(), layer.in2.slots.end(), layer.out.slots.begin(),
                    layer.out.slots.end(),
                    [](const Slot& x, const Slot& y) { return x.channels == y.channels; }))
      throw Unsupported(head.key + " is added to a map whose channels lie differently");
    layer.relu = chain.relu;
    return append(std::move(layer));
  }

  Map groupNorm(const Chain& chain) {
    const Node& head = node(chain.head);
    Layer layer;
    layer.kind = Kind::groupNorm;
    layer.in = maps_[index(head.inputs[0])];
    layer.groups = head.groups;
    layer.weights = weights_(head.key + ".weight");
    layer.bias = weights_(head.key + ".bias");
    layer.relu = chain.relu;
    layer.out = mapLike(head, layer.in, nextBuffer());
    return append(std::move(layer));
  }

  const Graph& graph_;
  const WeightSource& weights_;
  int lanes_;
  std::vector<Map> maps_;  ///< by node
  std::vector<bool> needed_, isOutput_, within_;
  std::vector<std::vector<int>> users_;
  std::map<int, Chain> chains_;  ///< by their last node
  Layers result_;
};

}  // namespace

Layers lower(const Graph& graph, const WeightSource& weights, int lanes) {
  return Lowering(graph, weights, lanes).run();
}

}  // namespace uninet::plan
