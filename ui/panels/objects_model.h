#pragma once

#include <string>
#include <vector>

#include <QAbstractTableModel>
#include <QColor>

#include "core/outputs/object_matches.h"

namespace uninet {

/// The objects of a scene as a table, one row each: clean → attacked.
class ObjectsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    object,
    change,
    className,
    truth,
    score,
    box,
    aspect,
    maskIou,
    depth,
    instDepth,
    columnsEnd
  };
  /// Beside those of SortedTable: the category of a row is its ObjectChange, a cell sorts by its
  /// clean number, then by the attacked one.
  enum Role {
    numberRole = Qt::UserRole + 1,  ///< ObjectMatch::number
    colourRole,                     ///< QColor of the object
    pairRole,                       ///< QStringList {clean, attacked} of a cell with two numbers
    glyphRole,                      ///< sign of the change
    hoveredRole,
  };

  using QAbstractTableModel::QAbstractTableModel;

  /// Rows are told apart by their number: those that stay keep their selection. `compared`: there
  /// is an attacked prediction; otherwise no arrow is drawn.
  void setRows(std::vector<ObjectRow> rows, bool compared);
  void setHovered(int number);
  void retranslate();

  /// −1: not there.
  int rowOf(int number) const;
  const ObjectRow& row(int row) const { return rows_[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation,
                      int role = Qt::DisplayRole) const override;

 private:
  QStringList pairOf(const ObjectRow& row, int column) const;
  QString shown(const ObjectRow& row, int column) const;
  QString toolTip(const ObjectRow& row, int column) const;

  std::vector<ObjectRow> rows_;
  bool compared_ = false;
  int hovered_ = -1;
};

/// "moved", translated, and its sign.
QString changeText(ObjectChange change);
QString changeGlyph(ObjectChange change);
/// All numbers of these objects as CSV: one line each, clean, attacked and truth side by side.
std::string objectsCsv(const std::vector<const ObjectRow*>& rows);

}  // namespace uninet
