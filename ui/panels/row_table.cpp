#include "ui/panels/row_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <algorithm>

namespace uninet {
namespace {

constexpr int kRowPadding = 12, kCellPadding = 16;

}  // namespace

RowTable::RowTable(QWidget* parent) : QTableView(parent) {
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  setShowGrid(false);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setMouseTracking(true);
  setFrameShape(NoFrame);
  setSortingEnabled(true);
  setHorizontalScrollMode(ScrollPerPixel);
  setVerticalScrollMode(ScrollPerPixel);
  setContextMenuPolicy(Qt::CustomContextMenu);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
  setHeader(horizontalHeader());
}

void RowTable::setHeader(QHeaderView* header) {
  header->setHighlightSections(false);
  header->setSectionsClickable(true);
  header->setSectionsMovable(true);
  header->setMinimumSectionSize(24);
  if (header != horizontalHeader()) setHorizontalHeader(header);
}

void RowTable::setModel(QAbstractItemModel* model) {
  QTableView::setModel(model);
  for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
    connect(model, change, this, &RowTable::updateHeader);
  connect(model, &QAbstractItemModel::modelReset, this, &RowTable::updateHeader);
  updateHeader();
}

void RowTable::updateHeader() {
  horizontalHeader()->setVisible(model()->rowCount() > 0);
  setAccessibleDescription(model()->rowCount() > 0 ? QString() : emptyText_);
  viewport()->update();
}

void RowTable::setEmptyText(const QString& text) {
  emptyText_ = text;
  if (model() != nullptr) updateHeader();
}

void RowTable::setColumnFor(int column, const QString& sample, int extra) {
  setColumnWidth(column, std::max(fontMetrics().horizontalAdvance(sample) + kCellPadding + extra,
                                  horizontalHeader()->sectionSizeHint(column)));
}

QModelIndexList RowTable::chosenRows(bool orAll) const {
  QModelIndexList rows = selectionModel()->selectedRows();
  if (rows.isEmpty() && orAll)
    for (int row = 0; row < model()->rowCount(); ++row) rows << model()->index(row, 0);
  std::sort(rows.begin(), rows.end(),
            [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
  return rows;
}

void RowTable::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model() == nullptr || model()->rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
                   emptyText_);
}

bool RowTable::viewportEvent(QEvent* event) {
  const bool done = QTableView::viewportEvent(event);
  if (event->type() == QEvent::Leave) Q_EMIT left();
  return done;
}

}  // namespace uninet
