#pragma once

#include <filesystem>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network.h"

namespace uninet {

/// Builds the network that a checkpoint belongs to and loads all or nothing. Throws Error naming
/// `file` with every missing, unexpected and misshaped key. Half precision becomes float32.
Network networkFromCheckpoint(const CheckpointFile& checkpoint, const std::filesystem::path& file);
Network loadNetwork(const std::filesystem::path& file);

}  // namespace uninet
