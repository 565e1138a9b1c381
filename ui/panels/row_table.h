#pragma once

#include <QTableView>

namespace uninet {

/// A table whose rows are chosen as a whole, with a line of text where there are none.
class RowTable : public QTableView {
  Q_OBJECT
 public:
  explicit RowTable(QWidget* parent = nullptr);

  void setModel(QAbstractItemModel* model) override;
  /// In place of the one that it has; before setModel().
  void setHeader(QHeaderView* header);
  /// Shown while there is no row.
  void setEmptyText(const QString& text);
  const QString& emptyText() const { return emptyText_; }
  /// Wide enough for `sample` in the font of the table, and for the header.
  void setColumnFor(int column, const QString& sample, int extra = 0);
  /// Chosen rows from top to bottom; with none chosen and `orAll` every row.
  QModelIndexList chosenRows(bool orAll = false) const;

 Q_SIGNALS:
  /// The cursor left the rows.
  void left();

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  void updateHeader();

  QString emptyText_;
};

}  // namespace uninet
