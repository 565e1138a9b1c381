#pragma once

#include <cmath>

namespace uninet::streetscape {

/// World: x right, y up, z forward, metres, origin on the ground below the camera.
struct Vec3 {
  double x = 0, y = 0, z = 0;

  Vec3 operator+(const Vec3& o) const { return {x + o.x, y + o.y, z + o.z}; }
  Vec3 operator-(const Vec3& o) const { return {x - o.x, y - o.y, z - o.z}; }
  Vec3 operator*(double s) const { return {x * s, y * s, z * s}; }
};

inline double dot(const Vec3& a, const Vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(const Vec3& a) { return std::sqrt(dot(a, a)); }
inline Vec3 unit(const Vec3& a) { return a * (1 / length(a)); }

/// A position and a heading on the ground: local x is right of the heading, z along it.
struct Frame {
  Vec3 origin;
  double sine = 0, cosine = 1;

  Frame() = default;
  Frame(const Vec3& at, double heading)
      : origin(at), sine(std::sin(heading)), cosine(std::cos(heading)) {}
  Vec3 direction(const Vec3& v) const {
    return {v.x * cosine + v.z * sine, v.y, -v.x * sine + v.z * cosine};
  }
  Vec3 point(const Vec3& v) const { return origin + direction(v); }
};

}  // namespace uninet::streetscape
