#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace uninet {

/// Where a picture lies in a view: network pixels to logical pixels and back.
struct ViewMap {
  QRectF image;    ///< the whole picture in the view; much larger than the view when zoomed
  QSizeF picture;  ///< in network pixels
  QRectF bounds;   ///< of the view

  double scale() const { return image.width() / picture.width(); }
  QPointF toView(QPointF p) const {
    return {image.x() + p.x() * image.width() / picture.width(),
            image.y() + p.y() * image.height() / picture.height()};
  }
  QRectF toView(const QRectF& r) const { return {toView(r.topLeft()), toView(r.bottomRight())}; }
  QPointF toPicture(QPointF p) const {
    return {(p.x() - image.x()) * picture.width() / image.width(),
            (p.y() - image.y()) * picture.height() / image.height()};
  }
};

}  // namespace uninet
