#include "ui/panels/film_model.h"

#include <algorithm>
#include <utility>

#include "ui/document/text.h"

namespace uninet {

FilmModel::FilmModel(QObject* parent, qsizetype thumbnailBytes)
    : QAbstractListModel(parent), thumbnails_(nullptr, thumbnailBytes) {
  connect(&thumbnails_, &Thumbnails::ready, this,
          [this](int index) { tellRow(index, Qt::DecorationRole); });
}

void FilmModel::setDataset(std::shared_ptr<const Dataset> data) {
  beginResetModel();
  data_ = std::move(data);
  thumbnails_.setDataset(data_);
  groups_.clear();
  marked_.clear();
  damage_.clear();
  order_ = Order::number;
  arrange();
  endResetModel();
}

void FilmModel::setGroups(std::set<QString> groups) {
  if (groups == groups_) return;
  beginResetModel();
  groups_ = std::move(groups);
  arrange();
  endResetModel();
}

void FilmModel::setMarked(std::set<int> marked) {
  marked_.swap(marked);
  std::set<int> changed;
  std::set_symmetric_difference(marked_.begin(), marked_.end(), marked.begin(), marked.end(),
                                std::inserter(changed, changed.end()));
  for (const int index : changed) tellRow(index, markedRole);
}

void FilmModel::setDamage(std::map<int, double> damage) {
  if (damage == damage_) return;
  if (order_ == Order::number) {
    damage_ = std::move(damage);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {damageRole});
    return;
  }
  beginResetModel();
  damage_ = std::move(damage);
  arrange();
  endResetModel();
}

void FilmModel::setOrder(Order order) {
  if (order == order_) return;
  beginResetModel();
  order_ = order;
  arrange();
  endResetModel();
}

void FilmModel::arrange() {
  rows_.clear();
  const std::size_t size = data_ ? data_->size() : 0;
  for (std::size_t i = 0; i < size; ++i)
    if (groups_.empty() || groups_.count(groupOf(static_cast<int>(i))) > 0)
      rows_.push_back(static_cast<int>(i));
  if (order_ == Order::damage) {
    const auto lost = [this](int index) {
      const auto found = damage_.find(index);
      return found == damage_.end() ? -1.0 : found->second;
    };
    std::stable_sort(rows_.begin(), rows_.end(), [&](int a, int b) { return lost(a) > lost(b); });
  }
  places_.assign(size, -1);
  for (std::size_t row = 0; row < rows_.size(); ++row)
    places_[static_cast<std::size_t>(rows_[row])] = static_cast<int>(row);
}

QString FilmModel::nameOf(int index) const {
  return QString::fromStdString(data_->name(static_cast<std::size_t>(index)));
}

QString FilmModel::groupOf(int index) const {
  return QString::fromStdString(data_->group(static_cast<std::size_t>(index)));
}

int FilmModel::rowOf(int index) const {
  return index < 0 || index >= static_cast<int>(places_.size())
             ? -1
             : places_[static_cast<std::size_t>(index)];
}

void FilmModel::tellRow(int index, int role) {
  const int row = rowOf(index);
  if (row < 0) return;
  const QModelIndex at = this->index(row);
  Q_EMIT dataChanged(at, at, {role});
}

int FilmModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FilmModel::data(const QModelIndex& at, int role) const {
  if (!at.isValid() || at.row() >= rowCount()) return {};
  const int index = indexAt(at.row());
  const auto damage = damage_.find(index);
  switch (role) {
    case Qt::DisplayRole:
      return QStringLiteral("%1 %2").arg(shownNumber(static_cast<qint64>(index)), nameOf(index));
    case Qt::ToolTipRole: {
      QStringList lines{nameOf(index)};
      if (const QString group = groupOf(index); !group.isEmpty()) lines << group;
      if (marked_.count(index) > 0) lines << tr("a run was made on it");
      if (damage != damage_.end())
        lines << tr("lost %1 %").arg(shownNumber(100 * damage->second, 'f', 0));
      if (data(at, unreadableRole).toBool()) lines << tr("it cannot be read");
      return lines.join(QLatin1Char('\n'));
    }
    case Qt::DecorationRole: {
      const QImage* made = thumbnails_.find(index);
      return made == nullptr ? QVariant() : QVariant(*made);
    }
    case unreadableRole: {
      const QImage* made = thumbnails_.find(index);
      return made != nullptr && made->isNull();
    }
    case indexRole:
      return index;
    case markedRole:
      return marked_.count(index) > 0;
    case damageRole:
      return damage == damage_.end() ? QVariant() : QVariant(damage->second);
    default:
      return {};
  }
}

int FilmModel::find(const QString& text, int row) const {
  if (text.isEmpty() || rows_.empty()) return -1;
  bool number = false;
  const int wanted = text.toInt(&number);
  // "000294" is a part of a name, and once an image is there Enter goes on to the names.
  if (number && QString::number(wanted) == text) {
    const int there = rowOf(wanted);
    if (there >= 0 && there != row) return there;
  }
  const int size = rowCount();
  for (int i = 1; i <= size; ++i) {
    const int candidate = (std::max(row, -1) + i) % size;
    const int index = indexAt(candidate);
    if (nameOf(index).contains(text, Qt::CaseInsensitive) ||
        groupOf(index).contains(text, Qt::CaseInsensitive))
      return candidate;
  }
  return number ? rowOf(wanted) : -1;
}

}  // namespace uninet
