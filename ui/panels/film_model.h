#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include <QAbstractListModel>

#include "core/data/dataset.h"
#include "ui/panels/thumbnails.h"

namespace uninet {

/// The images of a dataset, or those of some of its groups, by number or by the damage that a run
/// did. Rows are what a view shows; an index is that of the dataset.
class FilmModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { indexRole = Qt::UserRole, damageRole, markedRole, unreadableRole };
  enum class Order { number, damage };

  explicit FilmModel(QObject* parent = nullptr, qsizetype thumbnailBytes = Thumbnails::kMostBytes);

  void setDataset(std::shared_ptr<const Dataset> data);
  /// Images of these groups only; none: all.
  void setGroups(std::set<QString> groups);
  /// Images that a run was made on.
  void setMarked(std::set<int> marked);
  /// Share of its performance that an image lost, 0 … 1, by index; others are not known.
  void setDamage(std::map<int, double> damage);
  void setOrder(Order order);
  Order order() const { return order_; }
  const std::map<int, double>& damage() const { return damage_; }
  bool hasDamage() const { return !damage_.empty(); }
  const std::shared_ptr<const Dataset>& dataset() const { return data_; }
  Thumbnails& thumbnails() { return thumbnails_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  int indexAt(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  /// −1: it is not among the rows.
  int rowOf(int index) const;
  /// The row that `text` means, looked for behind `row` and then from the top: the image of this
  /// number, else one with the text in its name or group. −1: none.
  int find(const QString& text, int row) const;

 private:
  void arrange();
  QString nameOf(int index) const;
  QString groupOf(int index) const;
  void tellRow(int index, int role);

  std::shared_ptr<const Dataset> data_;
  std::set<QString> groups_;
  std::set<int> marked_;
  std::map<int, double> damage_;
  Order order_ = Order::number;
  std::vector<int> rows_;    ///< indices of the dataset
  std::vector<int> places_;  ///< rows by index; −1: none
  Thumbnails thumbnails_;
};

}  // namespace uninet
