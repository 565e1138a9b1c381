#include "ui/views/view_camera.h"

#include <algorithm>

namespace uninet {
namespace {

constexpr double kLargestZoom = 64;

}  // namespace

void ViewCamera::fit() { setView(1, {0.5, 0.5}); }

void ViewCamera::setView(double zoom, QPointF centre) {
  const double limited = std::clamp(zoom, 1.0, kLargestZoom);
  const double margin = 0.5 / limited;
  const QPointF inside(std::clamp(centre.x(), margin, 1 - margin),
                       std::clamp(centre.y(), margin, 1 - margin));
  if (limited == zoom_ && inside == centre_) return;
  zoom_ = limited;
  centre_ = inside;
  Q_EMIT viewChanged();
}

void ViewCamera::zoomAbout(QPointF fixed, double factor) {
  const double zoom = std::clamp(zoom_ * factor, 1.0, kLargestZoom);
  setView(zoom, fixed + (centre_ - fixed) * (zoom_ / zoom));
}

void ViewCamera::setCursor(std::optional<QPointF> position) {
  if (position == cursor_) return;
  cursor_ = position;
  Q_EMIT cursorChanged();
}

}  // namespace uninet
