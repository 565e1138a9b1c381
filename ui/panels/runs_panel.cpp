#include "ui/panels/runs_panel.h"

#include <QAction>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/panels/row_table.h"
#include "ui/panels/run_comparison.h"
#include "ui/panels/runs_delegate.h"
#include "ui/panels/runs_header.h"
#include "ui/panels/sorted_table.h"

namespace uninet {
namespace {

/// Small pictures stand in a row of this height.
constexpr int kRowHeight = 30;
/// The least that still says which run it is, and what was noted.
constexpr int kLeastName = 110, kLeastNote = 60;
/// Columns that are hidden where there is no room, the least needed first: the tool tip of a row
/// has all of it.
constexpr int kSpare[] = {RunsModel::seed, RunsModel::when, RunsModel::seconds,
                          RunsModel::strength};
/// Of the arrow in a header, in pixels.
constexpr int kSortMark = 14;

/// "34 MB", "1.5 GB", in the user's locale.
QString sizeText(std::uint64_t bytes) {
  double value = static_cast<double>(bytes);
  while (value >= 1024) value /= 1024;
  const bool whole = value >= 10 || std::abs(value - std::round(value)) < 0.05;
  return QLocale().formattedDataSize(static_cast<qint64>(bytes), whole ? 0 : 1,
                                     QLocale::DataSizeTraditionalFormat);
}

}  // namespace

RunsPanel::RunsPanel(QWidget* parent)
    : QWidget(parent),
      model_(new RunsModel(this)),
      sorted_(new SortedTable(this)),
      table_(new RowTable(this)),
      comparison_(new RunComparison(this)),
      splitter_(new QSplitter(this)),
      search_(new QLineEdit(this)),
      bar_(new QToolBar(this)),
      more_(new QToolButton(this)),
      disk_(new QToolButton(this)),
      menu_(new QMenu(this)) {
  setObjectName(QStringLiteral("runs-panel"));
  table_->setObjectName(QStringLiteral("runs"));
  sorted_->setSourceModel(model_);
  table_->setHeader(new RunsHeader(table_));
  table_->setModel(sorted_);
  // What a person wrote is wanted before what the computer knows anyway.
  table_->horizontalHeader()->moveSection(RunsModel::note, RunsModel::when);
  table_->setItemDelegate(new RunsDelegate(table_));
  table_->setEditTriggers(QAbstractItemView::DoubleClicked);
  table_->verticalHeader()->setDefaultSectionSize(
      std::max(kRowHeight, table_->fontMetrics().height() + 12));
  table_->sortByColumn(RunsModel::when, Qt::DescendingOrder);
  table_->viewport()->installEventFilter(this);
  connect(table_->horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
    if (QGuiApplication::mouseButtons().testFlag(Qt::LeftButton) &&
        table_->horizontalHeader()->underMouse())
      dragged_ = true;
  });
  makeActions();
  layOut();
  setTitles();

  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    sorted_->setWords(text);
    updateEmpty();
  });
  connect(disk_, &QToolButton::clicked, this, &RunsPanel::budgetRequested);
  connect(table_, &RowTable::clicked, this, [this](const QModelIndex& index) {
    const bool plain = QGuiApplication::keyboardModifiers() == Qt::NoModifier;
    if (plain && index.column() != RunsModel::tick)
      Q_EMIT showRequested(index.data(RunsModel::idRole).toLongLong());
  });
  connect(table_, &RowTable::customContextMenuRequested, this, [this](const QPoint& at) {
    if (currentId() != 0) menu_->popup(table_->viewport()->mapToGlobal(at));
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunsPanel::updateActions);
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          &RunsPanel::updateActions);
  connect(model_, &RunsModel::renamed, this, [this](qint64 id, const QString& text) {
    updateComparison();
    Q_EMIT renamed(id, text);
  });
  connect(model_, &RunsModel::noted, this, &RunsPanel::noted);
  connect(model_, &RunsModel::tickedChanged, this, [this] {
    updateComparison();
    updateActions();
    Q_EMIT tickedChanged(model_->ticked());
  });
  updateComparison();
  updateActions();
  updateEmpty();
}

void RunsPanel::makeActions() {
  const auto make = [this](const char* name, const QKeySequence& key, const auto& act) {
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    // Keys belong to the table: an editor in it has its own meaning for them.
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, act);
    table_->addAction(action);
    return action;
  };
  show_ = make("show-run", Qt::Key_Return, [this] { Q_EMIT showRequested(currentId()); });
  show_->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
  tick_ = make("tick-run", Qt::Key_Space, [this] { toggleTick(); });
  again_ = make("run-again", {}, [this] { Q_EMIT runAgainRequested(currentId()); });
  rename_ = make("rename-run", Qt::Key_F2, [this] { edit(RunsModel::name); });
  note_ = make("note-run", Qt::SHIFT | Qt::Key_F2, [this] { edit(RunsModel::note); });
  pin_ = make("pin-run", {}, [this] { Q_EMIT pinned(currentId(), pin_->isChecked()); });
  pin_->setCheckable(true);
  remove_ = make("remove-runs", Qt::Key_Delete, [this] { Q_EMIT removeRequested(chosenIds()); });
  copy_ = make("copy-run-command", {}, [this] { Q_EMIT copyCommandRequested(currentId()); });
  wipe_ = make("wipe-runs", {}, [this] {
    const Ids ids = model_->ticked();
    if (ids.size() == 2) Q_EMIT wipeRequested(ids[0], ids[1]);
  });
  export_ = make("export-runs", {}, [this] { Q_EMIT exportRequested(chosenIds()); });
}

