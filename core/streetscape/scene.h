#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/data/sample.h"
#include "core/streetscape/vec3.h"

namespace uninet::streetscape {

/// How a surface is coloured; see shade.cpp.
enum class Material : std::uint8_t {
  plain,  ///< colour with a little grain
  paint,  ///< car body: reflects the sky a little
  cabin,  ///< side of a car's cabin: glass inside a frame of the body's colour
  glass,
  facade,  ///< windows on a grid of `u` × `v` metres, a door on the ground floor
  roof,
  bricks,
  bars,  ///< fence
  foliage,
  bark,
  windows,  ///< bus, tram: a band of windows
  cargo,    ///< ribbed box of a truck
  ring,     ///< spoked wheel: only rim, hub and spokes are there
  lamp,     ///< bright on its own
  sign
};

/// RGB, 0..1.
struct Colour {
  float r = 0, g = 0, b = 0;
  Colour operator*(float s) const { return {r * s, g * s, b * s}; }
  Colour operator+(const Colour& o) const { return {r + o.r, g + o.g, b + o.b}; }
};

struct Surface {
  Material material = Material::plain;
  Colour colour;
  std::uint8_t labelId = 0;
  int instance = -1;   ///< index into Scene::instanceLabels; −1: none
  float u = 1, v = 1;  ///< sizes of a pattern, metres
  std::uint32_t seed = 0;
};

/// Convex planar polygon; u and v of a point are its coordinates along the axes, in metres.
struct Polygon {
  std::array<Vec3, 12> corners;
  int count = 0;
  Vec3 origin, uAxis, vAxis;
  Surface surface;
};

/// `axes` are three orthogonal semi-axes.
struct Ellipsoid {
  Vec3 centre;
  std::array<Vec3, 3> axes;
  bool ragged = false;  ///< foliage: its rim is frayed
  Surface surface;
};

/// Box that throws a shadow on the ground.
struct Caster {
  Frame frame;
  double halfWidth = 0, halfLength = 0, height = 0;
};

/// The ground across the street, by x: sidewalks lie `kKerb` higher than the road.
struct Ground {
  double left = -6, right = 4;                 ///< edges of the road
  double leftWalk = 3, rightWalk = 3;          ///< widths of the sidewalks
  bool leftGrass = false, rightGrass = false;  ///< terrain instead of paving behind the sidewalk
  double centreLine = -1.6;
  double parkingLeft = -100, parkingRight = 100;  ///< inner edges of the parking lanes
  double zebra = -100;                            ///< z of a crossing
  double rails = -100;                            ///< x of the middle of a tram track
  std::uint32_t seed = 0;
  float asphalt = 0.33f, paving = 0.5f;
};
inline constexpr double kKerb = 0.12;

struct Light {
  Vec3 sun;  ///< towards the sun
  Colour sunColour, ambient, haze, zenith;
  double hazeDistance = 300;
  float gain = 1, clouds = 0.3f;
};

struct Scene {
  Camera camera;  ///< of the frame that is rendered
  Ground ground;
  Light light;
  std::vector<Polygon> polygons;
  std::vector<Ellipsoid> ellipsoids;
  std::vector<Caster> casters;
  std::vector<std::uint8_t> instanceLabels;  ///< label id of each instance
  std::uint64_t noiseSeed = 0;
};

/// World ↔ camera of a frame. Camera: x right, y down, z along the optical axis. Yaw turns the
/// camera to the left about the vertical, pitch tilts it down, the camera stands `camera.z` metres
/// above the road.
class View {
 public:
  explicit View(const Camera& camera);
  Vec3 toCamera(const Vec3& world) const;
  /// Direction in the world of the ray through a pixel, scaled so that its camera z is 1.
  Vec3 ray(double pixelX, double pixelY) const;
  Vec3 position() const { return position_; }
  const Camera& camera() const { return camera_; }

 private:
  Camera camera_;
  Vec3 position_, right_, down_, forward_;
};

/// The scene number `index` of a stream. The index also chooses which rare things it surely shows.
Scene buildScene(std::uint64_t seed, std::uint64_t index, cv::Size size);

/// Image, label ids, instance ids and disparity of a scene.
RawFrame renderScene(const Scene& scene, cv::Size size);

}  // namespace uninet::streetscape
