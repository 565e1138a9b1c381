#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/checkpoint.h"
#include "model/checkpoint/pickle.h"

namespace uninet {

/// Bytes of the storage with this key; throws Error with a clause if the file has none.
using StorageBytes = std::function<std::string_view(const std::string& key)>;

/// A storage that a pickle names: key, element type and number of elements.
struct StorageReference {
  std::string key, dtype;
  std::int64_t numel = 0;
};
/// What the persistent id of `node` says; throws Error with a clause.
StorageReference storageReference(const Pickle& pickle, const PickleNode& node);

/// Finds the weights under model, state_dict, net or at the top, and what stands beside them, and
/// copies the tensors. Throws Error with a clause without file name.
CheckpointFile checkpointFromPickle(const Pickle& pickle, const StorageBytes& storage,
                                    std::size_t fileSize);

}  // namespace uninet
