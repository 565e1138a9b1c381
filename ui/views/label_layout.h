#pragma once

#include <vector>

#include <QRectF>
#include <QSizeF>

namespace uninet {

/// A label that wants to stand at a box. All in logical pixels of the view.
struct LabelRequest {
  int object = 0;  ///< index of the object
  QRectF box;      ///< the part that is seen
  QSizeF size;
  double priority = 0;
};
/// Where it stands; folded into a dot where there was no room.
struct PlacedLabel {
  int object = 0;
  QRectF rect;
  bool dot = false;
};

/// Places labels within `bounds`, the greatest priority first, each above its box, in it, below or
/// beside it; no label overlaps another one or an obstacle. In the order of placement.
std::vector<PlacedLabel> placeLabels(std::vector<LabelRequest> requests, const QRectF& bounds,
                                     const std::vector<QRectF>& obstacles);

}  // namespace uninet
