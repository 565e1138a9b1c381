#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "model/network/network.h"

/// The language-neutral fill rule of the parity numbers: u in [-0.5, 0.5) from a hash of the
/// tensor's name and the flat index.
namespace uninet::parity {

inline double unit(const std::string& name, std::int64_t index) {
  std::uint32_t h = 2166136261u;
  for (const char c : name) h = (h ^ static_cast<std::uint8_t>(c)) * 16777619u;
  std::uint32_t x = h + static_cast<std::uint32_t>(index) * 2654435761u;
  x ^= x >> 16;
  x *= 0x85ebca6bu;
  x ^= x >> 13;
  x *= 0xc2b2ae35u;
  x ^= x >> 16;
  return x / 4294967296.0 - 0.5;
}

/// u for every element, double.
inline at::Tensor units(const std::string& name, at::IntArrayRef shape) {
  at::Tensor t = at::empty(shape, at::kDouble);
  double* p = t.data_ptr<double>();
  for (std::int64_t i = 0; i < t.numel(); ++i) p[i] = unit(name, i);
  return t;
}

/// Fills all weights of a network; `type` kFloat or kDouble.
inline void fill(Network& network, at::ScalarType type = at::kFloat) {
  const auto dims = [&](const std::string& key) {
    return network.weights.contains(key) ? network.weights.at(key).dim() : 0;
  };
  for (WeightEntry& entry : network.weights.entries()) {
    const std::string& key = entry.key;
    const at::Tensor u = units(key, entry.tensor.sizes());
    const auto ends = [&](const char* end) { return key.ends_with(end); };
    if (ends("num_batches_tracked")) {
      entry.tensor.zero_();
      continue;
    }
    at::Tensor value;
    if (ends("running_mean"))
      value = 0.2 * u;
    else if (ends("running_var"))
      value = 1 + u;
    else if (ends(".scale"))
      value = 1 + 0.2 * u;
    else if (u.dim() >= 2)
      value = u * std::sqrt(14.0 / static_cast<double>(u.numel() / u.size(0)));
    else if (ends(".weight"))
      value = 1 + 0.2 * u;
    else if (ends(".bias"))
      value = (dims(key.substr(0, key.size() - 4) + "weight") == 1 ? 0.2 : 0.1) * u;
    else
      value = 0.1 * u;
    value = value.to(type);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    entry.tensor = value;
  }
}

}  // namespace uninet::parity
