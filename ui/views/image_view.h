#pragma once

#include <optional>

#include <QImage>
#include <QWidget>

namespace uninet {

/// What part of the image all panels show, and where the cursor is. Coordinates are fractions of
/// the image (0..1), so that panels of any resolution agree.
class ViewCamera : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  double zoom() const { return zoom_; }  ///< 1: the whole image
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

/// Shows one image under a shared camera: the wheel zooms about the cursor, dragging pans, a double
/// click fits. Whole pixels are shown sharp when they are larger than screen pixels.
class ImageView : public QWidget {
  Q_OBJECT
 public:
  ImageView(ViewCamera& camera, const QString& caption, QWidget* parent = nullptr);

  void setImage(const QImage& image);
  const QImage& image() const { return image_; }
  /// Shown instead of `image` as long as it is not null.
  void setOverride(const QImage& image);
  /// What stands there while there is no image.
  void setEmptyText(const QString& text);
  const QString& emptyText() const { return emptyText_; }

  QSize sizeHint() const override { return {320, 160}; }
  QSize minimumSizeHint() const override { return {96, 48}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  const QImage& shown() const { return override_.isNull() ? image_ : override_; }
  /// The whole image in widget coordinates, as far as the camera places it.
  QRectF imageRect() const;
  QPointF toImage(QPointF position) const;

  ViewCamera& camera_;
  QImage image_, override_;
  QString caption_, emptyText_;
  std::optional<QPointF> dragStart_;
  QPointF dragCentre_;
};

}  // namespace uninet
