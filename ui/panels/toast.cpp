#include "ui/panels/toast.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace uninet {
namespace {

constexpr int kSign = 18, kPadding = 10, kRadius = 8;

QColor signColour(bool error, const QPalette& palette) {
  const bool dark = palette.color(QPalette::Base).lightness() < 128;
  if (error) return dark ? QColor(255, 122, 110) : QColor(190, 32, 32);
  return dark ? QColor(110, 175, 255) : QColor(20, 95, 190);
}

}  // namespace

Toast::Toast(bool error, const QString& text, const QString& action, QWidget* parent)
    : QFrame(parent), error_(error) {
  setObjectName(QStringLiteral("toast"));
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName((error ? tr("Error: %1") : tr("Information: %1")).arg(text));
  auto* label = new QLabel(text, this);
  label->setObjectName(QStringLiteral("toast-text"));
  // Sentences hold names of files: they are never mark-up.
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setAccessibleName(tr("Message"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kPadding + kSign + 8, kPadding - 2, 6, kPadding - 2);
  row->setSpacing(6);
  row->addWidget(label, 1);
  if (!action.isEmpty()) {
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("toast-action"));
    button->setText(action);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button, 0, Qt::AlignVCenter);
    connect(button, &QToolButton::clicked, this, &Toast::acted);
  }
  auto* close = new QToolButton(this);
  close->setObjectName(QStringLiteral("close-message"));
  close->setText(QStringLiteral("\u00d7"));
  QFont large = close->font();
  if (large.pixelSize() > 0)
    large.setPixelSize(large.pixelSize() * 5 / 4);
  else
    large.setPointSizeF(large.pointSizeF() * 1.25);
  close->setFont(large);
  close->setAutoRaise(true);
  close->setFocusPolicy(Qt::StrongFocus);
  close->setToolTip(tr("Close this message"));
  close->setAccessibleName(tr("Close message"));
  row->addWidget(close, 0, Qt::AlignTop);
  connect(close, &QToolButton::clicked, this, &Toast::closed);
}

void Toast::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor sign = signColour(error_, palette());
  QColor edge = error_ ? sign : palette().color(QPalette::WindowText);
  edge.setAlphaF(error_ ? 0.7F : 0.25F);
  const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
  painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 2) : QPen(edge, 1));
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawRoundedRect(card, kRadius, kRadius);

  const QPointF middle(kPadding + kSign / 2.0, height() / 2.0);
  painter.setPen(QPen(sign, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  if (error_)  // a triangle with an exclamation mark
    painter.drawPolygon(
        QPolygonF{middle + QPointF(0, -8), middle + QPointF(8.5, 7), middle + QPointF(-8.5, 7)});
  else  // a circle with an i
    painter.drawEllipse(middle, 8, 8);
  const double dot = error_ ? 4.2 : -4, from = error_ ? -2.5 : -0.8, to = error_ ? 1.2 : 4;
  painter.drawLine(middle + QPointF(0, from), middle + QPointF(0, to));
  painter.setPen(QPen(sign, 2.2, Qt::SolidLine, Qt::RoundCap));
  painter.drawPoint(middle + QPointF(0, dot));
}

bool Toast::event(QEvent* event) {
  // Escape would stop the attack: here it closes what has the focus.
  if (event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept();
    return true;
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QFrame::event(event);
}

void Toast::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT closed();
    return;
  }
  if (hasFocus() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    Q_EMIT acted();
    return;
  }
  QFrame::keyPressEvent(event);
}

}  // namespace uninet
