#include "ui/panels/objects_panel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

#include "ui/document/text.h"
#include "ui/panels/objects_delegate.h"
#include "ui/panels/objects_model.h"
#include "ui/panels/row_table.h"
#include "ui/panels/sorted_table.h"

namespace uninet {
namespace {

constexpr std::array<ObjectChange, 6> kChanges{ObjectChange::same,    ObjectChange::moved,
                                               ObjectChange::renamed, ObjectChange::lost,
                                               ObjectChange::fresh,   ObjectChange::unseen};
/// Data of the two first entries of the list of changes.
constexpr int kAll = -1, kAnyChange = -2;

}  // namespace

ObjectsPanel::ObjectsPanel(QWidget* parent)
    : QWidget(parent),
      model_(new ObjectsModel(this)),
      sorted_(new SortedTable(this)),
      table_(new RowTable(this)),
      search_(new QLineEdit(this)),
      changes_(new QComboBox(this)),
      count_(new QLabel(this)),
      menu_(new QMenu(this)),
      zoom_(new QAction(this)),
      attack_(new QAction(this)),
      copy_(new QAction(this)) {
  setObjectName(QStringLiteral("objects-panel"));
  sorted_->setSourceModel(model_);
  table_->setModel(sorted_);
  table_->setItemDelegate(new ObjectsDelegate(table_));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->sortByColumn(ObjectsModel::object, Qt::AscendingOrder);
  layOut();
  setTitles();

  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    sorted_->setWords(text);
    updateTexts();
  });
  connect(changes_, &QComboBox::currentIndexChanged, this, [this] {
    const int chosen = changes_->currentData().toInt();
    QSet<int> wanted;
    for (const ObjectChange change : kChanges)
      if (chosen == static_cast<int>(change) ||
          (chosen == kAnyChange && change != ObjectChange::same && change != ObjectChange::unseen))
        wanted.insert(static_cast<int>(change));
    sorted_->setCategories(wanted);
    updateTexts();
  });
  connect(table_, &RowTable::entered, this, [this](const QModelIndex& index) {
    const int number = index.data(ObjectsModel::numberRole).toInt();
    model_->setHovered(number);
    Q_EMIT hovered(number);
  });
  connect(table_, &RowTable::left, this, [this] {
    model_->setHovered(-1);
    Q_EMIT hovered(-1);
  });
  connect(table_, &RowTable::doubleClicked, this, [this](const QModelIndex& index) {
    Q_EMIT zoomRequested(index.data(ObjectsModel::numberRole).toInt());
  });
  connect(table_, &RowTable::customContextMenuRequested, this, [this](const QPoint& at) {
    if (currentNumber() >= 0) menu_->popup(table_->viewport()->mapToGlobal(at));
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    updateActions();
    if (telling_) Q_EMIT selected(currentNumber());
  });
  updateActions();
  updateTexts();
}

void ObjectsPanel::layOut() {
  table_->setObjectName(QStringLiteral("objects"));
  search_->setObjectName(QStringLiteral("find-object"));
  search_->setClearButtonEnabled(true);
  search_->setMaximumWidth(220);
  changes_->setObjectName(QStringLiteral("object-changes"));
  changes_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  count_->setObjectName(QStringLiteral("object-count"));
  const auto prepare = [this](QAction* action, const char* name, const QList<QKeySequence>& keys,
                              const auto& act) {
    action->setObjectName(QLatin1String(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, act);
    table_->addAction(action);
    menu_->addAction(action);
  };
  prepare(zoom_, "zoom-to-object", {Qt::Key_Return, Qt::Key_Enter},
          [this] { Q_EMIT zoomRequested(currentNumber()); });
  prepare(attack_, "attack-object", {}, [this] { Q_EMIT attackRequested(currentNumber()); });
  prepare(copy_, "copy-objects", {QKeySequence::Copy}, [this] { copyCsv(); });

  auto* top = new QHBoxLayout;
  top->setSpacing(8);
  top->addWidget(search_, 1);
  top->addWidget(changes_);
  top->addWidget(count_);
  top->addStretch(1);
  for (QAction* action : {zoom_, attack_, copy_}) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setObjectName(action->objectName() + QStringLiteral("-button"));
    top->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 4, 8, 4);
  column->setSpacing(4);
  column->addLayout(top);
  column->addWidget(table_, 1);
}

