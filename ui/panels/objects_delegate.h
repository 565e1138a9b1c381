#pragma once

#include <QStyledItemDelegate>

namespace uninet {

/// Draws the table of an ObjectsModel (or a proxy of one): the colour of an object, the sign of its
/// change, and two numbers around an arrow, each in a column of its own.
class ObjectsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

}  // namespace uninet
