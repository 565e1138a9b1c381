#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network_keys.h"
#include "model/network/network_spec.h"

namespace uninet {

/// Tensors of a file by their key in the network.
using KeyedTensors = std::map<std::string_view, const TensorInfo*>;

/// Which network a checkpoint belongs to, from its metadata (uninet.network, .tasks, .encoder,
/// .width, .size) or, for a bare one, from its keys and shapes. nullopt: none that is known. Throws
/// Error naming `file` if the metadata cannot be understood.
std::optional<NetworkSpec> recogniseNetwork(const KeyedTensors& tensors, const Metadata& metadata,
                                            const std::filesystem::path& file);
std::optional<NetworkSpec> recogniseNetwork(const CheckpointFile& checkpoint,
                                            const std::filesystem::path& file = {});

/// Whether the file itself says at which size its network works.
bool saysSize(const CheckpointFile& checkpoint);

/// Entries of our own files that are no weights: mask_code.{components,explained_variance,mean}.
bool isAuxiliaryEntry(std::string_view key);

/// How the tensors of a file match the keys of a network.
struct KeyReport {
  std::size_t matching = 0;
  std::vector<std::string> missing;     ///< keys of the network that the file lacks
  std::vector<std::string> unexpected;  ///< keys of the file that the network does not have
  std::vector<std::string> misshaped;   ///< "key: expected [..], found [..]"
  std::vector<std::string> unread;      ///< "key: complex64", of a type that no weight has here

  bool fits() const {
    return missing.empty() && unexpected.empty() && misshaped.empty() && unread.empty();
  }
  std::string text() const;  ///< one line per kind with its keys; empty if it fits
};
KeyReport compareKeys(const KeyedTensors& tensors, const std::vector<KeyShape>& expected);
KeyReport compareKeys(const CheckpointFile& file, const std::vector<KeyShape>& expected);

}  // namespace uninet
