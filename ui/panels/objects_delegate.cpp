#include "ui/panels/objects_delegate.h"

#include <QPainter>

#include "ui/panels/objects_model.h"
#include "ui/panels/runs_delegate.h"

namespace uninet {
namespace {

// Device-independent pixels.
constexpr int kSwatch = 10, kGlyph = 16, kPadding = 8;

QColor inkOf(const QStyleOptionViewItem& option) {
  const bool chosen = option.state.testFlag(QStyle::State_Selected);
  return option.palette.color(chosen ? QPalette::HighlightedText : QPalette::Text);
}

/// A sign in a square, in the ink of the text.
QPixmap glyphPixmap(const QString& glyph, const QColor& ink, const QFont& font, qreal ratio) {
  QPixmap pixmap(QSize(kGlyph, kGlyph) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor ground = ink;
  ground.setAlphaF(0.12f);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(0, 0, kGlyph, kGlyph), 3, 3);
  QFont bold = font;
  bold.setBold(true);
  painter.setFont(bold);
  painter.setPen(ink);
  painter.drawText(QRectF(0, 0, kGlyph, kGlyph), Qt::AlignCenter, glyph);
  return pixmap;
}

void setPicture(QStyleOptionViewItem* option, const QPixmap& pixmap, int side) {
  option->features |= QStyleOptionViewItem::HasDecoration;
  option->icon = untinted(pixmap);
  option->decorationSize = QSize(side, side);
}

}  // namespace

void ObjectsDelegate::initStyleOption(QStyleOptionViewItem* option,
                                      const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  const qreal ratio = option->widget == nullptr ? 1 : option->widget->devicePixelRatioF();
  if (index.column() == ObjectsModel::object) {
    // Dark colours of objects need a line around them on a dark ground, light ones on a light one.
    QColor rim = inkOf(*option);
    if (!option->state.testFlag(QStyle::State_Selected)) rim.setAlphaF(0.5f);
    setPicture(option,
               swatch(index.data(ObjectsModel::colourRole).value<QColor>(), kSwatch, ratio, rim),
               kSwatch);
  }
  if (const QString glyph = index.data(ObjectsModel::glyphRole).toString();
      index.column() == ObjectsModel::change && !glyph.isEmpty())
    setPicture(option, glyphPixmap(glyph, inkOf(*option), option->font, ratio), kGlyph);
  if (index.data(ObjectsModel::pairRole).isValid()) option->text.clear();
  if (index.data(ObjectsModel::hoveredRole).toBool() &&
      !option->state.testFlag(QStyle::State_Selected)) {
    QColor ground = option->palette.color(QPalette::Highlight);
    ground.setAlphaF(0.25f);
    option->backgroundBrush = ground;
  }
}

void ObjectsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  const QStringList pair = index.data(ObjectsModel::pairRole).toStringList();
  if (pair.isEmpty()) return;
  QStyleOptionViewItem whole = option;
  initStyleOption(&whole, index);
  painter->save();
  painter->setFont(whole.font);
  painter->setPen(inkOf(whole));
  const QRect inside = option.rect.adjusted(kPadding, 0, -kPadding, 0);
  const int right = Qt::AlignRight | Qt::AlignVCenter, left = Qt::AlignLeft | Qt::AlignVCenter;
  if (pair.size() == 1) {
    painter->drawText(inside, right, pair[0]);
  } else {
    const QString arrow = QStringLiteral(" \u2192 ");
    const int gap = whole.fontMetrics.horizontalAdvance(arrow), half = (inside.width() - gap) / 2;
    painter->drawText(QRect(inside.left(), inside.top(), half, inside.height()), right, pair[0]);
    painter->drawText(QRect(inside.left() + half, inside.top(), gap, inside.height()),
                      Qt::AlignCenter, arrow);
    // Numbers of so many digits stand below each other; a size has no such place.
    painter->drawText(QRect(inside.left() + half + gap, inside.top(), half, inside.height()),
                      index.column() == ObjectsModel::box ? left : right, pair[1]);
  }
  painter->restore();
}

}  // namespace uninet
