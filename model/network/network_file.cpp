#include "model/network/network_file.h"

#include <ATen/ATen.h>

#include <cstring>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

const std::pair<const char*, at::ScalarType> kTypes[] = {
    {"float64", at::kDouble},    {"float32", at::kFloat}, {"float16", at::kHalf},
    {"bfloat16", at::kBFloat16}, {"int64", at::kLong},    {"int32", at::kInt},
    {"int16", at::kShort},       {"int8", at::kChar},     {"uint8", at::kByte},
    {"bool", at::kBool}};

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
  all["uninet.classes"] = packClasses(*network.spec.classes);
  all["uninet.width"] = numberText(network.spec.width);
  all["uninet.size"] = sizeText(network.spec.size);
  writeSafetensors(file, rawWeights(network, half), all);
}

}  // namespace uninet