void RunsPanel::layOut() {
  search_->setObjectName(QStringLiteral("find-run"));
  search_->setClearButtonEnabled(true);
  search_->setMaximumWidth(220);
  disk_->setObjectName(QStringLiteral("disk-use"));
  disk_->setAutoRaise(true);
  disk_->setCursor(Qt::PointingHandCursor);
  more_->setObjectName(QStringLiteral("more-run-actions"));
  more_->setPopupMode(QToolButton::InstantPopup);
  more_->setMenu(menu_);
  bar_->setObjectName(QStringLiteral("runs-tools"));
  for (QAction* action : {show_, again_, wipe_, pin_, remove_}) bar_->addAction(action);
  bar_->addWidget(more_);
  for (QAction* action : {show_, again_}) menu_->addAction(action);
  menu_->addSeparator();
  for (QAction* action : {tick_, wipe_}) menu_->addAction(action);
  menu_->addSeparator();
  for (QAction* action : {rename_, note_, pin_}) menu_->addAction(action);
  menu_->addSeparator();
  for (QAction* action : {copy_, export_}) menu_->addAction(action);
  menu_->addSeparator();
  menu_->addAction(remove_);

  auto* top = new QHBoxLayout;
  top->setSpacing(8);
  top->addWidget(search_, 1);
  top->addWidget(bar_, 2);
  top->addWidget(disk_);
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins({});
  column->setSpacing(4);
  column->addLayout(top);
  column->addWidget(table_, 1);
  splitter_->setObjectName(QStringLiteral("runs-splitter"));
  splitter_->addWidget(left);
  splitter_->addWidget(comparison_);
  splitter_->setStretchFactor(0, 5);
  splitter_->setStretchFactor(1, 3);
  splitter_->setChildrenCollapsible(false);
  auto* row = new QVBoxLayout(this);
  row->setContentsMargins(8, 4, 8, 4);
  row->addWidget(splitter_);
  setTabOrder(search_, bar_);
  setTabOrder(bar_, disk_);
  setTabOrder(disk_, table_);
  setTabOrder(table_, comparison_);
}

void RunsPanel::setTitles() {
  table_->setAccessibleName(tr("Kept runs"));
  search_->setPlaceholderText(tr("Find a run\u2026"));
  search_->setAccessibleName(tr("Find a run"));
  search_->setToolTip(tr("Rows that hold all of these words: name, image, method, note"));
  disk_->setToolTip(tr("What the runs take on disk; click to change how much they may"));
  more_->setText(tr("More"));
  more_->setAccessibleName(tr("More actions on runs"));
  bar_->setAccessibleName(tr("Actions on runs"));
  show_->setText(tr("Show"));
  show_->setToolTip(tr("Show the panels of this run again (Enter)"));
  again_->setText(tr("Run again"));
  again_->setToolTip(tr("Repeat the attack with every option as it was"));
  rename_->setText(tr("Rename"));
  note_->setText(tr("Note"));
  pin_->setText(tr("Pin"));
  pin_->setToolTip(tr("Never remove this run to make room"));
  remove_->setText(tr("Delete"));
  remove_->setToolTip(tr("Delete the chosen runs (Del)"));
  copy_->setText(tr("Copy as command"));
  wipe_->setText(tr("Compare by wipe"));
  wipe_->setToolTip(tr("Two ticked runs under one divider in every panel"));
  export_->setText(tr("Export\u2026"));
  tick_->setText(tr("Compare"));
  // Room for what is usual; a person may drag.
  table_->setColumnWidth(RunsModel::tick, 30);
  table_->setColumnFor(RunsModel::image, QStringLiteral("000000000"), 54);
  table_->setColumnFor(RunsModel::name, tr("Hide from segmentation") +
                                            QStringLiteral(" \u00b7 person \u00b7 \u03b5 0.25"));
  nameWidth_ = table_->columnWidth(RunsModel::name);
  table_->setColumnWidth(RunsModel::retained, RunsDelegate::barsWidth() + kSortMark);
  table_->setColumnFor(RunsModel::strength, tr("unlimited"));
  table_->setColumnFor(RunsModel::seed, QStringLiteral("00"));
  table_->setColumnFor(RunsModel::seconds, QStringLiteral("000.0 s"));
  table_->setColumnFor(
      RunsModel::when,
      QLocale().toString(QDateTime(QDate(2026, 12, 28), QTime(22, 58)), QLocale::ShortFormat));
  fitColumns();
  updateEmpty();
  updateDiskUse();
}

