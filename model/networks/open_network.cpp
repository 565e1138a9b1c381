#include "model/networks/open_network.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "model/network/network_file.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

MaskCode maskCodeFrom(const CheckpointFile& checkpoint, const std::filesystem::path& file) {
  MaskCode code;
  const RawTensor* components = checkpoint.find("mask_code.components");
  const RawTensor* variance = checkpoint.find("mask_code.explained_variance");
  const RawTensor* mean = checkpoint.find("mask_code.mean");
  if (components == nullptr && variance == nullptr && mean == nullptr) return code;
  constexpr std::int64_t kPixels = MaskCode::kGrid * MaskCode::kGrid;
  if (components == nullptr || variance == nullptr || mean == nullptr ||
      components->shape.size() != 2 || components->shape[1] != kPixels ||
      variance->shape != std::vector<std::int64_t>{components->shape[0]} ||
      mean->shape != std::vector<std::int64_t>{kPixels})
    throw Error(concat(file.string(),
                       ": the mask code needs components [k, 784], "
                       "explained_variance [k] and mean [784]"));
  code.components = tensorFromRaw(*components).to(at::kFloat);
  code.explainedVariance = tensorFromRaw(*variance).to(at::kFloat);
  code.mean = tensorFromRaw(*mean).to(at::kFloat);
  return code;
}

}  // namespace

Network networkFromCheckpoint(const CheckpointFile& checkpoint, const std::filesystem::path& file) {
  const std::optional<NetworkSpec> spec = recogniseNetwork(checkpoint);
  if (!spec)
    throw Error(concat(file.string(), ": its ", checkpoint.tensors.size(),
                       " tensors belong to no network that is known here; expected the keys of "
                       "UniNet (base_net.backbone.…)"));
  const std::vector<KeyShape> keys = networkKeys(*spec);
  const KeyReport report = compareKeys(checkpoint, keys);
  if (!report.fits())
    throw Error(concat(file.string(), " does not fit ", spec->network, " with tasks ",
                       spec->tasks.text(), " and the ", encoderName(spec->encoder),
                       " encoder; nothing was loaded. ", report.text()));
  Network network;
  network.spec = *spec;
  network.function = networkByKey(spec->network).forward;
  for (const KeyShape& key : keys) {
    at::Tensor value = tensorFromRaw(*checkpoint.find(key.key));
    value = value.to(key.integer ? at::kLong : at::kFloat);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    network.weights.add(key.key, value, key.buffer);
  }
  network.maskCode = maskCodeFrom(checkpoint, file);
  network.metadata = checkpoint.metadata;
  return network;
}

Network loadNetwork(const std::filesystem::path& file) {
  return networkFromCheckpoint(readCheckpoint(file), file);
}

}  // namespace uninet