void ObjectsPanel::setTitles() {
  table_->setAccessibleName(tr("Objects"));
  search_->setPlaceholderText(tr("Find an object\u2026"));
  search_->setAccessibleName(tr("Find an object"));
  search_->setToolTip(tr("Rows that hold all of these words: number, class, change"));
  changes_->setAccessibleName(tr("Show objects by their change"));
  count_->setAccessibleName(tr("How many objects are shown"));
  zoom_->setText(tr("Zoom"));
  zoom_->setToolTip(tr("Zoom all panels to this object (Enter, double click)"));
  attack_->setText(tr("Attack only this"));
  attack_->setToolTip(tr("Restrict the attack to this object"));
  copy_->setText(tr("Copy as CSV"));
  copy_->setToolTip(tr("Copy the chosen rows, or all that are shown, with every digit (Ctrl+C)"));
  const QVariant chosen = changes_->currentData();
  {
    const QSignalBlocker blocker(changes_);
    changes_->clear();
    changes_->addItem(tr("every object"), kAll);
    changes_->addItem(tr("every change"), kAnyChange);
    for (const ObjectChange change : kChanges)
      changes_->addItem(changeGlyph(change) + QStringLiteral("  ") + changeText(change),
                        static_cast<int>(change));
    changes_->setCurrentIndex(std::max(0, changes_->findData(chosen)));
  }
  const QString arrow = QStringLiteral(" \u2192 ");
  table_->setColumnFor(ObjectsModel::object, QStringLiteral("000"), 24);
  table_->setColumnFor(ObjectsModel::change, tr("not found"), 24);
  table_->setColumnFor(ObjectsModel::className, QStringLiteral("motorcycle \u2192 bicycle"));
  table_->setColumnFor(ObjectsModel::truth, QStringLiteral("motorcycle"));
  for (const int column : {ObjectsModel::score, ObjectsModel::aspect, ObjectsModel::maskIou})
    table_->setColumnFor(column, QStringLiteral("0.00") + arrow + QStringLiteral("0.00"), 8);
  table_->setColumnFor(ObjectsModel::box,
                       QStringLiteral("0000\u00d7000") + arrow + QStringLiteral("0000\u00d7000"));
  for (const int column : {ObjectsModel::depth, ObjectsModel::instDepth})
    table_->setColumnFor(column, QStringLiteral("00.0") + arrow + QStringLiteral("00.0"), 8);
  updateTexts();
}

void ObjectsPanel::setRows(std::vector<ObjectRow> rows, bool compared) {
  model_->setRows(std::move(rows), compared);
  changes_->setEnabled(compared);
  updateTexts();
  updateActions();
}

void ObjectsPanel::updateTexts() {
  const int all = model_->rowCount(), seen = sorted_->rowCount();
  table_->setEmptyText(all == 0 ? tr("No object is predicted here, or no image is open.")
                                : tr("No object fits the words and the change."));
  count_->setText(seen == all
                      ? tr("%Ln object(s)", nullptr, all)
                      : tr("%1 of %Ln object(s)", nullptr, all).arg(shownNumber(qint64{seen})));
}

void ObjectsPanel::updateActions() {
  const bool one = currentNumber() >= 0;
  zoom_->setEnabled(one);
  attack_->setEnabled(one && attackable_);
  copy_->setEnabled(sorted_->rowCount() > 0);
}

int ObjectsPanel::currentNumber() const {
  const QModelIndex index = table_->currentIndex();
  // Choosing nothing leaves the cursor where it was.
  if (!index.isValid() || !table_->selectionModel()->isRowSelected(index.row())) return -1;
  return index.data(ObjectsModel::numberRole).toInt();
}

void ObjectsPanel::setSelected(int number) {
  const QScopedValueRollback quiet(telling_, false);
  const int row = model_->rowOf(number);
  const QModelIndex index =
      row < 0 ? QModelIndex() : sorted_->mapFromSource(model_->index(row, ObjectsModel::object));
  if (!index.isValid()) {
    table_->clearSelection();
  } else {
    table_->setCurrentIndex(index);
    table_->scrollTo(index);
  }
  updateActions();
}

void ObjectsPanel::setHovered(int number) { model_->setHovered(number); }

void ObjectsPanel::setAttackable(bool attackable) {
  attackable_ = attackable;
  updateActions();
}

void ObjectsPanel::copyCsv() {
  std::vector<const ObjectRow*> rows;
  for (const QModelIndex& index : table_->chosenRows(true))
    rows.push_back(&model_->row(sorted_->mapToSource(index).row()));
  QGuiApplication::clipboard()->setText(QString::fromStdString(objectsCsv(rows)));
}

void ObjectsPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  model_->retranslate();
  setTitles();
}

}  // namespace uninet
