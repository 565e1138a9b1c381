#include "core/streetscape/raster.h"

#include <algorithm>
#include <cmath>

namespace uninet::streetscape {
namespace {

constexpr double kNear = 0.25, kFar = 2500;

struct Point2 {
  double x = 0, y = 0;
};

class Rasteriser {
 public:
  Rasteriser(const Scene& scene, cv::Size size)
      : scene_(scene), view_(scene.camera), camera_(scene.camera) {
    out_.width = size.width;
    out_.height = size.height;
    const std::size_t pixels = static_cast<std::size_t>(size.area());
    out_.depth.assign(pixels, 0);
    out_.thing.assign(pixels, kSky);
    out_.shadow.assign(pixels, 0);
  }

  Buffers run() {
    ground();
    for (std::size_t i = 0; i < scene_.polygons.size(); ++i) polygon(i);
    for (std::size_t i = 0; i < scene_.ellipsoids.size(); ++i) ellipsoid(i);
    for (const Caster& caster : scene_.casters) shadow(caster);
    return std::move(out_);
  }

 private:
  void put(std::size_t at, double z, std::int32_t thing) {
    float& depth = out_.depth[at];
    if (depth > 0 && static_cast<float>(z) >= depth) return;
    depth = static_cast<float>(z);
    out_.thing[at] = thing;
  }

  void ground() {
    const Ground& g = scene_.ground;
    const double height = view_.position().y;
    for (int y = 0; y < out_.height; ++y)
      for (int x = 0; x < out_.width; ++x) {
        const Vec3 ray = view_.ray(x + 0.5, y + 0.5);
        if (ray.y >= -1e-6) continue;
        const double road = height / -ray.y, walk = (height - kKerb) / -ray.y;
        if (walk > kFar) continue;
        const double onWalk = ray.x * walk, onRoad = ray.x * road;
        if (onWalk <= g.left || onWalk >= g.right)
          put(out_.at(x, y), walk, kPavement);
        else if (onRoad > g.left && onRoad < g.right)
          put(out_.at(x, y), road, kRoad);
        else
          put(out_.at(x, y), (onRoad <= g.left ? g.left : g.right) / ray.x, kKerbFace);
      }
  }

  /// Corners in camera coordinates, cut at the near plane.
  std::vector<Vec3> clipped(const Vec3* corners, int count) const {
    std::vector<Vec3> in, out;
    for (int i = 0; i < count; ++i) in.push_back(view_.toCamera(corners[i]));
    for (std::size_t i = 0; i < in.size(); ++i) {
      const Vec3 &a = in[i], &b = in[(i + 1) % in.size()];
      if (a.z >= kNear) out.push_back(a);
      if ((a.z >= kNear) != (b.z >= kNear))
        out.push_back(a + (b - a) * ((kNear - a.z) / (b.z - a.z)));
    }
    return out;
  }

  Point2 project(const Vec3& c) const {
    return {camera_.fx * c.x / c.z + camera_.u0, camera_.fy * c.y / c.z + camera_.v0};
  }

  /// Calls `span(y, x0, x1)` for the pixels of a convex polygon whose centres lie inside.
  template <class Span>
  void fill(const std::vector<Vec3>& corners, const Span& span) const {
    if (corners.size() < 3) return;
    std::vector<Point2> points;
    double top = 1e9, bottom = -1e9;
    for (const Vec3& corner : corners) {
      points.push_back(project(corner));
      top = std::min(top, points.back().y);
      bottom = std::max(bottom, points.back().y);
    }
    const int y0 = static_cast<int>(std::max(0.0, std::ceil(top - 0.5)));
    const int y1 = static_cast<int>(std::min(out_.height - 1.0, std::floor(bottom - 0.5)));
    for (int y = y0; y <= y1; ++y) {
      const double cy = y + 0.5;
      double left = 1e18, right = -1e18;
      for (std::size_t i = 0; i < points.size(); ++i) {
        const Point2 &a = points[i], &b = points[(i + 1) % points.size()];
        if ((a.y <= cy) == (b.y <= cy)) continue;
        const double x = a.x + (cy - a.y) / (b.y - a.y) * (b.x - a.x);
        left = std::min(left, x);
        right = std::max(right, x);
      }
      if (left > right) continue;
      const int x0 = static_cast<int>(std::max(0.0, std::ceil(left - 0.5)));
      const int x1 = static_cast<int>(std::min(out_.width - 1.0, std::ceil(right - 0.5) - 1));
      if (x0 <= x1) span(y, x0, x1);
    }
  }

