#include <algorithm>
#include <cmath>

#include "core/streetscape/raster.h"

namespace uninet::streetscape {
namespace {

Colour mix(const Colour& a, const Colour& b, float t) { return a * (1 - t) + b * t; }
double fraction(double v) { return v - std::floor(v); }
float saturate(double v) { return static_cast<float>(std::clamp(v, 0.0, 1.0)); }

class Shader {
 public:
  explicit Shader(const Scene& scene) : scene_(scene), view_(scene.camera) {}

  Colour pixel(const Buffers& b, int x, int y) const {
    const std::size_t at = b.at(x, y);
    const Vec3 ray = view_.ray(x + 0.5, y + 0.5);
    const std::int32_t thing = b.thing[at];
    if (thing == kSky) return sky(unit(ray));
    const double z = b.depth[at];
    const Vec3 point = view_.position() + ray * z;
    // Width of a pixel on the surface: finer patterns fade before they alias.
    const double pixel = z / scene_.camera.fx;
    Colour colour;
    if (thing < 0) {
      colour = lit(ground(point, thing, pixel), {0, 1, 0}, b.shadow[at] != 0);
    } else if (static_cast<std::size_t>(thing) < scene_.polygons.size()) {
      colour = polygon(scene_.polygons[static_cast<std::size_t>(thing)], point, ray, pixel);
    } else {
      colour = ellipsoid(
          scene_.ellipsoids[static_cast<std::size_t>(thing) - scene_.polygons.size()], point);
    }
    const auto haze = static_cast<float>(1 - std::exp(-z / scene_.light.hazeDistance));
    return mix(colour, scene_.light.haze, haze);
  }

 private:
  Colour lit(const Colour& c, const Vec3& normal, bool shadow) const {
    const Light& l = scene_.light;
    const auto direct = static_cast<float>(shadow ? 0 : std::max(0.0, dot(normal, l.sun)));
    const auto open = static_cast<float>(0.78 + 0.22 * normal.y);
    const Colour light = l.ambient * open + l.sunColour * direct;
    return {c.r * light.r, c.g * light.g, c.b * light.b};
  }

  Colour sky(const Vec3& direction) const {
    const Light& l = scene_.light;
    const float up = saturate(direction.y * 2.4);
    Colour c = mix(l.haze, l.zenith, up);
    const double scale = 1.2 / (0.12 + std::max(0.0, direction.y));
    const double u = direction.x * scale * 2, v = direction.z * scale * 2;
    const auto seed = static_cast<std::uint32_t>(scene_.noiseSeed);
    const float cloud = 0.6f * noise2(u, v, seed) + 0.4f * noise2(u * 2.3, v * 2.3, seed + 1);
    return mix(c, {0.95f, 0.95f, 0.96f},
               l.clouds * saturate((cloud - 0.45) * 3.5) * saturate(direction.y * 6));
  }

  Colour ground(const Vec3& p, std::int32_t hit, double pixel) const {
    const Ground& g = scene_.ground;
    const float fine = saturate(1.3 - pixel / 0.05), middle = saturate(1.3 - pixel / 0.3);
    const float grain = (noise2(p.x * 22, p.z * 22, g.seed) - 0.5f) * 0.10f * fine +
                        (noise2(p.x * 3, p.z * 1.5, g.seed + 1) - 0.5f) * 0.12f * middle +
                        (noise2(p.x * 0.35, p.z * 0.12, g.seed + 2) - 0.5f) * 0.16f;
    if (hit == kKerbFace) return Colour{0.56f, 0.55f, 0.53f} * (1 + grain);
    if (hit == kPavement) return pavement(p, grain, pixel);

    Colour c = Colour{1.0f, 1.0f, 1.03f} * (g.asphalt * (1 + 2 * grain));
    const Colour white{0.82f, 0.82f, 0.80f};
    const auto line = [&](double x, double width) {
      return saturate((width / 2 - std::abs(p.x - x)) / std::max(0.02, pixel) + 0.5);
    };
    const bool dash = fraction(p.z / 6 + 0.2) < 0.5;
    if (dash) c = mix(c, white, line(g.centreLine, 0.14));
    if (g.parkingRight < 50) c = mix(c, white, line(g.parkingRight, 0.10) * 0.8f);
    if (g.parkingLeft > -50) c = mix(c, white, line(g.parkingLeft, 0.10) * 0.8f);
    if (g.rails > -50) {
      const Colour steel{0.55f, 0.55f, 0.56f};
      c = mix(c, steel, std::max(line(g.rails - 0.72, 0.08), line(g.rails + 0.72, 0.08)));
    }
    if (std::abs(p.z - g.zebra) < 1.8 && fraction(p.x / 1.0) < 0.5 && p.x > g.left + 0.3 &&
        p.x < g.right - 0.3)
      c = mix(c, white, 0.9f);
    return c;
  }

