#include "ui/views/label_layout.h"

#include <algorithm>
#include <array>

#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

constexpr double kApart = 1;  ///< between labels

QRectF inside(QRectF rect, const QRectF& bounds) {
  rect.moveLeft(std::max(std::min(rect.left(), bounds.right() - rect.width()), bounds.left()));
  rect.moveTop(std::max(std::min(rect.top(), bounds.bottom() - rect.height()), bounds.top()));
  return rect;
}

}  // namespace

std::vector<PlacedLabel> placeLabels(std::vector<LabelRequest> requests, const QRectF& bounds,
                                     const std::vector<QRectF>& obstacles) {
  std::stable_sort(
      requests.begin(), requests.end(),
      [](const LabelRequest& a, const LabelRequest& b) { return a.priority > b.priority; });
  std::vector<QRectF> taken = obstacles;
  std::vector<PlacedLabel> placed;
  for (const LabelRequest& request : requests) {
    const QRectF& box = request.box;
    const double wide = request.size.width(), high = request.size.height();
    const double above = box.top() - high, below = box.bottom(), left = box.left(),
                 right = box.right() - wide;
    const std::array<QPointF, 8> corners{{{left, above},
                                          {left, box.top()},
                                          {right, above},
                                          {left, below},
                                          {right, below},
                                          {box.right(), box.top()},
                                          {left - wide, box.top()},
                                          {left, box.bottom() - high}}};
    const auto fits = [&](const QRectF& rect) {
      return bounds.contains(rect) &&
             std::none_of(taken.begin(), taken.end(), [&](const QRectF& t) {
               return t.adjusted(-kApart, -kApart, kApart, kApart).intersects(rect);
             });
    };
    PlacedLabel label{request.object, {}, true};
    for (const QPointF& corner : corners) {
      const QRectF rect = inside({corner, request.size}, bounds);
      if (!fits(rect)) continue;
      label.rect = rect;
      label.dot = false;
      taken.push_back(rect);
      break;
    }
    if (label.dot) {
      const QSizeF dot(canvas::kDot, canvas::kDot);
      label.rect = QRectF(box.topLeft() - QPointF(dot.width(), dot.height()) / 2, dot);
    }
    placed.push_back(label);
  }
  return placed;
}

}  // namespace uninet
