#include "model/network/count_ops.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

namespace uninet {
namespace {

std::int64_t numel(const Value& x) {
  return std::accumulate(x.shape.begin(), x.shape.end(), std::int64_t{1}, std::multiplies<>());
}

FirstValues constant(double value) { return {FirstValues::Kind::constant, value}; }
FirstValues uniform(double bound) { return {FirstValues::Kind::uniform, bound}; }
FirstValues normal(double deviation) { return {FirstValues::Kind::normal, deviation}; }
/// What PyTorch gives to weights and biases.
FirstValues uniformFor(double fanIn) { return uniform(1 / std::sqrt(fanIn)); }

}  // namespace

void CountOps::declare(const std::string& key, std::vector<std::int64_t> shape, FirstValues first,
                       bool buffer, bool integer) {
  if (!seen_.insert(key).second) return;
  if (!buffer) {
    const std::int64_t count =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    cost_.parameters += count;
    cost_.layers.back().parameters += count;
  }
  keys_.push_back({key, std::move(shape), first, buffer, integer});
}

void CountOps::children(const std::string& prefix, std::vector<std::string> names) {
  children_[prefix] = std::move(names);
}

std::vector<KeyShape> CountOps::keys() const {
  // The place of each child within its module, and of a key the places along its path.
  std::map<std::string, std::vector<std::string>> order = children_;
  std::vector<std::pair<std::vector<std::size_t>, std::size_t>> places;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::vector<std::size_t> path;
    std::string prefix;
    std::string_view rest = keys_[i].key;
    while (!rest.empty()) {
      const std::string name(rest.substr(0, rest.find('.')));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      std::vector<std::string>& siblings = order[prefix];
      const auto found = std::find(siblings.begin(), siblings.end(), name);
      path.push_back(static_cast<std::size_t>(found - siblings.begin()));
      if (found == siblings.end()) siblings.push_back(name);
      prefix += (prefix.empty() ? "" : ".") + name;
    }
    places.emplace_back(std::move(path), i);
  }
  std::sort(places.begin(), places.end());
  std::vector<KeyShape> sorted;
  for (const auto& [path, i] : places) sorted.push_back(keys_[i]);
  return sorted;
}

LayerCost& CountOps::layer(const std::string& key, const Value& output) {
  LayerCost cost;
  cost.key = key;
  cost.output = output.shape;
  cost_.layers.push_back(cost);
  return cost_.layers.back();
}

Value CountOps::conv(const Value& x, const std::string& key, const ConvSpec& spec) {
  const auto size = [&](std::int64_t in) {
    return (in + 2 * spec.padding - spec.dilation * (spec.kernel - 1) - 1) / spec.stride + 1;
  };
  Value y;
  y.shape = {x.shape[0], spec.out, size(x.height()), size(x.width())};
  LayerCost& cost = layer(key, y);
  cost.macs = numel(y) * x.channels() * spec.kernel * spec.kernel;
  cost_.convMacs += cost.macs;
  cost_.ptflopsMacs += cost.macs + (spec.bias ? numel(y) : 0);
  const double fanIn = static_cast<double>(x.channels() * spec.kernel * spec.kernel);
  const double fanOut = static_cast<double>(spec.out * spec.kernel * spec.kernel);
  const FirstValues weight = spec.init == Init::uniform  ? uniformFor(fanIn)
                             : spec.init == Init::xavier ? uniform(std::sqrt(6 / (fanIn + fanOut)))
                             : spec.init == Init::fanOut ? normal(std::sqrt(2 / fanOut))
                                                         : normal(0.01);
  declare(key + ".weight", {spec.out, x.channels(), spec.kernel, spec.kernel}, weight);
  if (spec.bias)
    declare(key + ".bias", {spec.out},
            spec.init == Init::uniform ? uniformFor(fanIn) : constant(spec.biasStart));
  return y;
}

Value CountOps::linear(const Value& x, const std::string& key, std::int64_t out) {
  Value y = x;
  y.shape[1] = out;
  LayerCost& cost = layer(key, y);
  cost.macs = numel(y) * x.channels();
  cost_.convMacs += cost.macs;
  cost_.ptflopsMacs += cost.macs + numel(y);
  const FirstValues first = uniformFor(static_cast<double>(x.channels()));
  declare(key + ".weight", {out, x.channels()}, first);
  declare(key + ".bias", {out}, first);
  return y;
}

Value CountOps::batchNorm(const Value& x, const std::string& key) {
  layer(key, x);
  cost_.ptflopsMacs += 2 * numel(x);
  declare(key + ".weight", {x.channels()}, constant(1));
  declare(key + ".bias", {x.channels()}, constant(0));
  declare(key + ".running_mean", {x.channels()}, constant(0), true);
  declare(key + ".running_var", {x.channels()}, constant(1), true);
  declare(key + ".num_batches_tracked", {}, constant(0), true, true);
  return x;
}

Value CountOps::groupNorm(const Value& x, const std::string& key, int) {
  layer(key, x);
  declare(key + ".weight", {x.channels()}, constant(1));
  declare(key + ".bias", {x.channels()}, constant(0));
  return x;
}

Value CountOps::relu(const Value& x, bool functional) {
  if (!functional) cost_.ptflopsMacs += numel(x);
  return x;
}

Value CountOps::scale(const Value& x, const std::string& key) {
  layer(key, x);
  declare(key, {}, constant(1));
  return x;
}

Value CountOps::scaleChannels(const Value& x, const std::string& key, double start) {
  layer(key, x);
  declare(key, {x.channels()}, constant(start));
  return x;
}

Value CountOps::concat(const std::vector<Value>& parts) {
  Value y = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) y.shape[1] += parts[i].channels();
  return y;
}

Value CountOps::maxPool(const Value& x, int kernel, int stride, bool ceil, bool functional) {
  if (!functional) cost_.ptflopsMacs += numel(x);
  const auto size = [&](std::int64_t n) {
    std::int64_t out = (n - kernel + (ceil ? stride - 1 : 0)) / stride + 1;
    if (ceil && (out - 1) * stride >= n) --out;
    return out;
  };
  Value y = x;
  y.shape = {x.shape[0], x.channels(), size(x.height()), size(x.width())};
  return y;
}

Value CountOps::globalMean(const Value& x, bool functional) {
  if (!functional) cost_.ptflopsMacs += numel(x);
  Value y = x;
  y.shape[2] = y.shape[3] = 1;
  return y;
}

Value CountOps::resize(const Value& x, std::int64_t height, std::int64_t width, Resize) {
  Value y = x;
  y.shape[2] = height;
  y.shape[3] = width;
  return y;
}

}  // namespace uninet
