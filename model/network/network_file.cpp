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

NamedTensors weightsOf(const Network& network, bool half) {
  NamedTensors tensors;
  for (const WeightEntry& entry : network.weights.entries()) {
    RawTensor raw = rawFromTensor(entry.tensor);
    const bool shrink = half && raw.dtype == "float32" && !entry.key.ends_with("running_var");
    tensors.emplace_back(entry.key, shrink ? toFloat16(raw) : std::move(raw));
  }
  return tensors;
}

NamedTensors maskCodeOf(const Network& network, bool half) {
  if (network.maskCode.empty()) return {};
  const auto raw = [&](const at::Tensor& value) {
    return half ? toFloat16(rawFromTensor(value)) : rawFromTensor(value);
  };
  return {{"mask_code.components", raw(network.maskCode.components)},
          {"mask_code.explained_variance", raw(network.maskCode.explainedVariance)},
          {"mask_code.mean", raw(network.maskCode.mean)}};
}

Metadata metadataOf(const Network& network, const Metadata& more) {
  Metadata all = network.metadata;
  for (const auto& [key, value] : more) all[key] = value;
  all["uninet.network"] = network.spec.network;
  all["uninet.tasks"] = network.spec.tasks.text();
  all["uninet.encoder"] = encoderName(network.spec.encoder);
  all["uninet.neck"] = neckName(network.spec.neck);
  all["uninet.classes"] = packClasses(*network.spec.classes);
  all["uninet.width"] = numberText(network.spec.width);
  all["uninet.size"] = sizeText(network.spec.size);
  return all;
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
  const at::Tensor packed = tensor.detach().cpu().contiguous();
  RawTensor raw;
  for (const auto& [name, type] : kTypes)
    if (packed.scalar_type() == type) raw.dtype = name;
  raw.shape = packed.sizes().vec();
  raw.bytes.resize(packed.nbytes());
  if (!raw.bytes.empty()) std::memcpy(raw.bytes.data(), packed.data_ptr(), raw.bytes.size());
  return raw;
}

NamedTensors rawWeights(const Network& network, bool half) {
  NamedTensors tensors = weightsOf(network, half), code = maskCodeOf(network, half);
  for (auto& tensor : code) tensors.push_back(std::move(tensor));
  return tensors;
}

void saveNetwork(const Network& network, const std::filesystem::path& file, bool half,
                 const Metadata& metadata) {
  writeSafetensors(file, rawWeights(network, half), metadataOf(network, metadata));
}

void saveForPython(const Network& network, const std::filesystem::path& file, bool half) {
  writePth(file, weightsOf(network, half), metadataOf(network, {}), maskCodeOf(network, half));
}

void refuseUnusable(const MaskCode& code, const std::filesystem::path& file) {
  for (const auto& [name, tensor] : {std::pair{"components", code.components},
                                     {"explained variance", code.explainedVariance},
                                     {"mean", code.mean}})
    if (const auto bad = tensor.numel() - at::isfinite(tensor).sum().item<std::int64_t>(); bad > 0)
      throw Error(concat(file.string(), ": ", bad, " of the ", tensor.numel(), " numbers of the ",
                         name, " of its mask code are not finite"));
  if ((code.explainedVariance <= 0).any().item<bool>())
    throw Error(concat(file.string(),
                       ": the explained variance of its mask code has to be positive, found ",
                       code.explainedVariance.min().item<double>()));
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += concat(i > 0 ? ", " : "", shape[i]);
  return text + "]";
}

}  // namespace uninet
