#include "model/networks/choose_weights.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/base/error.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

// A checkpoint that needs more than these is none of a network here.
constexpr std::size_t kMostExamined = 32, kMostTensors = 20000, kMostPrefixes = 8, kMostNamed = 16;

/// "", then each longer dotted start that more than half of the keys share: "model.", "model.net.".
std::vector<std::string> sharedPrefixes(const std::vector<TensorInfo>& tensors) {
  std::vector<std::string> prefixes{""};
  while (prefixes.size() <= kMostPrefixes) {
    const std::string& shared = prefixes.back();
    std::map<std::string_view, std::size_t> counts;
    for (const TensorInfo& tensor : tensors) {
      if (!tensor.key.starts_with(shared)) continue;
      const std::size_t dot = tensor.key.find('.', shared.size());
      if (dot != std::string::npos) ++counts[std::string_view(tensor.key).substr(0, dot + 1)];
    }
    const auto next = std::find_if(counts.begin(), counts.end(), [&](const auto& count) {
      return 2 * count.second > tensors.size();
    });
    if (next == counts.end()) break;
    prefixes.emplace_back(next->first);
  }
  return prefixes;
}

/// Keys without the prefix; empty if two of them would then be the same.
KeyedTensors withoutPrefix(const std::vector<TensorInfo>& tensors, const std::string& prefix) {
  KeyedTensors keyed;
  for (const TensorInfo& tensor : tensors) {
    std::string_view key = tensor.key;
    if (key.starts_with(prefix)) key.remove_prefix(prefix.size());
    if (!keyed.emplace(key, &tensor).second) return {};
  }
  return keyed;
}

/// How well weights fit a network, better ones greater.
using Fit = std::tuple<bool, std::size_t, std::size_t>;  // fits, keys that match, tensors

}  // namespace

ChooseWeights bestWeights(const std::filesystem::path& file, const std::string& name) {
  return [file, name](const std::vector<WeightsCandidate>& candidates, const Metadata& metadata) {
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!name.empty()) {
      std::erase_if(order, [&](std::size_t i) { return candidates[i].name() != name; });
      if (order.empty())
        throw Error(concat(file.string(), " has no weights named \"", name, "\"; there are ",
                           candidateNames(candidates)));
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return candidates[a].tensors.size() > candidates[b].tensors.size();
    });
    WeightsChoice best = largestWeights(candidates, metadata);
    if (!name.empty())
      best = {order.front(), largestWeights({candidates[order.front()]}, metadata).prefix};
    Fit bestFit{};
    if (order.size() > kMostExamined) order.resize(kMostExamined);
    for (const std::size_t i : order) {
      const std::vector<TensorInfo>& tensors = candidates[i].tensors;
      if (tensors.size() > kMostTensors) continue;
      for (const std::string& prefix : sharedPrefixes(tensors)) {
        const KeyedTensors keyed = withoutPrefix(tensors, prefix);
        std::optional<NetworkSpec> spec;
        try {
          spec = recogniseNetwork(keyed, metadata, file);
        } catch (const Error&) {
          continue;  // of classes that are not known; if nothing else fits, opening says so
        }
        if (!spec) continue;
        const std::vector<KeyShape> expected = networkKeys(*spec);
        const KeyReport report = compareKeys(keyed, expected);
        const Fit fit{report.fits(), report.matching, tensors.size()};
        if (report.matching == 0 || fit <= bestFit) continue;
        bestFit = fit;
        best = {i, prefix};
      }
    }
    return best;
  };
}

std::string candidateNames(const std::vector<WeightsCandidate>& candidates) {
  std::string names;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i == kMostNamed) return names + ", \u2026";
    names += (i > 0 ? ", " : "") + candidates[i].name();
  }
  return names;
}

}  // namespace uninet
