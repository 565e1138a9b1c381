#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/network/count_ops.h"
#include "model/network/forward.h"
#include "model/network/network.h"
#include "model/network/network_keys.h"

namespace uninet {

/// One entry of the list of networks.
struct NetworkInfo {
  const char* key;  ///< NetworkSpec::network
  const char* title;
  ForwardFunction forward;
};
std::span<const NetworkInfo> networks();
/// Throws Error that lists the keys.
const NetworkInfo& networkByKey(const std::string& key);

/// Keys and shapes of a network, in state_dict order.
std::vector<KeyShape> networkKeys(const NetworkSpec& spec);

/// Cost of `spec` at its size.
NetworkCost networkCost(const NetworkSpec& spec);

/// Freshly initialised weights (architecture, init of each part), from this seed.
Network makeNetwork(const NetworkSpec& spec, std::uint64_t seed);

}  // namespace uninet
