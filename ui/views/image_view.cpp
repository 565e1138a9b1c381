#include "ui/views/image_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace uninet {
namespace {

constexpr double kLargestZoom = 64, kKeyStep = 0.1;

}  // namespace

void ViewCamera::fit() { setView(1, {0.5, 0.5}); }

void ViewCamera::setView(double zoom, QPointF centre) {
  zoom_ = std::clamp(zoom, 1.0, kLargestZoom);
  const double margin = 0.5 / zoom_;
  centre_ = {std::clamp(centre.x(), margin, 1 - margin),
             std::clamp(centre.y(), margin, 1 - margin)};
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

ImageView::ImageView(ViewCamera& camera, const QString& caption, QWidget* parent)
    : QWidget(parent), camera_(camera), caption_(caption) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(caption);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(&camera, &ViewCamera::viewChanged, this, qOverload<>(&QWidget::update));
  connect(&camera, &ViewCamera::cursorChanged, this, qOverload<>(&QWidget::update));
}

void ImageView::setImage(const QImage& image) {
  image_ = image;
  update();
}

void ImageView::setOverride(const QImage& image) {
  override_ = image;
  update();
}

void ImageView::setEmptyText(const QString& text) {
  emptyText_ = text;
  update();
}

QRectF ImageView::imageRect() const {
  const QSizeF size = QSizeF(shown().size()).scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
  const QSizeF zoomed = size * camera_.zoom();
  const QPointF middle(width() / 2.0, height() / 2.0);
  return {middle - QPointF(camera_.centre().x() * zoomed.width(),
                           camera_.centre().y() * zoomed.height()),
          zoomed};
}

QPointF ImageView::toImage(QPointF position) const {
  const QRectF rect = imageRect();
  return {(position.x() - rect.x()) / rect.width(), (position.y() - rect.y()) / rect.height()};
}

void ImageView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (shown().isNull()) {
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(6, 6, -6, -6), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
  } else {
    const QRectF target = imageRect();
    const double pixel = target.width() * devicePixelRatioF() / shown().width();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, pixel < 2);
    painter.setClipRect(rect());
    painter.drawImage(target, shown());
    if (camera_.cursor()) {
      const QPointF at(target.x() + camera_.cursor()->x() * target.width(),
                       target.y() + camera_.cursor()->y() * target.height());
      for (const auto& [colour, wide] : {std::pair{QColor(0, 0, 0, 160), 3.0}, {Qt::white, 1.0}}) {
        painter.setPen(QPen(colour, wide));
        painter.drawLine(at - QPointF(7, 0), at - QPointF(2, 0));
        painter.drawLine(at + QPointF(2, 0), at + QPointF(7, 0));
        painter.drawLine(at - QPointF(0, 7), at - QPointF(0, 2));
        painter.drawLine(at + QPointF(0, 2), at + QPointF(0, 7));
      }
    }
    const QRect text = painter.fontMetrics().boundingRect(caption_).adjusted(-5, -2, 5, 2);
    QRect chip(4, 4, text.width(), text.height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 130));
    painter.drawRoundedRect(chip, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(chip, Qt::AlignCenter, caption_);
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
  }
}

void ImageView::wheelEvent(QWheelEvent* event) {
  if (shown().isNull()) return;
  camera_.zoomAbout(toImage(event->position()), std::pow(1.2, event->angleDelta().y() / 120.0));
  event->accept();
}

void ImageView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || shown().isNull()) return;
  dragStart_ = event->position();
  dragCentre_ = camera_.centre();
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
  if (shown().isNull()) return;
  if (dragStart_) {
    const QRectF rect = imageRect();
    const QPointF moved = event->position() - *dragStart_;
    camera_.setView(camera_.zoom(),
                    dragCentre_ - QPointF(moved.x() / rect.width(), moved.y() / rect.height()));
  }
  const QPointF at = toImage(event->position());
  const bool inside = at.x() >= 0 && at.y() >= 0 && at.x() < 1 && at.y() < 1;
  camera_.setCursor(inside ? std::optional(at) : std::nullopt);
}

void ImageView::mouseReleaseEvent(QMouseEvent*) { dragStart_.reset(); }

void ImageView::mouseDoubleClickEvent(QMouseEvent*) { camera_.fit(); }

void ImageView::keyPressEvent(QKeyEvent* event) {
  const double step = kKeyStep / camera_.zoom();
  const auto pan = [&](double x, double y) {
    camera_.setView(camera_.zoom(), camera_.centre() + QPointF(x, y) * step);
  };
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      camera_.zoomAbout(camera_.centre(), 1.25);
      break;
    case Qt::Key_Minus:
      camera_.zoomAbout(camera_.centre(), 0.8);
      break;
    case Qt::Key_0:
      camera_.fit();
      break;
    case Qt::Key_Left:
      pan(-1, 0);
      break;
    case Qt::Key_Right:
      pan(1, 0);
      break;
    case Qt::Key_Up:
      pan(0, -1);
      break;
    case Qt::Key_Down:
      pan(0, 1);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

void ImageView::leaveEvent(QEvent*) { camera_.setCursor(std::nullopt); }

}  // namespace uninet