void RunsPanel::setRuns(std::vector<KeptRun> runs, RunsModel::Thumbnails thumbnails) {
  model_->setRuns(std::move(runs), std::move(thumbnails));
  updateComparison();
  updateActions();
  updateEmpty();
  updateDiskUse();
}

void RunsPanel::thumbnailCame(std::int64_t id) { model_->thumbnailCame(id); }

void RunsPanel::setShown(std::int64_t id) { model_->setShown(id); }

void RunsPanel::setTicked(std::int64_t id, bool ticked) { model_->setTicked(id, ticked); }

QString RunsPanel::nameOf(std::int64_t id) const {
  const int row = model_->rowOf(id);
  return row < 0 ? QString() : model_->nameOf(row);
}

void RunsPanel::setDiskUse(std::uint64_t bytes, std::uint64_t budget) {
  bytes_ = bytes;
  budget_ = budget;
  updateDiskUse();
}

void RunsPanel::updateDiskUse() {
  const QString count = tr("%Ln run(s)", nullptr, model_->rowCount());
  disk_->setText(budget_ == 0
                     ? count
                     : tr("%1 \u00b7 %2 of %3").arg(count, sizeText(bytes_), sizeText(budget_)));
  disk_->setAccessibleName(tr("Disk use: %1").arg(disk_->text()));
}

void RunsPanel::updateEmpty() {
  const bool none = model_->rowCount() == 0;
  table_->setEmptyText(none ? tr("Every run is kept here. Press Run (F5).")
                            : tr("No run has all of these words."));
  // Nothing to find, act on or compare: only the invitation.
  comparison_->setVisible(!none);
  search_->setEnabled(!none);
}

void RunsPanel::updateComparison() {
  std::vector<RunComparison::Item> items;
  for (const std::int64_t id : model_->ticked()) {
    const int row = model_->rowOf(id);
    items.push_back({&model_->run(row), &model_->words(row), &model_->ratios(row)});
  }
  comparison_->setRuns(items);
}

std::int64_t RunsPanel::currentId() const {
  return table_->currentIndex().data(RunsModel::idRole).toLongLong();
}

RunsPanel::Ids RunsPanel::chosenIds() const {
  Ids ids;
  for (const QModelIndex& index : table_->chosenRows())
    ids.push_back(index.data(RunsModel::idRole).toLongLong());
  return ids;
}

void RunsPanel::updateActions() {
  const bool one = currentId() != 0, any = !table_->chosenRows().isEmpty();
  for (QAction* action : {show_, again_, rename_, note_, pin_, copy_, tick_})
    action->setEnabled(one);
  for (QAction* action : {remove_, export_}) action->setEnabled(any);
  more_->setEnabled(one || any);
  wipe_->setEnabled(model_->ticked().size() == 2);
  pin_->setChecked(table_->currentIndex().data(RunsModel::pinnedRole).toBool());
}

void RunsPanel::edit(int column) {
  const QModelIndex index = table_->currentIndex().siblingAtColumn(column);
  if (!index.isValid()) return;
  table_->setCurrentIndex(index);
  table_->edit(index);
}

void RunsPanel::toggleTick() {
  const std::int64_t id = currentId();
  const Ids ids = model_->ticked();
  model_->setTicked(id, std::find(ids.begin(), ids.end(), id) == ids.end());
}

void RunsPanel::fitColumns() {
  if (dragged_) return;
  QHeaderView* header = table_->horizontalHeader();
  for (const int column : kSpare) table_->setColumnHidden(column, false);
  // Without the name and the note, which have what is left.
  const auto taken = [&] {
    int width = 0;
    for (int column = 0; column < RunsModel::columnsEnd; ++column)
      if (column != RunsModel::name && column != RunsModel::note)
        width += header->sectionSize(column);
    return width;
  };
  const int room = table_->viewport()->width();
  for (const int column : kSpare)
    if (taken() + kLeastName + kLeastNote > room) table_->setColumnHidden(column, true);
  const int left = room - taken();
  const int name = std::clamp(left - kLeastNote, kLeastName, std::max(nameWidth_, left * 2 / 3));
  table_->setColumnWidth(RunsModel::name, name);
  table_->setColumnWidth(RunsModel::note, std::max(kLeastNote, left - name));
}

bool RunsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_->viewport() && event->type() == QEvent::Resize) fitColumns();
  return QWidget::eventFilter(watched, event);
}

void RunsPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  model_->retranslate();
  setTitles();
  updateComparison();
}

}  // namespace uninet
