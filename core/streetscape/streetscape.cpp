#include "core/streetscape/streetscape.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/class_table.h"
#include "core/streetscape/raster.h"

namespace uninet {
namespace streetscape {
namespace {

/// Label of a piece of ground.
std::uint8_t groundLabel(const Scene& scene, const View& view, std::int32_t hit, int x, int y,
                         double z) {
  constexpr std::uint8_t kRoadLabel = 7, kSidewalkLabel = 8, kTerrainLabel = 22;
  if (hit == kRoad) return kRoadLabel;
  const Ground& g = scene.ground;
  const double across = view.ray(x + 0.5, y + 0.5).x * z;
  const bool left = across < 0;
  const double beyond = left ? g.left - across : across - g.right;
  const bool grass = left ? g.leftGrass : g.rightGrass;
  return grass && beyond > (left ? g.leftWalk : g.rightWalk) ? kTerrainLabel : kSidewalkLabel;
}

const Surface& surfaceOf(const Scene& scene, std::int32_t thing) {
  const auto index = static_cast<std::size_t>(thing);
  return index < scene.polygons.size() ? scene.polygons[index].surface
                                       : scene.ellipsoids[index - scene.polygons.size()].surface;
}

}  // namespace

RawFrame renderScene(const Scene& scene, cv::Size size) {
  constexpr std::uint8_t kSkyLabel = 23;
  const Buffers b = rasterise(scene, size);
  RawFrame frame;
  frame.camera = scene.camera;
  frame.image = shade(scene, b);

  // Objects of which next to nothing is seen become groups, as annotators leave them.
  std::vector<int> seen(scene.instanceLabels.size(), 0);
  for (const std::int32_t thing : b.thing)
    if (thing >= 0)
      if (const int instance = surfaceOf(scene, thing).instance; instance >= 0)
        ++seen[static_cast<std::size_t>(instance)];
  const int fewest = std::max(6, size.area() / 20000);
  std::map<int, int> counters;
  std::vector<std::uint16_t> ids(seen.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const int label = scene.instanceLabels[i];
    ids[i] =
        static_cast<std::uint16_t>(seen[i] < fewest ? label : label * 1000 + counters[label]++);
  }

  frame.labelIds.create(size, CV_8U);
  frame.instanceIds.create(size, CV_16U);
  frame.disparity.create(size, CV_16U);
  const View view(scene.camera);
  const double scale = scene.camera.baseline * scene.camera.fx * 256;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const std::size_t at = b.at(x, y);
      const std::int32_t thing = b.thing[at];
      const double z = b.depth[at];
      std::uint8_t label = kSkyLabel;
      std::uint16_t id = kSkyLabel;
      if (thing >= 0) {
        const Surface& s = surfaceOf(scene, thing);
        label = s.labelId;
        id = s.instance >= 0 ? ids[static_cast<std::size_t>(s.instance)] : label;
      } else if (thing != kSky) {
        label = groundLabel(scene, view, thing, x, y, z);
        id = label;
      }
      frame.labelIds.at<std::uint8_t>(y, x) = label;
      frame.instanceIds.at<std::uint16_t>(y, x) = id;
      frame.disparity.at<std::uint16_t>(y, x) =
          z > 0 ? static_cast<std::uint16_t>(std::min(65535.0, std::floor(scale / z + 0.5) + 1))
                : 0;
    }
  return frame;
}

}  // namespace streetscape

namespace {

class Streetscape : public Dataset {
 public:
  Streetscape(std::string split, std::size_t count, std::uint64_t seed, cv::Size size)
      : split_(std::move(split)), count_(count), size_(size) {
    const char* const splits[] = {"train", "val", "test"};
    const auto found = std::find(std::begin(splits), std::end(splits), split_);
    if (found == std::end(splits))
      throw Error(concat("streetscape: expected split train, val or test, found \"", split_, "\""));
    if (size.width < 64 || size.height < 32)
      throw Error(concat("streetscape: expected a size of at least 32x64, found ", size.height, "x",
                         size.width));
    stream_ = Random::mix(seed, static_cast<std::uint64_t>(found - std::begin(splits)) + 101);
  }

  std::string title() const override { return "Streetscape · " + split_; }
  std::size_t size() const override { return count_; }
  std::string group(std::size_t) const override { return "streetscape"; }
  bool hasGroundTruth() const override { return true; }
  std::string name(std::size_t index) const override {
    char text[48];
    std::snprintf(text, sizeof text, "streetscape_%06zu_000000", index);
    return text;
  }
  RawFrame load(std::size_t index) const override {
    if (index >= count_)
      throw Error(concat(title(), ": there is no frame ", index, "; it has ", count_));
    RawFrame frame =
        streetscape::renderScene(streetscape::buildScene(stream_, index, size_), size_);
    frame.name = name(index);
    return frame;
  }

 private:
  std::string split_;
  std::size_t count_;
  cv::Size size_;
  std::uint64_t stream_ = 0;
};

}  // namespace

std::unique_ptr<Dataset> openStreetscape(const std::string& split, std::size_t count,
                                         std::uint64_t seed, cv::Size size) {
  return std::make_unique<Streetscape>(split, count, seed, size);
}

std::unique_ptr<Dataset> openDefaultStreetscape(const std::string& split, cv::Size networkSize,
                                                std::size_t count) {
  return openStreetscape(split, count, kStreetscapeSeed, networkSize);
}

}  // namespace uninet
