#pragma once

#include <filesystem>
#include <string>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network.h"

namespace uninet {

/// Starts a network from pretrained weights (state_dict.md, name mapping): ImageNet DLA-34 with
/// bare names, or an FCOS detector on DLA-34, from which neck and detection head are taken too if
/// the network detects. Entries that do not fit in shape stay as they are. Returns one sentence
/// that says how many were loaded; throws Error naming `file` if the backbone is not complete, and
/// nothing is loaded then.
std::string loadBackbone(Network& network, const CheckpointFile& weights,
                         const std::filesystem::path& file);

}  // namespace uninet
