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

/// The entries of saveNetwork(), for writePth().
std::vector<std::pair<std::string, RawTensor>> rawWeights(const Network& network, bool half);

at::Tensor tensorFromRaw(const RawTensor& raw);
RawTensor rawFromTensor(const at::Tensor& tensor);

}  // namespace uninet
