#pragma once

#include <optional>

#include <QObject>
#include <QPointF>

namespace uninet {

/// What part of the image all panels show, and where the cursor is. Coordinates are fractions of
/// the image (0..1), so that panels of any resolution agree.
class ViewCamera : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  double zoom() const { return zoom_; }  ///< 1: the whole image, at most 64
  QPointF centre() const { return centre_; }
  std::optional<QPointF> cursor() const { return cursor_; }

  void fit();
  /// Multiplies the zoom and keeps `fixed` where it is.
  void zoomAbout(QPointF fixed, double factor);
  void setView(double zoom, QPointF centre);
  void setCursor(std::optional<QPointF> position);

 Q_SIGNALS:
  void viewChanged();
  void cursorChanged();

 private:
  double zoom_ = 1;
  QPointF centre_{0.5, 0.5};
  std::optional<QPointF> cursor_;
};

}  // namespace uninet
