#include "ui/panels/sorted_table.h"

#include <algorithm>
#include <cmath>

namespace uninet {
namespace {

bool isNumber(const QVariant& value) { return value.typeId() == QMetaType::Double; }

bool isMissing(const QVariant& value) {
  return !value.isValid() || (isNumber(value) && std::isnan(value.toDouble()));
}

/// Negative, 0, positive; neither is missing.
int compare(const QVariant& a, const QVariant& b) {
  if (isNumber(a) && isNumber(b))
    return a.toDouble() < b.toDouble() ? -1 : a.toDouble() > b.toDouble() ? 1 : 0;
  return QString::localeAwareCompare(a.toString(), b.toString());
}

}  // namespace

SortedTable::SortedTable(QObject* parent) : QSortFilterProxyModel(parent) {
  setDynamicSortFilter(true);
  setSortRole(sortRole);
}

void SortedTable::setWords(const QString& words) {
  words_ = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  invalidateFilter();
}

void SortedTable::setCategories(const QSet<int>& categories) {
  categories_ = categories;
  invalidateFilter();
}

bool SortedTable::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  if (!categories_.isEmpty() && !categories_.contains(index.data(categoryRole).toInt()))
    return false;
  if (words_.isEmpty()) return true;
  const QString text = index.data(wordsRole).toString();
  return std::all_of(words_.begin(), words_.end(), [&text](const QString& word) {
    return text.contains(word, Qt::CaseInsensitive);
  });
}

bool SortedTable::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  for (const int role : {int{sortRole}, int{tieRole}}) {
    const QVariant a = left.data(role), b = right.data(role);
    // The caller swaps the two for the falling order.
    if (isMissing(a) != isMissing(b))
      return sortOrder() == Qt::AscendingOrder ? isMissing(b) : isMissing(a);
    if (isMissing(a)) continue;
    if (const int order = compare(a, b); order != 0) return order < 0;
  }
  return false;
}

}  // namespace uninet
