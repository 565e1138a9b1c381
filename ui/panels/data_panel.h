#pragma once

#include <memory>

#include <QAbstractListModel>
#include <QImage>
#include <QThreadPool>
#include <QWidget>

#include "core/data/dataset.h"

class QLabel;
class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace uninet {

/// The images of a dataset with thumbnails, which a thread of its own makes when they are needed.
class DatasetModel : public QAbstractListModel {
  Q_OBJECT
 public:
  explicit DatasetModel(QObject* parent = nullptr);
  ~DatasetModel() override;

  void setDataset(std::shared_ptr<const Dataset> data);
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  static QSize thumbnailSize() { return {96, 48}; }

 private:
  void request(int row) const;

  std::shared_ptr<const Dataset> data_;
  mutable std::vector<QImage> thumbnails_;
  mutable std::vector<bool> requested_;
  int generation_ = 0;  ///< thumbnails of an earlier dataset are dropped
  mutable QThreadPool pool_;
};

/// List of images with a search line; says what to do while there are none.
class DataPanel : public QWidget {
  Q_OBJECT
 public:
  explicit DataPanel(QWidget* parent = nullptr);

  void setDataset(std::shared_ptr<const Dataset> data);
  /// Marks a row without telling chosen().
  void setCurrent(int row);
  int count() const { return model_->rowCount(); }

 Q_SIGNALS:
  void chosen(int row);

 private:
  DatasetModel* model_;
  QSortFilterProxyModel* proxy_;
  QLabel* title_;
  QLineEdit* search_;
  QListView* list_;
};

}  // namespace uninet
