#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/readers.h"

namespace uninet {

WeightsChoice largestWeights(const std::vector<WeightsCandidate>& candidates, const Metadata&) {
  WeightsChoice choice;
  std::ptrdiff_t most = -1;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::vector<TensorInfo>& tensors = candidates[i].tensors;
    const auto readable =
        std::count_if(tensors.begin(), tensors.end(),
                      [](const TensorInfo& tensor) { return isReadable(tensor.dtype); });
    if (readable <= most) continue;
    most = readable;
    choice.candidate = i;
  }
  constexpr const char* kPrefix = "module.";
  const std::vector<TensorInfo>& tensors = candidates[choice.candidate].tensors;
  if (!tensors.empty() && std::all_of(tensors.begin(), tensors.end(), [](const TensorInfo& tensor) {
        return tensor.key.starts_with(kPrefix);
      }))
    choice.prefix = kPrefix;
  return choice;
}

CheckpointFile readCheckpoint(const std::filesystem::path& file, const ChooseWeights& choose,
                              ReadWork* work) {
  ReadWork counted;
  ReadWork& count = work != nullptr ? *work : counted;
  const std::string bytes = readTextFile(file, std::size_t{8} << 30);
  if (bytes.empty()) throw Error(concat(file.string(), " is empty; a checkpoint is expected"));
  if (bytes.starts_with("PK\x03\x04")) return readZipCheckpoint(bytes, file, choose, count);
  // A safetensors file starts with a length, whose first byte may be anything.
  const bool json = bytes.size() > 8 && bytes[8] == '{';
  if (bytes[0] == '\x80' && !json) return readLegacyCheckpoint(bytes, file, choose, count);
  if (json || file.extension() == ".safetensors")
    return readSafetensors(bytes, file, choose, count);
  throw Error(concat(file.string(),
                     " is no checkpoint: expected a .pth (zip or legacy) or .safetensors file, "
                     "found other bytes at its start"));
}

}  // namespace uninet
