#include "model/network/count_ops.h"

#include <numeric>

namespace uninet {
namespace {

std::int64_t numel(const Value& x) {
  return std::accumulate(x.shape.begin(), x.shape.end(), std::int64_t{1}, std::multiplies<>());
}

}  // namespace

void CountOps::declare(const std::string& key, std::vector<std::int64_t> shape, bool buffer,
                       bool integer) {
  if (!seen_.insert(key).second) return;
  if (!buffer) {
    const std::int64_t count =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    cost_.parameters += count;
    cost_.layers.back().parameters += count;
  }
  keys_.push_back({key, std::move(shape), buffer, integer});
}

LayerCost& CountOps::layer(const std::string& key, const Value& output) {
  LayerCost cost;
  cost.key = key;
  cost.output = output.shape;
  cost_.layers.push_back(cost);
  return cost_.layers.back();
}

Value CountOps::conv(const Value& x, const std::string& key, const ConvSpec& spec) {
  Value y;
  y.shape = {x.shape[0], spec.out, (x.height() + 2 * spec.padding - spec.kernel) / spec.stride + 1,
             (x.width() + 2 * spec.padding - spec.kernel) / spec.stride + 1};
  LayerCost& cost = layer(key, y);
  cost.macs = numel(y) * x.channels() * spec.kernel * spec.kernel;
  cost_.convMacs += cost.macs;
  cost_.ptflopsMacs += cost.macs + (spec.bias ? numel(y) : 0);
  declare(key + ".weight", {spec.out, x.channels(), spec.kernel, spec.kernel});
  if (spec.bias) declare(key + ".bias", {spec.out});
  return y;
}

Value CountOps::batchNorm(const Value& x, const std::string& key) {
  layer(key, x);
  cost_.ptflopsMacs += 2 * numel(x);
  declare(key + ".weight", {x.channels()});
  declare(key + ".bias", {x.channels()});
  declare(key + ".running_mean", {x.channels()}, true);
  declare(key + ".running_var", {x.channels()}, true);
  declare(key + ".num_batches_tracked", {}, true, true);
  return x;
}

Value CountOps::groupNorm(const Value& x, const std::string& key, int) {
  layer(key, x);
  declare(key + ".weight", {x.channels()});
  declare(key + ".bias", {x.channels()});
  return x;
}

Value CountOps::relu(const Value& x, bool functional) {
  if (!functional) cost_.ptflopsMacs += numel(x);
  return x;
}

Value CountOps::scale(const Value& x, const std::string& key) {
  layer(key, x);
  declare(key, {});
  return x;
}

Value CountOps::concat(const std::vector<Value>& parts) {
  Value y = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) y.shape[1] += parts[i].channels();
  return y;
}

Value CountOps::maxPool(const Value& x, int kernel, int stride, bool ceil) {
  cost_.ptflopsMacs += numel(x);
  const auto size = [&](std::int64_t n) {
    std::int64_t out = (n - kernel + (ceil ? stride - 1 : 0)) / stride + 1;
    if (ceil && (out - 1) * stride >= n) --out;
    return out;
  };
  Value y = x;
  y.shape = {x.shape[0], x.channels(), size(x.height()), size(x.width())};
  return y;
}

Value CountOps::globalMean(const Value& x) {
  cost_.ptflopsMacs += numel(x);
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
