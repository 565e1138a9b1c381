#include "ui/panels/runs_delegate.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/runs_model.h"
#include "ui/style/colours.h"

namespace uninet {
namespace {

// Device-independent pixels.
constexpr int kSwatch = 10, kPin = 14, kRadius = 2, kMark = 3;
constexpr int kBarWidth = 12, kBarPitch = 22, kBarHeight = 16, kBarsLeft = 10;

bool isDark(const QPalette& palette) { return palette.color(QPalette::Base).lightness() < 128; }

void paintBars(QPainter& painter, const QStyleOptionViewItem& option, const QVariantList& ratios,
               const QColor& colour) {
  const bool chosen = option.state.testFlag(QStyle::State_Selected);
  const QColor ink = option.palette.color(chosen ? QPalette::HighlightedText : QPalette::Text);
  QColor track = option.palette.color(QPalette::Text);
  track.setAlphaF(0.13f);
  painter.setRenderHint(QPainter::Antialiasing);
  for (int i = 0; i < ratios.size(); ++i) {
    const QRectF slot(RunsDelegate::barSlot(option.rect, i));
    QPainterPath shape;
    shape.addRoundedRect(slot, kRadius, kRadius);
    const double ratio = ratios[i].toDouble();
    if (!std::isfinite(ratio)) {
      painter.setPen(ink);
      painter.drawText(slot, Qt::AlignCenter, QStringLiteral("\u2013"));
      continue;
    }
    // A chosen row may have the colour of the bar.
    painter.fillPath(shape, option.palette.color(QPalette::Base));
    painter.fillPath(shape, track);
    // Something that is left is seen, however little it is.
    const double filled = ratio > 0 ? std::max(1.0, std::min(ratio, 1.0) * slot.height()) : 0;
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    painter.fillRect(slot.adjusted(0, slot.height() - filled, 0, 0), colour);
    painter.restore();
  }
}

}  // namespace

QIcon untinted(const QPixmap& pixmap) {
  QIcon icon;
  for (const auto mode : {QIcon::Normal, QIcon::Selected, QIcon::Disabled})
    icon.addPixmap(pixmap, mode);
  return icon;
}

QColor runColour(const QString& key, bool dark) {
  return objectiveColour(key.toStdString(), dark ? Scheme::dark : Scheme::light);
}

QPixmap swatch(const QColor& colour, int side, qreal devicePixelRatio, const QColor& rim) {
  QPixmap pixmap(QSize(side, side) * devicePixelRatio);
  pixmap.setDevicePixelRatio(devicePixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  if (rim.isValid())
    painter.setPen(QPen(rim, 1));
  else
    painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  const double in = rim.isValid() ? 0.5 : 0;
  painter.drawRoundedRect(QRectF(0, 0, side, side).adjusted(in, in, -in, -in), kRadius, kRadius);
  return pixmap;
}

void RunsDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  if (index.column() == RunsModel::image) {
    option->textElideMode = Qt::ElideMiddle;
    const auto picture = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!picture.isNull()) option->icon = untinted(picture);
  }
  if (index.column() == RunsModel::retained) option->text.clear();
  if (index.column() != RunsModel::name) return;
  option->textElideMode = Qt::ElideMiddle;  // strength and network stand at its end
  const qreal ratio = option->widget == nullptr ? 1 : option->widget->devicePixelRatioF();
  const bool pinned = index.data(RunsModel::pinnedRole).toBool();
  const QSize size(kSwatch + (pinned ? kPin : 0), kSwatch + 2);
  QPixmap icon(size * ratio);
  icon.setDevicePixelRatio(ratio);
  icon.fill(Qt::transparent);
  QPainter painter(&icon);
  const bool chosen = option->state.testFlag(QStyle::State_Selected);
  const QColor ink = option->palette.color(chosen ? QPalette::HighlightedText : QPalette::Text);
  const QColor colour =
      runColour(index.data(RunsModel::colourRole).toString(), isDark(option->palette));
  painter.drawPixmap(0, 1, swatch(colour, kSwatch, ratio, chosen ? ink : QColor()));
  if (pinned) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.2));
    painter.setBrush(ink);
    const double x = kSwatch + kPin / 2.0 + 1;
    painter.drawEllipse(QPointF(x, 4), 2.6, 2.6);
    painter.drawLine(QPointF(x, 6), QPointF(x, 11));
  }
  painter.end();
  option->features |= QStyleOptionViewItem::HasDecoration;
  option->icon = untinted(icon);
  option->decorationSize = size;
}

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  painter->save();
  if (index.column() == RunsModel::tick && index.data(RunsModel::shownRole).toBool())
    painter->fillRect(QRect(option.rect.topLeft(), QSize(kMark, option.rect.height())),
                      option.palette.color(QPalette::Text));
  if (index.column() == RunsModel::retained)
    paintBars(*painter, option, index.data(RunsModel::ratiosRole).toList(),
              runColour(index.data(RunsModel::colourRole).toString(), isDark(option.palette)));
  painter->restore();
}

QRect RunsDelegate::barSlot(const QRect& cell, int index) {
  const int height = std::min(kBarHeight, cell.height() - 6);
  return {cell.left() + kBarsLeft + index * kBarPitch, cell.top() + (cell.height() - height) / 2,
          kBarWidth, height};
}

int RunsDelegate::barsWidth() {
  return 2 * kBarsLeft + static_cast<int>(tasks().size()) * kBarPitch;
}

}  // namespace uninet
