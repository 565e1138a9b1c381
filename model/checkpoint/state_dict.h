#pragma once

#include <cstdint>
#include <functional>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/pickle.h"

namespace uninet {

/// The `size` bytes of a storage, or a refusal that names it.
using FindStorage = std::function<std::string_view(std::string_view key, std::uint64_t size)>;

/// Tensors, opaque and plain values of a pickle that torch.save() wrote. All tensors are checked
/// against their storages, also those that are not part of the result (the optimiser's), before
/// memory is taken; those of the result may take 4 · `fileSize` + 16 MiB, as views of one storage
/// are written out one by one.
CheckpointFile stateDictOf(const pickle::Pickle& pickle, const FindStorage& find,
                           std::uint64_t fileSize, const Refuse& refuse);

}  // namespace uninet
