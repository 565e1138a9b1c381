#pragma once

#include <cstdint>
#include <vector>

#include "core/streetscape/scene.h"

namespace uninet::streetscape {

/// What a pixel shows if it shows no polygon and no ellipsoid.
enum GroundHit : std::int32_t { kSky = -1, kRoad = -2, kPavement = -3, kKerbFace = -4 };

/// Depth buffer of a scene: which thing is seen in each pixel, and at what depth.
struct Buffers {
  int width = 0, height = 0;
  std::vector<float> depth;          ///< metres along the optical axis; 0 where there is sky
  std::vector<std::int32_t> thing;   ///< index into polygons, then ellipsoids; or a GroundHit
  std::vector<std::uint8_t> shadow;  ///< 1 where the ground lies in a shadow

  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// Pixel (x, y) is sampled at its centre (x + 0.5, y + 0.5).
Buffers rasterise(const Scene& scene, cv::Size size);

/// Colours of all pixels: RGB CV_8UC3.
cv::Mat shade(const Scene& scene, const Buffers& buffers);

/// Smooth noise in 0..1 over a lattice of spacing 1.
float noise2(double u, double v, std::uint32_t seed);
std::uint32_t hash3(std::uint32_t a, std::uint32_t b, std::uint32_t c);

}  // namespace uninet::streetscape
