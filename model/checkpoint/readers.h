#pragma once

#include <filesystem>
#include <string_view>

#include "model/checkpoint/checkpoint.h"

namespace uninet {

// Each reads the whole content of a file; `file` is for messages. Throw Error.
CheckpointFile readSafetensors(std::string_view bytes, const std::filesystem::path& file);
CheckpointFile readZipCheckpoint(std::string_view bytes, const std::filesystem::path& file);
CheckpointFile readLegacyCheckpoint(std::string_view bytes, const std::filesystem::path& file);

}  // namespace uninet