  Colour pavement(const Vec3& p, float grain, double pixel) const {
    const Ground& g = scene_.ground;
    const bool left = p.x < 0;
    const double beyond = left ? g.left - p.x : p.x - g.right;
    if (beyond > (left ? g.leftWalk : g.rightWalk) && (left ? g.leftGrass : g.rightGrass)) {
      const float blades = noise2(p.x * 9, p.z * 9, g.seed + 5);
      return Colour{0.27f, 0.36f, 0.15f} * (0.75f + 0.4f * blades + grain);
    }
    Colour c = Colour{1.0f, 0.97f, 0.93f} * (g.paving * (1 + grain));
    if (beyond < 0.16) return Colour{0.62f, 0.61f, 0.59f} * (1 + grain);
    const float joints = saturate(1.2 - pixel / 0.03);
    if (joints > 0 && (fraction(p.x / 0.6) < 0.05 || fraction(p.z / 0.6) < 0.05))
      c = mix(c, c * 0.7f, joints);
    const float slab =
        static_cast<float>(
            hash3(static_cast<std::uint32_t>(static_cast<std::int64_t>(std::floor(p.x / 0.6))),
                  static_cast<std::uint32_t>(static_cast<std::int64_t>(std::floor(p.z / 0.6))),
                  g.seed) >>
            24) /
        255.f;
    return c * (0.94f + 0.12f * slab * saturate(1.2 - pixel / 0.2));
  }

  Colour polygon(const Polygon& p, const Vec3& point, const Vec3& ray, double pixel) const {
    const Vec3 at = point - p.origin;
    const double u = dot(at, p.uAxis), v = dot(at, p.vAxis);
    Vec3 normal = unit(cross(p.uAxis, p.vAxis));
    if (dot(normal, ray) > 0) normal = normal * -1;
    const Surface& s = p.surface;
    if (s.material == Material::lamp) return s.colour * 1.1f;
    if (s.material == Material::glass) return glass(normal, ray);
    const float grain =
        1 + 0.10f * (noise2(u * 6, v * 6, s.seed) - 0.5f) * saturate(1.3 - pixel / 0.15);
    switch (s.material) {
      case Material::facade:
        return facade(s, u, v, normal, ray, pixel, point.y);
      case Material::windows:
        return windows(s, p, point, u, normal, ray);
      case Material::cabin: {
        // Pillars at both ends and in the middle; glass in between.
        const double height = point.y;
        const bool pillar = std::abs(fraction(u / 1.05) - 0.5) > 0.44;
        if (height > 0.95 && !pillar && v > 0.07) return glass(normal, ray);
        return lit(s.colour, normal, false);
      }
      case Material::paint: {
        const Colour base = lit(s.colour * grain, normal, false);
        const float shine = 0.05f + 0.14f * saturate(normal.y);
        return mix(base, scene_.light.haze, shine);
      }
      case Material::roof: {
        const float rows = fraction(v / 0.35) < 0.15 ? 0.8f : 1.f;
        return lit(s.colour * (grain * mixf(1, rows, saturate(1.2 - pixel / 0.15))), normal, false);
      }
      case Material::bricks: {
        const double row = std::floor(v / 0.12);
        const double shift = static_cast<std::int64_t>(row) % 2 == 0 ? 0 : 0.5;
        const bool joint = fraction(v / 0.12) < 0.14 || fraction(u / 0.3 + shift) < 0.06;
        const float fade = saturate(1.2 - pixel / 0.06);
        return lit(s.colour * (grain * mixf(1, joint ? 0.72f : 1.02f, fade)), normal, false);
      }
      case Material::cargo: {
        const float rib = fraction(u / 0.4) < 0.12 ? 0.85f : 1.f;
        return lit(s.colour * (grain * mixf(1, rib, saturate(1.2 - pixel / 0.1))), normal, false);
      }
      case Material::foliage:
        return leaves(s, point, normal);
      default:
        return lit(s.colour * grain, normal, false);
    }
  }

