#include "core/streetscape/parts.h"

#include <algorithm>

namespace uninet::streetscape {

void Parts::face(const std::vector<Vec3>& corners, const Surface& surface) {
  Polygon polygon;
  for (const Vec3& corner : corners)
    polygon.corners[static_cast<std::size_t>(polygon.count++)] = frame_.point(corner);
  polygon.surface = surface;
  polygon.origin = polygon.corners[0];
  polygon.uAxis = unit(polygon.corners[1] - polygon.corners[0]);
  const Vec3 normal = unit(cross(polygon.uAxis, polygon.corners[2] - polygon.corners[1]));
  polygon.vAxis = cross(normal, polygon.uAxis);
  scene_.polygons.push_back(polygon);
}

void Parts::box(const Vec3& a, const Vec3& b, const Surface& sides, const Surface& top) {
  face({{a.x, a.y, a.z}, {b.x, a.y, a.z}, {b.x, b.y, a.z}, {a.x, b.y, a.z}}, sides);
  face({{a.x, a.y, b.z}, {b.x, a.y, b.z}, {b.x, b.y, b.z}, {a.x, b.y, b.z}}, sides);
  face({{a.x, a.y, a.z}, {a.x, a.y, b.z}, {a.x, b.y, b.z}, {a.x, b.y, a.z}}, sides);
  face({{b.x, a.y, a.z}, {b.x, a.y, b.z}, {b.x, b.y, b.z}, {b.x, b.y, a.z}}, sides);
  face({{a.x, b.y, a.z}, {b.x, b.y, a.z}, {b.x, b.y, b.z}, {a.x, b.y, b.z}}, top);
  if (a.y > 1) face({{a.x, a.y, a.z}, {b.x, a.y, a.z}, {b.x, a.y, b.z}, {a.x, a.y, b.z}}, top);
}

void Parts::prism(const std::vector<std::array<double, 2>>& profile, double halfWidth, double taper,
                  const Surface& sides, const Surface& around) {
  double low = 1e9, high = -1e9;
  for (const auto& p : profile) {
    low = std::min(low, p[1]);
    high = std::max(high, p[1]);
  }
  const auto at = [&](const std::array<double, 2>& p, double side) {
    const double x = halfWidth - taper * (p[1] - low) / std::max(1e-6, high - low);
    return Vec3{side * x, p[1], p[0]};
  };
  for (const double side : {-1.0, 1.0}) {
    std::vector<Vec3> corners;
    for (const auto& p : profile) corners.push_back(at(p, side));
    face(corners, sides);
  }
  for (std::size_t i = 0; i < profile.size(); ++i) {
    const auto& p = profile[i];
    const auto& q = profile[(i + 1) % profile.size()];
    face({at(p, -1), at(p, 1), at(q, 1), at(q, -1)}, around);
  }
}

void Parts::disc(const Vec3& centre, double radius, const Surface& surface) {
  std::vector<Vec3> corners;
  for (int i = 0; i < 12; ++i) {
    const double a = i * (3.14159265358979 / 6);
    corners.push_back(centre + Vec3{0, radius * std::sin(a), radius * std::cos(a)});
  }
  face(corners, surface);
  Polygon& polygon = scene_.polygons.back();
  polygon.origin = frame_.point(centre);
  polygon.uAxis = frame_.direction({0, 0, 1});
  polygon.vAxis = {0, 1, 0};
}

void Parts::ellipsoid(const Vec3& centre, const Vec3& half, const Surface& surface, bool ragged) {
  Ellipsoid e;
  e.centre = frame_.point(centre);
  e.axes = {frame_.direction({half.x, 0, 0}), frame_.direction({0, half.y, 0}),
            frame_.direction({0, 0, half.z})};
  e.ragged = ragged;
  e.surface = surface;
  scene_.ellipsoids.push_back(e);
}

void Parts::limb(const Vec3& from, const Vec3& to, double thickness, const Surface& surface) {
  const Vec3 along = (frame_.point(to) - frame_.point(from)) * 0.5;
  const Vec3 helper = std::abs(along.y) > 0.9 * length(along) ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  const Vec3 side = unit(cross(along, helper)) * thickness;
  const Vec3 other = unit(cross(along, side)) * thickness;
  Ellipsoid e;
  e.centre = frame_.point((from + to) * 0.5);
  e.axes = {along * 1.08, side, other};
  e.surface = surface;
  scene_.ellipsoids.push_back(e);
}

void Parts::shadow(double halfWidth, double halfLength, double height) {
  scene_.casters.push_back({frame_, halfWidth, halfLength, height});
}

int addInstance(Scene& scene, int labelId) {
  scene.instanceLabels.push_back(static_cast<std::uint8_t>(labelId));
  return static_cast<int>(scene.instanceLabels.size()) - 1;
}

}  // namespace uninet::streetscape
