#pragma once

#include <algorithm>

namespace uninet {

/// Axis-aligned box in pixels, x1 and y1 exclusive: the tight box of pixel columns 3..5 is [3, 6).
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  float area() const { return std::max(width(), 0.f) * std::max(height(), 0.f); }
  Box scaled(float sx, float sy) const { return {x0 * sx, y0 * sy, x1 * sx, y1 * sy}; }
  bool operator==(const Box&) const = default;
};

/// Intersection over union; 0 where both are empty.
inline float iou(const Box& a, const Box& b) {
  const Box common{std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1),
                   std::min(a.y1, b.y1)};
  const float both = common.area(), either = a.area() + b.area() - both;
  return either > 0 ? both / either : 0;
}

}  // namespace uninet
