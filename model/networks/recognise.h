#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network_keys.h"
#include "model/network/network_spec.h"

namespace uninet {

/// Which network a checkpoint belongs to, from its metadata (uninet.network, .tasks, .encoder,
/// .width, .size) or, for a bare one, from its keys and shapes. nullopt: none that is known.
std::optional<NetworkSpec> recogniseNetwork(const CheckpointFile& file);

/// Entries of our own files that are no weights: mask_code.{components,explained_variance,mean}.
bool isAuxiliaryEntry(const std::string& key);

/// How the tensors of a file match the keys of a network.
struct KeyReport {
  std::vector<std::string> missing;     ///< keys of the network that the file lacks
  std::vector<std::string> unexpected;  ///< keys of the file that the network does not have
  std::vector<std::string> misshaped;   ///< "key: expected [..], found [..]"

  bool fits() const { return missing.empty() && unexpected.empty() && misshaped.empty(); }
  std::string text() const;  ///< one line per kind with its keys; empty if it fits
};
KeyReport compareKeys(const CheckpointFile& file, const std::vector<KeyShape>& expected);

}  // namespace uninet
