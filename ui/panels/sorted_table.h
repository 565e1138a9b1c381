#pragma once

#include <QSet>
#include <QSortFilterProxyModel>

namespace uninet {

/// Sorts a table by typed values and filters it by words and categories. The model gives the roles
/// below; sortRole and tieRole a number or a text for a cell, the others for column 0 of a row.
class SortedTable : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  enum Role {
    sortRole = Qt::UserRole + 100,
    tieRole,       ///< decides where sortRole is the same
    wordsRole,     ///< all that a person may search for
    categoryRole,  ///< an int
  };

  explicit SortedTable(QObject* parent = nullptr);

  /// Rows that have every one of these words, in any case of letters.
  void setWords(const QString& words);
  /// Rows of these categories; empty: all.
  void setCategories(const QSet<int>& categories);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  /// What has no value (NaN, none) is last in both directions.
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  QStringList words_;
  QSet<int> categories_;
};

}  // namespace uninet