  /// Whether a pattern with holes has material at a point of the polygon.
  bool solid(const Polygon& p, double px, double py, double z) const {
    const Vec3 at = view_.position() + view_.ray(px, py) * z - p.origin;
    const double u = dot(at, p.uAxis), v = dot(at, p.vAxis);
    if (p.surface.material == Material::bars) {
      // Far away the bars melt into one another.
      const double pixel = z / camera_.fx;
      if (pixel * 2 > p.surface.u) return true;
      const double phase = u / p.surface.u - std::floor(u / p.surface.u);
      const double across = std::abs(v);
      return phase < 0.42 || (across > 0.1 && across < 0.2) || std::fmod(across, 0.8) > 0.7;
    }
    const double r = std::sqrt(u * u + v * v) / 0.35;
    if (r > 0.80 || r < 0.14) return true;
    const double spokes = std::atan2(v, u) * (10 / 6.28318530718);
    return std::abs(spokes - std::round(spokes)) < 0.10;
  }

  void polygon(std::size_t index) {
    const Polygon& p = scene_.polygons[index];
    const std::vector<Vec3> corners = clipped(p.corners.data(), p.count);
    if (corners.size() < 3) return;
    const Vec3 normal = cross(corners[1] - corners[0], corners[2] - corners[0]);
    const double distance = dot(normal, corners[0]);
    const bool holes = p.surface.material == Material::bars || p.surface.material == Material::ring;
    fill(corners, [&](int y, int x0, int x1) {
      const double v = (y + 0.5 - camera_.v0) / camera_.fy;
      for (int x = x0; x <= x1; ++x) {
        const double u = (x + 0.5 - camera_.u0) / camera_.fx;
        const double z = distance / (normal.x * u + normal.y * v + normal.z);
        if (!(z >= kNear * 0.99 && z < kFar)) continue;
        if (holes && !solid(p, x + 0.5, y + 0.5, z)) continue;
        put(out_.at(x, y), z, static_cast<std::int32_t>(index));
      }
    });
  }

  void ellipsoid(std::size_t index) {
    const Ellipsoid& e = scene_.ellipsoids[index];
    const Vec3 c = view_.toCamera(e.centre);
    std::array<Vec3, 3> axes;
    Vec3 extent;
    for (std::size_t i = 0; i < 3; ++i) {
      axes[i] = view_.toCamera(e.centre + e.axes[i]) - c;
      extent = extent + Vec3{axes[i].x * axes[i].x, axes[i].y * axes[i].y, axes[i].z * axes[i].z};
    }
    extent = {std::sqrt(extent.x), std::sqrt(extent.y), std::sqrt(extent.z)};
    if (c.z - extent.z < kNear) return;
    // Into the space in which it is the unit sphere.
    for (Vec3& axis : axes) axis = axis * (1 / dot(axis, axis));
    const Vec3 centre{dot(axes[0], c), dot(axes[1], c), dot(axes[2], c)};
    const double constant = dot(centre, centre) - 1;
    double low[2] = {1e9, 1e9}, high[2] = {-1e9, -1e9};
    for (const double z : {c.z - extent.z, c.z + extent.z})
      for (const double s : {-1.0, 1.0}) {
        const Point2 p = project({c.x + s * extent.x, c.y + s * extent.y, z});
        low[0] = std::min(low[0], p.x);
        low[1] = std::min(low[1], p.y);
        high[0] = std::max(high[0], p.x);
        high[1] = std::max(high[1], p.y);
      }
    const int x0 = static_cast<int>(std::max(0.0, std::floor(low[0])));
    const int y0 = static_cast<int>(std::max(0.0, std::floor(low[1])));
    const int x1 = static_cast<int>(std::min(out_.width - 1.0, std::ceil(high[0])));
    const int y1 = static_cast<int>(std::min(out_.height - 1.0, std::ceil(high[1])));
    const auto id = static_cast<std::int32_t>(scene_.polygons.size() + index);
    for (int y = y0; y <= y1; ++y)
      for (int x = x0; x <= x1; ++x) {
        const Vec3 r{(x + 0.5 - camera_.u0) / camera_.fx, (y + 0.5 - camera_.v0) / camera_.fy, 1};
        const Vec3 d{dot(axes[0], r), dot(axes[1], r), dot(axes[2], r)};
        const double a = dot(d, d), b = dot(d, centre);
        const double inside = b * b - a * constant;
        if (inside <= 0) continue;
        const double z = (b - std::sqrt(inside)) / a;
        if (z < kNear) continue;
        if (e.ragged) {
          // inside / a is 1 in the middle and 0 on the rim.
          const Vec3 at = view_.position() + view_.ray(x + 0.5, y + 0.5) * z;
          const float leaf = noise2(at.x * 5 + at.z * 3, at.y * 5, e.surface.seed);
          if (inside / a < 0.55 * leaf * leaf) continue;
        }
        put(out_.at(x, y), z, id);
      }
  }

