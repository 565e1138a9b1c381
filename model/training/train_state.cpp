#include "model/training/train_state.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/numbers.h"
#include "model/network/network_file.h"

namespace uninet {
namespace {

std::int64_t counter(const CheckpointFile& file, const std::string& key,
                     const std::filesystem::path& path) {
  const auto found = file.metadata.find(key);
  if (found == file.metadata.end())
    throw Error(
        concat(path.string(), ": expected the training state's entry \"", key, "\", found none"));
  const auto number = parseNumber<std::int64_t>(found->second);
  if (!number || *number < 0)
    throw Error(concat(path.string(), ": expected a number at \"", key, "\", found \"",
                       found->second, "\""));
  return *number;
}

/// A state written before there were any begins them anew.
LossMeans meansOf(const CheckpointFile& file, const std::filesystem::path& path) {
  const auto found = file.metadata.find("train.means");
  if (found == file.metadata.end()) return {};
  try {
    return nlohmann::json::parse(found->second).get<LossMeans>();
  } catch (const nlohmann::json::exception&) {
    throw Error(concat(path.string(), ": expected means of losses at \"train.means\", found \"",
                       found->second, "\""));
  }
}

}  // namespace

void saveTrainState(const std::filesystem::path& file, const Network& network,
                    const Optimiser& optimiser, const TrainState& state) {
  auto tensors = rawWeights(network, false);
  const std::vector<at::Tensor> moments = optimiser.state();
  for (std::size_t i = 0; i < moments.size(); ++i)
    tensors.emplace_back("optimiser." + std::to_string(i), rawFromTensor(moments[i]));
  std::map<std::string, std::string> metadata = network.metadata;
  metadata["train.images"] = std::to_string(state.images);
  metadata["train.steps"] = std::to_string(optimiser.steps());
  metadata["train.options"] = state.options;
  metadata["train.means"] = nlohmann::json(state.means).dump();
  writeSafetensors(file, tensors, metadata);
}

TrainState loadTrainState(const std::filesystem::path& file, Network& network,
                          Optimiser& optimiser) {
  const CheckpointFile saved = readCheckpoint(file);
  const at::NoGradGuard noGrad;
  const auto read = [&](const std::string& key, const at::Tensor& like) {
    const RawTensor* raw = saved.find(key);
    if (raw == nullptr || raw->shape != like.sizes().vec())
      throw Error(
          concat(file.string(), ": the training state has no fitting tensor \"", key, "\""));
    return tensorFromRaw(*raw);
  };
  for (WeightEntry& entry : network.weights.entries())
    entry.tensor.copy_(read(entry.key, entry.tensor));
  if (saved.find("mask_code.components") != nullptr) {
    network.maskCode.components = tensorFromRaw(*saved.find("mask_code.components"));
    network.maskCode.explainedVariance = tensorFromRaw(*saved.find("mask_code.explained_variance"));
    network.maskCode.mean = tensorFromRaw(*saved.find("mask_code.mean"));
  }
  std::vector<at::Tensor> moments = optimiser.state();
  for (std::size_t i = 0; i < moments.size(); ++i)
    moments[i] = read("optimiser." + std::to_string(i), moments[i]);
  optimiser.restore(counter(saved, "train.steps", file), moments);
  TrainState state;
  state.images = counter(saved, "train.images", file);
  state.options = saved.metadata.at("train.options");
  state.means = meansOf(saved, file);
  network.metadata = saved.metadata;
  network.metadata.erase("train.steps");
  network.metadata.erase("train.means");
  return state;
}

std::string trainStateOptions(const std::filesystem::path& file) {
  if (!isThere(file)) return {};
  const CheckpointFile saved = readCheckpoint(file);
  const auto found = saved.metadata.find("train.options");
  if (found == saved.metadata.end())
    throw Error(concat(file.string(), " is no training state: it carries no options"));
  return found->second;
}

}  // namespace uninet
