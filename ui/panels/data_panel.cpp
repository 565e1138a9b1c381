#include "ui/panels/data_panel.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPixmap>
#include <QPointer>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>
#include <opencv2/imgproc.hpp>

#include "ui/document/panel_images.h"

namespace uninet {

DatasetModel::DatasetModel(QObject* parent) : QAbstractListModel(parent) {
  pool_.setMaxThreadCount(1);
}

DatasetModel::~DatasetModel() {
  pool_.clear();
  pool_.waitForDone();
}

void DatasetModel::setDataset(std::shared_ptr<const Dataset> data) {
  beginResetModel();
  pool_.clear();
  ++generation_;
  data_ = std::move(data);
  const std::size_t size = data_ ? data_->size() : 0;
  thumbnails_.assign(size, {});
  requested_.assign(size, false);
  endResetModel();
}

int DatasetModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(thumbnails_.size());
}

QVariant DatasetModel::data(const QModelIndex& index, int role) const {
  const int row = index.row();
  const auto i = static_cast<std::size_t>(row);
  if (!index.isValid() || i >= thumbnails_.size()) return {};
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return QString::fromStdString(data_->name(i));
    case Qt::DecorationRole:
      if (thumbnails_[i].isNull()) {
        request(row);
        QImage empty(thumbnailSize(), QImage::Format_RGB32);
        empty.fill(QColor(128, 128, 128, 60));
        return QPixmap::fromImage(empty);
      }
      return QPixmap::fromImage(thumbnails_[i]);
    default:
      return {};
  }
}

void DatasetModel::request(int row) const {
  const auto i = static_cast<std::size_t>(row);
  if (requested_[i]) return;
  requested_[i] = true;
  auto* self = const_cast<DatasetModel*>(this);
  pool_.start([self, data = data_, i, row, generation = generation_] {
    QImage thumbnail;
    try {
      cv::Mat small;
      const QSize size = thumbnailSize();
      cv::resize(data->image(i), small, {size.width(), size.height()}, 0, 0, cv::INTER_AREA);
      thumbnail = toQImage(small);
    } catch (const std::exception&) {
      // The sentence comes when the image is chosen; until then it shows as unreadable.
      thumbnail = QImage(thumbnailSize(), QImage::Format_RGB32);
      thumbnail.fill(QColor(150, 60, 60));
    }
    // The destructor waits for this thread, and events for a deleted receiver are dropped.
    QMetaObject::invokeMethod(
        self,
        [self, i, row, generation, thumbnail] {
          if (generation != self->generation_) return;
          self->thumbnails_[i] = thumbnail;
          const QModelIndex index = self->index(row);
          Q_EMIT self->dataChanged(index, index, {Qt::DecorationRole});
        },
        Qt::QueuedConnection);
  });
}

DataPanel::DataPanel(QWidget* parent)
    : QWidget(parent),
      model_(new DatasetModel(this)),
      proxy_(new QSortFilterProxyModel(this)),
      title_(new QLabel(this)),
      search_(new QLineEdit(this)),
      list_(new QListView(this)) {
  title_->setWordWrap(true);
  search_->setPlaceholderText(tr("Search"));
  search_->setClearButtonEnabled(true);
  search_->setAccessibleName(tr("Search images"));
  proxy_->setSourceModel(model_);
  proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  list_->setModel(proxy_);
  list_->setAccessibleName(tr("Images"));
  list_->setIconSize(DatasetModel::thumbnailSize());
  list_->setUniformItemSizes(true);
  list_->setTextElideMode(Qt::ElideLeft);  // names of a split differ at their end
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  auto* column = new QVBoxLayout(this);
  column->addWidget(title_);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  connect(search_, &QLineEdit::textChanged, proxy_, &QSortFilterProxyModel::setFilterFixedString);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) Q_EMIT chosen(proxy_->mapToSource(current).row());
          });
  setDataset(nullptr);
}

void DataPanel::setDataset(std::shared_ptr<const Dataset> data) {
  const QSignalBlocker blocker(list_->selectionModel());
  if (data)
    title_->setText(
        tr("<b>%1</b>, %Ln image(s)%2", nullptr, static_cast<int>(data->size()))
            .arg(QString::fromStdString(data->title()).toHtmlEscaped(),
                 data->hasGroundTruth() ? QString() : tr(", without ground truth: no metrics")));
  else
    title_->setText(
        tr("No images. Drop pictures, a folder or a Cityscapes tree here, or choose "
           "File \u25b8 Open images."));
  model_->setDataset(std::move(data));
}

void DataPanel::setCurrent(int row) {
  const QSignalBlocker blocker(list_->selectionModel());
  const QModelIndex index = proxy_->mapFromSource(model_->index(row));
  list_->setCurrentIndex(index);
  list_->scrollTo(index);
  list_->viewport()->update();
}

}  // namespace uninet
