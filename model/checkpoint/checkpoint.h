#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace uninet {

/// One tensor as it stands in a file: contiguous little-endian bytes, row-major.
struct RawTensor {
  std::string dtype;  ///< float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool
  std::vector<std::int64_t> shape;
  std::vector<std::uint8_t> bytes;

  std::int64_t numel() const;
  /// Element i of the flat tensor as a double.
  double value(std::int64_t i) const;
  double sum() const;
};

/// A value of a class that is not executed and not understood, e.g. posix.system.
struct OpaqueValue {
  std::string where;  ///< "optimizer.state", the path of keys to it
  std::string type;   ///< "module.name"
};

/// What a checkpoint file holds. `tensors` keeps the order of the file; the prefix "module." is
/// stripped and the container ("model", "state_dict", "net") removed.
struct CheckpointFile {
  std::string format;     ///< "zip", "legacy", "safetensors"
  std::string container;  ///< "model", "state_dict", "net" or "" (top level)
  bool strippedModulePrefix = false;
  std::vector<std::pair<std::string, RawTensor>> tensors;
  std::vector<OpaqueValue> opaque;
  /// Plain values beside the tensors (epoch, args, safetensors __metadata__), as text.
  std::map<std::string, std::string> metadata;

  const RawTensor* find(const std::string& key) const;
};

/// Reads .pth (zip or legacy) or .safetensors; the format is found from the bytes, not the name.
/// Executes nothing. Every offset, length, stride and shape is checked against the file before
/// memory is taken. Throws Error: one sentence that names the file, what was expected, what found.
CheckpointFile readCheckpoint(const std::filesystem::path& file);

/// Writes tensors with metadata; atomic.
void writeSafetensors(const std::filesystem::path& file,
                      const std::vector<std::pair<std::string, RawTensor>>& tensors,
                      const std::map<std::string, std::string>& metadata);

/// Writes a zip .pth holding an OrderedDict of tensors, which Python's torch.load and
/// load_state_dict accept; atomic.
void writePth(const std::filesystem::path& file,
              const std::vector<std::pair<std::string, RawTensor>>& tensors);

/// Rounds to nearest even, as Torch does; for writing half-precision checkpoints.
RawTensor toFloat16(const RawTensor& tensor);

}  // namespace uninet
