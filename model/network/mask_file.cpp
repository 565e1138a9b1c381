#include "model/network/mask_file.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "model/checkpoint/npz.h"
#include "model/network/network_file.h"

namespace uninet {
namespace {

constexpr const char *kComponents = "components_", *kVariance = "explained_variance_",
                     *kMean = "mean_";

std::vector<std::string> arrayNames() { return {kComponents, kVariance, kMean}; }

}  // namespace

MaskCode readMaskComponents(const std::filesystem::path& file, int codeLength) {
  const auto arrays = readNpz(file, arrayNames());
  const RawTensor &components = arrays.at(kComponents), &variance = arrays.at(kVariance),
                  &mean = arrays.at(kMean);
  constexpr std::int64_t kPixels = MaskCode::kGrid * MaskCode::kGrid;
  if (components.shape.size() != 2 || components.shape[1] != kPixels ||
      variance.shape != std::vector<std::int64_t>{components.shape[0]} ||
      mean.shape != std::vector<std::int64_t>{kPixels})
    throw Error(concat(file.string(), ": expected components_ [n, ", kPixels,
                       "], explained_variance_ [n] and mean_ [", kPixels, "], found ",
                       shapeText(components.shape), ", ", shapeText(variance.shape), " and ",
                       shapeText(mean.shape)));
  if (components.shape[0] < codeLength)
    throw Error(concat(file.string(), " holds ", components.shape[0],
                       " mask components, the instance-mask head needs ", codeLength));
  MaskCode code;
  const auto rows = [&](const RawTensor& raw) {
    return tensorFromRaw(raw).to(at::kFloat).narrow(0, 0, codeLength).contiguous();
  };
  code.components = rows(components);
  code.explainedVariance = rows(variance);
  code.mean = tensorFromRaw(mean).to(at::kFloat);
  refuseUnusable(code, file);
  return code;
}

void writeMaskComponents(const std::filesystem::path& file, const MaskCode& code) {
  writeNpz(file, {{kComponents, rawFromTensor(code.components)},
                  {kVariance, rawFromTensor(code.explainedVariance)},
                  {kMean, rawFromTensor(code.mean)}});
}

std::vector<std::filesystem::path> maskComponentsBeside(const std::filesystem::path& checkpoint) {
  const std::filesystem::path folder =
      checkpoint.has_parent_path() ? checkpoint.parent_path() : std::filesystem::path(".");
  std::error_code error;
  if (const auto official = folder / "pca_meinst.npz"; std::filesystem::exists(official, error))
    return {official};
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".npz" && npzHolds(entry.path(), arrayNames()))
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace uninet
