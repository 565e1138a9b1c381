#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network.h"

namespace uninet {

/// safetensors with the spec in the metadata; `half` stores floating-point weights as float16
/// (running variances, which may exceed its range, stay float32).
void saveNetwork(const Network& network, const std::filesystem::path& file, bool half,
                 const std::map<std::string, std::string>& metadata = {});

/// The same as .pth: a state dict that Python's load_state_dict accepts, with the spec and the mask
/// code in a record beside it.
void saveForPython(const Network& network, const std::filesystem::path& file, bool half);

/// The tensors of saveNetwork(): weights, then the mask code.
NamedTensors rawWeights(const Network& network, bool half);

/// Throws Error naming `file` unless every number of the mask code is finite and every variance
/// positive.
void refuseUnusable(const MaskCode& code, const std::filesystem::path& file);

/// "[64, 3, 7, 7]".
std::string shapeText(const std::vector<std::int64_t>& shape);

at::Tensor tensorFromRaw(const RawTensor& raw);
RawTensor rawFromTensor(const at::Tensor& tensor);

}  // namespace uninet
