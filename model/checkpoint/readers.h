#pragma once

#include <filesystem>
#include <string_view>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/refuse.h"

namespace uninet {

// Each reads the whole content of a file; `file` is for messages. Throw Error.
CheckpointFile readSafetensors(std::string_view bytes, const std::filesystem::path& file,
                               const ChooseWeights& choose, ReadWork& work);
CheckpointFile readZipCheckpoint(std::string_view bytes, const std::filesystem::path& file,
                                 const ChooseWeights& choose, ReadWork& work);
CheckpointFile readLegacyCheckpoint(std::string_view bytes, const std::filesystem::path& file,
                                    const ChooseWeights& choose, ReadWork& work);

/// The bytes of a safetensors file up to its data, which follows as the tensors stand in it.
std::string safetensorsHeader(const NamedTensors& tensors, const Metadata& metadata);

/// Name of the record of a .pth with what a state dict has no place for: a safetensors file.
inline constexpr const char* kBesideRecord = "uninet.safetensors";

}  // namespace uninet
