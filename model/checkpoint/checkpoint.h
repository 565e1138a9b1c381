#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
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

using NamedTensors = std::vector<std::pair<std::string, RawTensor>>;

/// A tensor without its numbers.
struct TensorInfo {
  std::string key;
  std::string dtype;  ///< of RawTensor, or one that is not read: complex64, qint8, F8_E4M3, U16 …
  std::vector<std::int64_t> shape;
};

/// A value of a class that is not executed and not understood, e.g. posix.system.
struct OpaqueValue {
  std::string where;  ///< "optimizer.state", the path of keys to it
  std::string type;   ///< "module.name"
};

/// A dict of a file that holds tensors, and so may be the weights of a network.
struct WeightsCandidate {
  std::string key;  ///< the path of keys to it, "model" or "model.state_dict"; "" is the top level
  std::vector<TensorInfo> tensors;

  /// The key as a person sees and gives it: "." for the top level.
  std::string name() const { return key.empty() ? "." : key; }
};

/// Which candidate is taken, and the prefix that its keys lose where they have it.
struct WeightsChoice {
  std::size_t candidate = 0;
  std::string prefix;  ///< "model." or ""
};

using Metadata = std::map<std::string, std::string>;

/// Chooses one of at least one candidates; `metadata` is what the file says of itself.
using ChooseWeights =
    std::function<WeightsChoice(const std::vector<WeightsCandidate>&, const Metadata& metadata)>;

/// The candidate with most tensors that are read, of equal ones the first; loses "module." if every
/// key has it.
WeightsChoice largestWeights(const std::vector<WeightsCandidate>& candidates,
                             const Metadata& metadata);

/// What a checkpoint file holds. `tensors` keeps the order of the file.
struct CheckpointFile {
  std::string format;                        ///< "zip", "legacy", "safetensors"
  std::string weightsKey;                    ///< of the candidate that was taken
  std::string removedPrefix;                 ///< "module." or ""
  std::vector<WeightsCandidate> candidates;  ///< all of them, in the order of the file
  NamedTensors tensors;                      ///< those of the weights
  std::vector<TensorInfo> unread;            ///< tensors of the weights of other types
  std::vector<OpaqueValue> opaque;
  /// Plain values beside the tensors (epoch, args, safetensors __metadata__), as text.
  Metadata metadata;

  const RawTensor* find(const std::string& key) const;
};

/// What reading a file took, counted and not timed, so that it says the same on every machine.
struct ReadWork {
  std::uint64_t steps = 0;  ///< opcodes, values and items that were handled
  std::uint64_t bytes = 0;  ///< that were copied, compared or searched
};

/// Reads .pth (zip or legacy) or .safetensors; the format is found from the bytes, not the name.
/// Executes nothing. Every offset, length, stride and shape is checked against the file before
/// memory is taken. Throws Error: one sentence that names the file, what was expected, what found;
/// `work`, if given, is filled in any case.
CheckpointFile readCheckpoint(const std::filesystem::path& file,
                              const ChooseWeights& choose = largestWeights,
                              ReadWork* work = nullptr);

/// Writes tensors with metadata; atomic.
void writeSafetensors(const std::filesystem::path& file, const NamedTensors& tensors,
                      const Metadata& metadata);

/// Writes a zip .pth holding an OrderedDict of `tensors`, which Python's torch.load and
/// load_state_dict accept; atomic. Metadata and the tensors `beside`, which a state dict has no
/// place for, travel in a record of their own that Python does not look at; readCheckpoint() finds
/// them again.
void writePth(const std::filesystem::path& file, const NamedTensors& tensors,
              const Metadata& metadata = {}, const NamedTensors& beside = {});

/// Rounds to nearest even, as Torch does; for writing half-precision checkpoints.
RawTensor toFloat16(const RawTensor& tensor);

}  // namespace uninet
