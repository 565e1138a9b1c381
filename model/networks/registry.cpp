#include "model/networks/registry.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "model/networks/uninet.h"

namespace uninet {
namespace {

constexpr std::array<NetworkInfo, 1> kNetworks{{{"uninet", "UniNet", uninetForward}}};

bool endsWith(const std::string& text, const char* end) { return text.ends_with(end); }

/// Initial value of one entry (architecture §§2–8, the Init lines).
at::Tensor initialValue(const KeyShape& entry, bool norm, std::int64_t fanInOfSibling,
                        at::Generator generator) {
  const at::TensorOptions options = entry.integer ? at::kLong : at::kFloat;
  at::Tensor value = at::zeros(entry.shape, options);
  if (entry.buffer) return endsWith(entry.key, "running_var") ? value.fill_(1) : value;
  if (norm) return endsWith(entry.key, ".weight") ? value.fill_(1) : value;
  if (endsWith(entry.key, ".scale")) return value.fill_(1);

  const bool instanceHead = entry.key.starts_with("head.det_head.");
  const bool neck = entry.key.starts_with("encoder_decoder.neck.");
  if (endsWith(entry.key, ".bias")) {
    if (instanceHead)
      return endsWith(entry.key, "cls_logits.bias") ? value.fill_(-std::log(99.0)) : value;
    if (neck) return value;
    const double bound = 1 / std::sqrt(static_cast<double>(fanInOfSibling));
    return value.uniform_(-bound, bound, generator);
  }
  const std::int64_t spatial = entry.shape[2] * entry.shape[3];
  const double fanIn = static_cast<double>(entry.shape[1] * spatial);
  const double fanOut = static_cast<double>(entry.shape[0] * spatial);
  if (entry.key.starts_with("base_net.")) return value.normal_(0, std::sqrt(2 / fanOut), generator);
  if (instanceHead) return value.normal_(0, 0.01, generator);
  const double bound = neck ? std::sqrt(6 / (fanIn + fanOut)) : 1 / std::sqrt(fanIn);
  return value.uniform_(-bound, bound, generator);
}

/// A module registers its projection behind its sub-trees and root, but runs it before them.
std::vector<KeyShape> inStateDictOrder(std::vector<KeyShape> keys) {
  const std::string mark = ".project.";
  std::vector<std::string> prefixes;
  for (const KeyShape& k : keys) {
    const std::size_t at = k.key.find(mark);
    if (at == std::string::npos) continue;
    const std::string prefix = k.key.substr(0, at);
    if (std::find(prefixes.begin(), prefixes.end(), prefix) == prefixes.end())
      prefixes.push_back(prefix);
  }
  std::sort(prefixes.begin(), prefixes.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const std::string& prefix : prefixes) {
    const auto inTree = [&](const KeyShape& k) { return k.key.starts_with(prefix + "."); };
    const auto first = std::find_if(keys.begin(), keys.end(), inTree);
    const auto last = std::find_if_not(first, keys.end(), inTree);
    std::stable_partition(first, last,
                          [&](const KeyShape& k) { return !k.key.starts_with(prefix + mark); });
  }
  return keys;
}

}  // namespace

std::span<const NetworkInfo> networks() { return kNetworks; }

const NetworkInfo& networkByKey(const std::string& key) {
  std::string keys;
  for (const NetworkInfo& info : kNetworks) {
    if (key == info.key) return info;
    keys += (keys.empty() ? "" : ", ") + std::string(info.key);
  }
  throw Error(concat("network: \"", key, "\" is not one of ", keys));
}

NetworkCost networkCost(const NetworkSpec& spec) {
  CountOps ops;
  Value image;
  image.shape = {1, 3, spec.size.height, spec.size.width};
  networkByKey(spec.network).forward(ops, spec, spec.tasks, image);
  return ops.cost();
}

std::vector<KeyShape> networkKeys(const NetworkSpec& spec) {
  CountOps ops;
  Value image;
  image.shape = {1, 3, 256, 512};
  networkByKey(spec.network).forward(ops, spec, spec.tasks, image);
  return inStateDictOrder(ops.keys());
}

Network makeNetwork(const NetworkSpec& spec, std::uint64_t seed) {
  Network network;
  network.spec = spec;
  network.function = networkByKey(spec.network).forward;
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  const std::vector<KeyShape> keys = networkKeys(spec);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    // A norm's weight has one dimension; a bias belongs to the weight before it.
    const KeyShape& owner = endsWith(keys[i].key, ".bias") ? keys[i - 1] : keys[i];
    const bool norm = owner.shape.size() == 1;
    const std::int64_t fanIn =
        owner.shape.size() == 4 ? owner.shape[1] * owner.shape[2] * owner.shape[3] : 1;
    at::Tensor value = initialValue(keys[i], norm, fanIn, generator);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    network.weights.add(keys[i].key, value, keys[i].buffer);
  }
  return network;
}

}  // namespace uninet
