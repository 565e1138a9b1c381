#include "model/network_file.h"

#include <ATen/ATen.h>

#include <cstring>

#include "core/error.h"
#include "model/recognise.h"

namespace uninet {
namespace {

const std::pair<const char*, at::ScalarType> kTypes[] = {
    {"float64", at::kDouble},    {"float32", at::kFloat}, {"float16", at::kHalf},
    {"bfloat16", at::kBFloat16}, {"int64", at::kLong},    {"int32", at::kInt},
    {"int16", at::kShort},       {"int8", at::kChar},     {"uint8", at::kByte},
    {"bool", at::kBool}};

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

at::Tensor tensorFromRaw(const RawTensor& raw) {
  for (const auto& [name, type] : kTypes)
    if (raw.dtype == name) {
      at::Tensor tensor = at::empty(raw.shape, type);
      if (!raw.bytes.empty()) std::memcpy(tensor.data_ptr(), raw.bytes.data(), raw.bytes.size());
      return tensor;
    }
  throw Error(concat("tensor of type ", raw.dtype, " cannot be used"));
}

RawTensor rawFromTensor(const at::Tensor& tensor) {
  const at::Tensor packed = tensor.detach().contiguous();
  RawTensor raw;
  for (const auto& [name, type] : kTypes)
    if (packed.scalar_type() == type) raw.dtype = name;
  raw.shape = packed.sizes().vec();
  raw.bytes.resize(packed.nbytes());
  if (!raw.bytes.empty()) std::memcpy(raw.bytes.data(), packed.data_ptr(), raw.bytes.size());
  return raw;
}

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

std::vector<std::pair<std::string, RawTensor>> rawWeights(const Network& network, bool half) {
  std::vector<std::pair<std::string, RawTensor>> tensors;
  for (const WeightEntry& entry : network.weights.entries()) {
    RawTensor raw = rawFromTensor(entry.tensor);
    const bool shrink = half && raw.dtype == "float32" && !entry.key.ends_with("running_var");
    tensors.emplace_back(entry.key, shrink ? toFloat16(raw) : std::move(raw));
  }
  if (!network.maskCode.empty()) {
    const auto add = [&](const char* key, const at::Tensor& value) {
      const RawTensor raw = rawFromTensor(value);
      tensors.emplace_back(key, half ? toFloat16(raw) : raw);
    };
    add("mask_code.components", network.maskCode.components);
    add("mask_code.explained_variance", network.maskCode.explainedVariance);
    add("mask_code.mean", network.maskCode.mean);
  }
  return tensors;
}

void saveNetwork(const Network& network, const std::filesystem::path& file, bool half,
                 const std::map<std::string, std::string>& metadata) {
  std::map<std::string, std::string> all = network.metadata;
  for (const auto& [key, value] : metadata) all[key] = value;
  all["uninet.network"] = network.spec.network;
  all["uninet.tasks"] = network.spec.tasks.text();
  all["uninet.encoder"] = encoderName(network.spec.encoder);
  all["uninet.width"] = concat(network.spec.width);
  all["uninet.size"] = sizeText(network.spec.size);
  writeSafetensors(file, rawWeights(network, half), all);
}

}  // namespace uninet
