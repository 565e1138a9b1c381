#pragma once

#include <cstdint>
#include <functional>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/pickle.h"

namespace uninet {

/// The `size` bytes of a storage, or a refusal that names it.
using FindStorage = std::function<std::string_view(std::string_view key, std::uint64_t size)>;

/// What belongs to a pickle that torch.save() wrote.
struct StateDictSource {
  FindStorage find;
  const ChooseWeights& choose;
  std::uint64_t fileSize = 0;
  Metadata metadata{};  ///< of a record beside the pickle
};

/// Tensors, opaque and plain values of the pickle. Every dict of the upper levels that holds a
/// tensor is a candidate for the weights, but for those within an optimiser's state ("state" beside
/// "param_groups"). All tensors are checked against their storages, also those that are not part of
/// the result, before memory is taken; those of the result may take 4 · `fileSize` + 16 MiB, as
/// views of one storage are written out one by one.
CheckpointFile stateDictOf(const pickle::Pickle& pickle, const StateDictSource& source,
                           const Refuse& refuse, ReadWork& work);

}  // namespace uninet
