#pragma once

#include <QStyledItemDelegate>

namespace uninet {

/// Draws what is no text in the table of a RunsModel (or a proxy of one): the swatch of a run, the
/// mark of a pinned one and of the one that is shown, and the bars of what it left.
class RunsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

  /// Where the bar of the `index`-th task stands in a cell.
  static QRect barSlot(const QRect& cell, int index);
  /// Of the cell with the bars.
  static int barsWidth();

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

/// The one colour of an objective or attack; `dark`: on a dark ground. "clean": grey.
QColor runColour(const QString& key, bool dark);
/// A filled square with round corners, sharp at this ratio; `rim`: a line around it where the
/// ground may have its colour.
QPixmap swatch(const QColor& colour, int side, qreal devicePixelRatio, const QColor& rim = {});
/// The same picture in a chosen row: one that is tinted says something else.
QIcon untinted(const QPixmap& pixmap);

}  // namespace uninet