  static float mixf(float a, float b, float t) { return a + (b - a) * t; }

  Colour glass(const Vec3& normal, const Vec3& ray) const {
    const Vec3 d = unit(ray);
    const Vec3 mirrored = d - normal * (2 * dot(d, normal));
    const float sheen = 0.18f + 0.45f * static_cast<float>(1 - std::abs(dot(d, normal)));
    return mix({0.07f, 0.08f, 0.09f}, sky({mirrored.x, std::max(0.05, mirrored.y), mirrored.z}),
               sheen * saturate(mirrored.y * 3 + 0.4));
  }

  Colour facade(const Surface& s, double u, double v, const Vec3& normal, const Vec3& ray,
                double pixel, double height) const {
    const float stain = 1 + 0.14f * (noise2(u * 0.5, v * 0.4, s.seed) - 0.5f) +
                        0.08f * (noise2(u * 5, v * 5, s.seed + 1) - 0.5f);
    const Colour wall = lit(s.colour * stain, normal, false);
    const double column = fraction(u / s.u), row = fraction(height / s.v);
    const auto cell = hash3(
        static_cast<std::uint32_t>(static_cast<std::int64_t>(std::floor(u / s.u))),
        static_cast<std::uint32_t>(static_cast<std::int64_t>(std::floor(height / s.v))), s.seed);
    const bool groundFloor = height < s.v;
    const bool door = groundFloor && cell % 5 == 0;
    const double low = door ? 0.0 : groundFloor && s.seed % 3 == 0 ? 0.12 : 0.3;
    const bool opening = column > 0.24 && column < 0.76 && row > low && row < 0.84;
    const float fade = saturate(1.4 - pixel / 0.4);
    if (!opening) {
      if (row < 0.05 && !groundFloor) return mix(wall, wall * 0.82f, fade);
      return wall;
    }
    if (door) return mix(wall, lit({0.25f, 0.16f, 0.10f}, normal, false), fade);
    const bool frame = column < 0.28 || column > 0.72 || row < low + 0.04 || row > 0.80 ||
                       std::abs(column - 0.5) < 0.018;
    if (frame) return mix(wall, lit({0.78f, 0.77f, 0.74f}, normal, false), fade * 0.9f);
    if (cell % 7 == 1)
      return mix(wall, lit({0.72f, 0.66f, 0.55f}, normal, false), fade);  // curtain
    return mix(wall, mix(glass(normal, ray), {0.20f, 0.22f, 0.25f}, 0.4f), 0.35f + 0.65f * fade);
  }

