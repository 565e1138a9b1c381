#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/readers.h"

namespace uninet {

CheckpointFile readCheckpoint(const std::filesystem::path& file) {
  const std::string bytes = readTextFile(file, std::size_t{8} << 30);
  if (bytes.empty()) throw Error(concat(file.string(), " is empty; a checkpoint is expected"));
  if (bytes.starts_with("PK\x03\x04")) return readZipCheckpoint(bytes, file);
  // A safetensors file starts with a length, whose first byte may be anything.
  const bool json = bytes.size() > 8 && bytes[8] == '{';
  if (bytes[0] == '\x80' && !json) return readLegacyCheckpoint(bytes, file);
  if (json || file.extension() == ".safetensors") {
    if (bytes.size() < 9)
      throw Error(concat(file.string(), " is no usable safetensors file: it holds ", bytes.size(),
                         " bytes"));
    return readSafetensors(bytes, file);
  }
  throw Error(concat(file.string(),
                     " is no checkpoint: expected a .pth (zip or legacy) or .safetensors file, "
                     "found other bytes at its start"));
}

}  // namespace uninet
