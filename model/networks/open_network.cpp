#include "model/networks/open_network.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "model/network/mask_file.h"
#include "model/network/network_file.h"
#include "model/networks/choose_weights.h"
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
  refuseUnusable(code, file);
  return code;
}

/// Takes note of weights that hold NaN or infinite values.
class NonFinite {
 public:
  void look(const std::string& key, const at::Tensor& value) {
    // One value that is not finite makes the sum so, and it is one pass instead of five.
    if (!value.is_floating_point() || std::isfinite(value.sum().item<double>())) return;
    const auto count = value.numel() - at::isfinite(value).sum().item<std::int64_t>();
    if (count == 0) return;
    if (keys_ < kMostNamed)
      text_ += concat(keys_ > 0 ? ", " : "", key, " (", count, " of ", value.numel(), ")");
    ++keys_;
  }
  void refuse(const std::filesystem::path& file) const {
    if (keys_ == 0) return;
    throw Error(concat(
        file.string(), ": the values of ", keys_, keys_ == 1 ? " weight" : " weights",
        " are not finite, nothing was loaded: ", text_, keys_ > kMostNamed ? ", \u2026" : ""));
  }

 private:
  static constexpr int kMostNamed = 8;

  std::string text_;
  int keys_ = 0;
};

/// "base_layer.0.weight [16, 3, 7, 7], …" of the first tensors.
std::string firstTensors(const CheckpointFile& checkpoint) {
  constexpr std::size_t kMostNamed = 4, kLongest = 64;
  std::string text;
  for (std::size_t i = 0; i < std::min(checkpoint.tensors.size(), kMostNamed); ++i) {
    const auto& [key, tensor] = checkpoint.tensors[i];
    text += concat(i > 0 ? ", " : "", key.substr(0, kLongest), " ", shapeText(tensor.shape));
  }
  return text + (checkpoint.tensors.size() > kMostNamed ? ", \u2026" : "");
}

/// Where the mask components come from that the checkpoint itself does not hold.
struct MaskSource {
  std::filesystem::path file;  ///< "": none
  std::string note;
};

constexpr const char* kMaskNote = "mask components ";  ///< how each note of them begins

MaskSource maskSource(bool hasHead, bool hasCode, const std::filesystem::path& file,
                      const OpenOptions& options) {
  if (!options.maskComponents.empty())
    return {options.maskComponents, concat(kMaskNote, "from ", options.maskComponents.string())};
  if (!hasHead || hasCode) return {};
  const auto beside = maskComponentsBeside(file);
  if (beside.size() == 1)
    return {beside[0],
            concat(kMaskNote, "from ", beside[0].string(), ", which lies beside the checkpoint")};
  if (beside.empty())
    return {{},
            concat(kMaskNote,
                   "are missing, so no instance mask is decoded; give --mask-components "
                   "pca_meinst.npz, or make them with \"uninet mask-components\"")};
  std::string names;
  for (const auto& path : beside)
    if (names.size() < 200) names += (names.empty() ? "" : ", ") + path.filename().string();
  return {{},
          concat(kMaskNote, "are missing, as several files beside the checkpoint hold some (",
                 names, "); name one with --mask-components")};
}

}  // namespace

Network networkFromCheckpoint(const CheckpointFile& checkpoint, const std::filesystem::path& file) {
  const std::optional<NetworkSpec> spec = recogniseNetwork(checkpoint, file);
  if (!spec)
    throw Error(concat(file.string(), ": its ", checkpoint.tensors.size(),
                       " tensors belong to no network that is known here; expected the keys of ",
                       networkTitles(), " (base_net.backbone.…), found ",
                       firstTensors(checkpoint)));
  const std::vector<KeyShape> keys = networkKeys(*spec);
  const KeyReport report = compareKeys(checkpoint, keys);
  if (!report.fits())
    throw Error(concat(file.string(), " does not fit ", specText(*spec), "; nothing was loaded. ",
                       report.text()));
  Network network;
  network.spec = *spec;
  network.function = networkByKey(spec->network).forward;
  std::map<std::string_view, const RawTensor*> tensors;
  for (const auto& [key, tensor] : checkpoint.tensors) tensors[key] = &tensor;
  NonFinite nonFinite;
  for (const KeyShape& key : keys) {
    at::Tensor value = tensorFromRaw(*tensors.at(key.key));
    value = value.to(key.integer ? at::kLong : at::kFloat);
    nonFinite.look(key.key, value);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    network.weights.add(key.key, value, key.buffer);
  }
  nonFinite.refuse(file);
  network.maskCode = maskCodeFrom(checkpoint, file);
  if (!network.maskCode.empty() && spec->tasks.has(Task::instSeg) &&
      network.maskCode.components.size(0) != spec->maskCode)
    throw Error(concat(file.string(), ": its mask code has ", network.maskCode.components.size(0),
                       " components, its instance-mask head needs ", spec->maskCode));
  network.metadata = checkpoint.metadata;
  return network;
}

