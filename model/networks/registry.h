#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/network/count_ops.h"
#include "model/network/network.h"
#include "model/network/network_keys.h"
#include "model/networks/network_info.h"

namespace uninet {

/// Keys and shapes of a network, in state_dict order.
std::vector<KeyShape> networkKeys(const NetworkSpec& spec);

/// Cost of `spec` at its size.
NetworkCost networkCost(const NetworkSpec& spec);

/// Freshly initialised weights (architecture, init of each part), from this seed.
Network makeNetwork(const NetworkSpec& spec, std::uint64_t seed);

}  // namespace uninet
