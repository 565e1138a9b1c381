#include "attacks/sweep/outcome.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/sha256.h"

namespace uninet {

std::string brokenOutcome(const Engine::Evaluated& found) {
  if (!found.prediction.depthMetres.empty() && !cv::checkRange(found.prediction.depthMetres))
    return "the predicted depth is not finite; the checkpoint may be broken";
  for (const cv::Mat* map : {&found.prediction.contours, &found.prediction.normals})
    if (!map->empty() && !cv::checkRange(*map))
      return "an auxiliary output is not finite; the checkpoint may be broken";
  for (const auto& [key, value] : found.losses)
    if (!std::isfinite(value))
      return concat("the loss ", key, " is not finite; the checkpoint may be broken");
  for (const Detection& d : found.prediction.detections)
    if (!std::isfinite(d.score) || !std::isfinite(d.box.area()))
      return "a detection is not finite; the checkpoint may be broken";
  return {};
}

std::string namesHash(const Dataset& data, std::size_t count) {
  Sha256 hash;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = data.name(i) + "\n";
    hash.add(name.data(), name.size());
  }
  return hash.finish();
}

}  // namespace uninet