  /// Marks the ground under the box as seen from the sun.
  void shadow(const Caster& caster) {
    const Vec3& sun = scene_.light.sun;
    const double reach = std::min(caster.height / sun.y, 3 * caster.height);
    const Vec3 offset{-sun.x * reach, 0, -sun.z * reach};
    std::vector<Vec3> points;
    for (const double sx : {-1.0, 1.0})
      for (const double sz : {-1.0, 1.0}) {
        const Vec3 corner =
            caster.frame.point({sx * caster.halfWidth, 0.0, sz * caster.halfLength});
        points.push_back(corner);
        points.push_back(corner + offset);
      }
    std::sort(points.begin(), points.end(),
              [](const Vec3& a, const Vec3& b) { return a.x < b.x || (a.x == b.x && a.z < b.z); });
    std::vector<Vec3> hull;
    for (int pass = 0; pass < 2; ++pass) {
      const std::size_t start = hull.size();
      for (const Vec3& p : points) {
        while (hull.size() >= start + 2) {
          const Vec3 a = hull[hull.size() - 2], b = hull.back();
          if ((b.x - a.x) * (p.z - a.z) - (b.z - a.z) * (p.x - a.x) > 0) break;
          hull.pop_back();
        }
        hull.push_back(p);
      }
      hull.pop_back();
      std::reverse(points.begin(), points.end());
    }
    fill(clipped(hull.data(), static_cast<int>(hull.size())), [&](int y, int x0, int x1) {
      std::fill_n(out_.shadow.begin() + static_cast<std::ptrdiff_t>(out_.at(x0, y)), x1 - x0 + 1,
                  1);
    });
  }

  const Scene& scene_;
  View view_;
  const Camera& camera_;
  Buffers out_;
};

}  // namespace

View::View(const Camera& camera) : camera_(camera), position_{0, camera.z, 0} {
  const Vec3 level{-std::sin(camera.yaw), 0, std::cos(camera.yaw)};
  const Vec3 up{0, 1, 0};
  right_ = {std::cos(camera.yaw), 0, std::sin(camera.yaw)};
  forward_ = level * std::cos(camera.pitch) - up * std::sin(camera.pitch);
  down_ = level * -std::sin(camera.pitch) - up * std::cos(camera.pitch);
}

Vec3 View::toCamera(const Vec3& world) const {
  const Vec3 p = world - position_;
  return {dot(p, right_), dot(p, down_), dot(p, forward_)};
}

Vec3 View::ray(double pixelX, double pixelY) const {
  return forward_ + right_ * ((pixelX - camera_.u0) / camera_.fx) +
         down_ * ((pixelY - camera_.v0) / camera_.fy);
}

std::uint32_t hash3(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  std::uint32_t h = a * 0x9e3779b1u ^ b * 0x85ebca77u ^ c * 0xc2b2ae3du;
  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  return h ^ (h >> 15);
}

float noise2(double u, double v, std::uint32_t seed) {
  const double fu = std::floor(u), fv = std::floor(v);
  const auto iu = static_cast<std::uint32_t>(static_cast<std::int64_t>(fu));
  const auto iv = static_cast<std::uint32_t>(static_cast<std::int64_t>(fv));
  const auto smooth = [](double t) { return static_cast<float>(t * t * (3 - 2 * t)); };
  const float su = smooth(u - fu), sv = smooth(v - fv);
  const auto value = [&](std::uint32_t a, std::uint32_t b) {
    return static_cast<float>(hash3(a, b, seed) >> 8) * (1.f / 16777216.f);
  };
  const float top = value(iu, iv) + su * (value(iu + 1, iv) - value(iu, iv));
  const float bottom = value(iu, iv + 1) + su * (value(iu + 1, iv + 1) - value(iu, iv + 1));
  return top + sv * (bottom - top);
}

Buffers rasterise(const Scene& scene, cv::Size size) { return Rasteriser(scene, size).run(); }

}  // namespace uninet::streetscape