  Colour windows(const Surface& s, const Polygon& p, const Vec3& point, double u,
                 const Vec3& normal, const Vec3& ray) const {
    const double height = point.y / s.v;
    const Colour body = lit(s.colour, normal, false);
    if (height < 0.14) return body * 0.55f;
    const bool front =
        p.surface.material == Material::windows && length(p.corners[1] - p.corners[0]) < 3;
    if (height > (front ? 0.38 : 0.45) && height < 0.84) {
      const double post = fraction(u / s.u);
      if (front || (post > 0.06 && post < 0.94)) return glass(normal, ray);
      return body * 0.5f;
    }
    if (height > 0.30 && height < 0.34) return mix(body, {0.9f, 0.9f, 0.9f}, 0.6f);
    return mix(body, scene_.light.haze, 0.06f);
  }

  Colour leaves(const Surface& s, const Vec3& point, const Vec3& normal) const {
    const float leaf = noise2(point.x * 7 + point.z * 4, point.y * 7, s.seed);
    const float clump = noise2(point.x * 1.7 + point.z, point.y * 1.7, s.seed + 3);
    return lit(s.colour * (0.45f + 0.75f * leaf + 0.45f * clump), normal, false);
  }

  Colour ellipsoid(const Ellipsoid& e, const Vec3& point) const {
    const Vec3 d = point - e.centre;
    Vec3 normal;
    for (const Vec3& axis : e.axes) {
      const double square = dot(axis, axis);
      normal = normal + axis * (dot(d, axis) / (square * square));
    }
    normal = unit(normal);
    const Surface& s = e.surface;
    if (s.material == Material::lamp) return s.colour * 1.1f;
    if (s.material == Material::foliage) return leaves(s, point, normal);
    const float fold = noise2(point.x * 9 + point.z * 9, point.y * 9, s.seed) - 0.5f;
    const Colour base = lit(s.colour * (1 + 0.22f * fold), normal, false);
    return s.material == Material::paint ? mix(base, scene_.light.haze, 0.10f * saturate(normal.y))
                                         : base;
  }

  const Scene& scene_;
  View view_;
};

}  // namespace

cv::Mat shade(const Scene& scene, const Buffers& b) {
  const Shader shader(scene);
  std::vector<Colour> colours(b.depth.size());
  for (int y = 0; y < b.height; ++y)
    for (int x = 0; x < b.width; ++x) colours[b.at(x, y)] = shader.pixel(b, x, y);

  cv::Mat image(b.height, b.width, CV_8UC3);
  const auto seed = static_cast<std::uint32_t>(scene.noiseSeed >> 32);
  for (int y = 0; y < b.height; ++y) {
    auto* row = image.ptr<cv::Vec3b>(y);
    for (int x = 0; x < b.width; ++x) {
      const std::size_t at = b.at(x, y);
      Colour c = colours[at];
      // A pixel on an outline takes half of its colour from its neighbours.
      const std::size_t left = b.at(std::max(0, x - 1), y),
                        right = b.at(std::min(b.width - 1, x + 1), y);
      const std::size_t up = b.at(x, std::max(0, y - 1)),
                        down = b.at(x, std::min(b.height - 1, y + 1));
      if (b.thing[left] != b.thing[at] || b.thing[right] != b.thing[at] ||
          b.thing[up] != b.thing[at] || b.thing[down] != b.thing[at])
        c = c * 0.5f + (colours[left] + colours[right] + colours[up] + colours[down]) * 0.125f;
      const std::uint32_t h = hash3(static_cast<std::uint32_t>(at), seed, 77);
      const float noise = (static_cast<float>(h & 255) + static_cast<float>(h >> 8 & 255) -
                           static_cast<float>(h >> 16 & 255) - static_cast<float>(h >> 24)) *
                          (2.2f / 255);
      const float gain = scene.light.gain * 255;
      const auto byte = [&](float v, float n) {
        return static_cast<std::uint8_t>(std::clamp(v * gain + n + 0.5f, 0.f, 255.f));
      };
      row[x] = {byte(c.r, noise), byte(c.g, noise * 0.8f), byte(c.b, noise * 1.1f)};
    }
  }
  return image;
}

}  // namespace uninet::streetscape