CheckpointFile openCheckpoint(const std::filesystem::path& file, const OpenOptions& options) {
  return readCheckpoint(file, bestWeights(file, options.weights));
}

std::vector<std::string> openingNotes(const CheckpointFile& checkpoint, const NetworkSpec& spec,
                                      const std::filesystem::path& file,
                                      const OpenOptions& options) {
  std::vector<std::string> notes;
  std::vector<WeightsCandidate> others = checkpoint.candidates;
  const auto taken = std::find_if(others.begin(), others.end(), [&](const auto& candidate) {
    return candidate.key == checkpoint.weightsKey;
  });
  if (taken != others.end()) {
    if (others.size() > 1 || !taken->key.empty()) notes.push_back("weights: " + taken->name());
    const std::size_t enough = taken->tensors.size() / 2;  // not a loss or a counter beside
    others.erase(taken);
    std::erase_if(others, [&](const auto& other) { return other.tensors.size() < enough; });
  }
  if (!others.empty())
    notes.push_back(
        concat("also in the file: ", candidateNames(others), "; --weights takes one of them"));
  if (!checkpoint.removedPrefix.empty())
    notes.push_back("prefix removed: " + checkpoint.removedPrefix);
  const bool says = saysSize(checkpoint);
  if (!options.size && !says)
    notes.push_back(
        concat("network size ", sizeText(spec.size), " is the default: the file does not say"));
  else if (options.size && !says)
    notes.push_back(concat("size ", sizeText(*options.size), ", by --size: the file does not say"));
  else if (options.size && *options.size != spec.size)
    notes.push_back(concat("size ", sizeText(*options.size), " instead of the file's ",
                           sizeText(spec.size), ", by --size"));
  const std::string mask =
      maskSource(spec.tasks.has(Task::instSeg), checkpoint.find("mask_code.components") != nullptr,
                 file, options)
          .note;
  if (!mask.empty()) notes.push_back(mask);
  return notes;
}

void setMaskComponents(OpenedNetwork& opened, const std::filesystem::path& npz) {
  const NetworkSpec& spec = opened.network.spec;
  if (!spec.tasks.has(Task::instSeg))
    throw Error(concat(npz.string(), ": the network has no instance-mask head, its tasks are ",
                       spec.tasks.text()));
  opened.network.maskCode = readMaskComponents(npz, spec.maskCode);
  opened.maskComponents = npz;
  std::erase_if(opened.notes, [](const std::string& note) { return note.starts_with(kMaskNote); });
  opened.notes.push_back(concat(kMaskNote, "from ", npz.string()));
}

OpenedNetwork openNetwork(const std::filesystem::path& file, const OpenOptions& options) {
  return openNetwork(openCheckpoint(file, options), file, options);
}

OpenedNetwork openNetwork(const CheckpointFile& checkpoint, const std::filesystem::path& file,
                          const OpenOptions& options) {
  OpenedNetwork opened{networkFromCheckpoint(checkpoint, file), checkpoint.weightsKey, {}, {}};
  Network& network = opened.network;
  const MaskSource source =
      maskSource(network.spec.tasks.has(Task::instSeg), !network.maskCode.empty(), file, options);
  std::string unusable;
  try {
    if (!source.file.empty()) setMaskComponents(opened, source.file);
  } catch (const Error& error) {
    // Nobody asked for what merely lies beside the checkpoint.
    if (!options.maskComponents.empty()) throw;
    unusable = concat(kMaskNote, "beside the checkpoint are not taken: ", error.what());
  }
  opened.notes = openingNotes(checkpoint, network.spec, file, options);
  if (!unusable.empty()) {
    std::erase_if(opened.notes,
                  [](const std::string& note) { return note.starts_with(kMaskNote); });
    opened.notes.push_back(unusable);
  }
  if (options.size) network.spec.size = *options.size;
  return opened;
}

Network loadNetwork(const std::filesystem::path& file, const OpenOptions& options) {
  return openNetwork(file, options).network;
}

}  // namespace uninet
