#include "model/networks/backbone_mapping.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <map>

#include "core/base/error.h"
#include "model/network/network_file.h"

namespace uninet {
namespace {

constexpr std::string_view kBackbone = "base_net.backbone.";

bool startsWith(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

/// Key of the network for a key of the pretrained file; empty if it has no place in it.
std::string mappedKey(const std::string& key, const Network& network) {
  const std::string_view kDetectorBackbone = "backbone.bottom_up.";
  if (startsWith(key, kDetectorBackbone))
    return std::string(kBackbone) + key.substr(kDetectorBackbone.size());
  if (network.weights.contains(std::string(kBackbone) + key)) return std::string(kBackbone) + key;
  if (!network.spec.tasks.has(Task::detect)) return {};
  for (int level = 3; level <= 5; ++level)
    for (const auto& [theirs, ours] : {std::pair{"backbone.fpn_lateral", "lateral_convs."},
                                       {"backbone.fpn_output", "fpn_convs."}})
      if (const std::string prefix = concat(theirs, level, "."); startsWith(key, prefix))
        return concat("encoder_decoder.neck.", ours, level - 3, ".", key.substr(prefix.size()));
  const std::string_view kHead = "proposal_generator.fcos_head.";
  if (!startsWith(key, kHead)) return {};
  std::string rest = key.substr(kHead.size());
  if (const auto at = rest.find("ctrness"); at != std::string::npos)
    rest.replace(at, 7, "centerness");
  return "head.det_head.head." + rest;
}

/// What pretrained files may lack: counters, and the projections of level3 and level4, which no
/// forward pass uses.
bool isOptional(const std::string& key) {
  return key.ends_with("num_batches_tracked") ||
         startsWith(key, concat(kBackbone, "level3.project.")) ||
         startsWith(key, concat(kBackbone, "level4.project."));
}

}  // namespace

std::string loadBackbone(Network& network, const CheckpointFile& weights,
                         const std::filesystem::path& file) {
  std::map<std::string, at::Tensor> found;
  std::size_t misshaped = 0;
  for (const auto& [key, raw] : weights.tensors) {
    const std::string place = mappedKey(key, network);
    if (place.empty() || !network.weights.contains(place)) continue;
    at::Tensor source = tensorFromRaw(raw);
    if (source.sizes() == network.weights.at(place).sizes())
      found[place] = std::move(source);
    else
      ++misshaped;
  }
  std::size_t inBackbone = 0;
  for (const WeightEntry& entry : network.weights.entries()) {
    if (!startsWith(entry.key, kBackbone) || isOptional(entry.key)) continue;
    if (found.count(entry.key) == 0)
      throw Error(concat(file.string(), " does not hold the weights of this backbone: ", entry.key,
                         " is missing or has another shape"));
    ++inBackbone;
  }
  const at::NoGradGuard noGrad;
  for (const auto& [place, source] : found) network.weights.at(place).copy_(source);
  return concat("loaded ", found.size(), " entries from ", file.string(), ", ", inBackbone,
                " of them into the backbone; ", misshaped, " of another shape were left out");
}

}  // namespace uninet
