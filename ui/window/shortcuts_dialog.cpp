#include "ui/window/shortcuts_dialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/document/text.h"
#include "ui/window/help_pages.h"
#include "ui/window/shortcuts.h"

namespace uninet {
namespace {

constexpr int kName = 0, kKeys = 1, kDefaults = 2;
constexpr const char* kGeometry = "shortcuts-dialog/geometry";

template <class Visit>
void forRows(QTreeWidget& list, Visit visit) {
  for (int g = 0; g < list.topLevelItemCount(); ++g)
    for (int i = 0; i < list.topLevelItem(g)->childCount(); ++i)
      visit(*list.topLevelItem(g)->child(i));
}

QAction* actionOf(const QTreeWidgetItem* item) {
  return item == nullptr ? nullptr : qvariant_cast<QAction*>(item->data(kName, Qt::UserRole));
}

}  // namespace

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, const QList<FixedKeys>& fixed,
                                 QWidget* parent)
    : QDialog(parent),
      actions_(shortcutActions(actions)),
      fixed_(fixed),
      search_(new QLineEdit),
      list_(new QTreeWidget),
      empty_(new QLabel(tr("No command and no keys of this name."))),
      name_(new QLabel),
      edit_(new QKeySequenceEdit),
      clear_(new QPushButton(tr("No &keys"))),
      reset_(new QPushButton(tr("&Default"))),
      resetAll_(new QPushButton(tr("All to de&faults"))),
      conflict_(new QFrame),
      conflictText_(new QLabel),
      take_(new QPushButton),
      leave_(new QPushButton(tr("&Leave it"))) {
  setObjectName(QStringLiteral("shortcuts"));
  setWindowTitle(tr("Keyboard shortcuts"));
  setHelpPage(this, QStringLiteral("keyboard"));
  const auto named = [](QWidget* widget, const char* name, const QString& accessible) {
    widget->setObjectName(QString::fromUtf8(name));
    widget->setAccessibleName(accessible);
  };
  named(search_, "shortcuts-search", tr("Find a command or keys"));
  named(list_, "shortcuts-list", tr("Commands and their shortcuts"));
  named(edit_, "shortcuts-keys", tr("New shortcut of the chosen command"));
  named(clear_, "shortcuts-clear", tr("Leave the chosen command without keys"));
  named(reset_, "shortcuts-reset", tr("Default keys of the chosen command"));
  named(resetAll_, "shortcuts-reset-all", tr("Default keys of all commands"));
  named(conflict_, "shortcuts-conflict", tr("The keys are taken"));
  named(take_, "shortcuts-take", tr("Take the keys from the other command"));
  named(leave_, "shortcuts-leave", tr("Leave the keys with the other command"));

  search_->setPlaceholderText(tr("Find a command or keys"));
  search_->setClearButtonEnabled(true);
  list_->setColumnCount(3);
  list_->setHeaderLabels({tr("Command"), tr("Shortcut"), tr("Default")});
  list_->setAlternatingRowColors(true);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(kName, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(kKeys, QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(kDefaults, QHeaderView::ResizeToContents);
  empty_->setAlignment(Qt::AlignCenter);
  empty_->hide();
  name_->setBuddy(edit_);

  auto* row = new QHBoxLayout;
  row->addWidget(name_, 1);
  row->addWidget(edit_);
  row->addWidget(clear_);
  row->addWidget(reset_);
  conflict_->setFrameShape(QFrame::StyledPanel);
  auto* question = new QHBoxLayout(conflict_);
  question->setContentsMargins(8, 8, 8, 8);
  conflictText_->setWordWrap(true);
  question->addWidget(conflictText_, 1);
  question->addWidget(take_);
  question->addWidget(leave_);
  conflict_->hide();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->addButton(resetAll_, QDialogButtonBox::ResetRole);
  auto* column = new QVBoxLayout(this);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  column->addWidget(empty_, 1);
  column->addLayout(row);
  column->addWidget(conflict_);
  column->addWidget(buttons);
  // Enter belongs to the search and to the keys that are pressed, not to a button.
  for (QPushButton* button : findChildren<QPushButton*>()) button->setAutoDefault(false);

  connect(search_, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
  connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutsDialog::showAction);
  connect(list_, &QTreeWidget::itemActivated, edit_, [this] { edit_->setFocus(); });
  connect(edit_, &QKeySequenceEdit::editingFinished, this,
          [this] { propose(edit_->keySequence()); });
  connect(clear_, &QPushButton::clicked, this, [this] { propose({}); });
  connect(reset_, &QPushButton::clicked, this, &ShortcutsDialog::reset);
  connect(resetAll_, &QPushButton::clicked, this, &ShortcutsDialog::resetAll);
  connect(take_, &QPushButton::clicked, this, &ShortcutsDialog::take);
  connect(leave_, &QPushButton::clicked, this, &ShortcutsDialog::dropProposal);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(this, &QDialog::finished, this,
          [this] { QSettings().setValue(QLatin1String(kGeometry), saveGeometry()); });

  fill();
  refreshRows();
  showAction();
  resize(680, 620);
  restoreGeometry(QSettings().value(QLatin1String(kGeometry)).toByteArray());
  search_->setFocus();
}

void ShortcutsDialog::fill() {
  QTreeWidgetItem* group = nullptr;
  const auto under = [&](const QString& title) {
    if (group != nullptr && group->text(kName) == title) return;
    group = new QTreeWidgetItem(list_, {title});
    group->setFlags(Qt::ItemIsEnabled);
    QFont bold = font();
    bold.setBold(true);
    group->setFont(kName, bold);
  };
  for (QAction* action : actions_) {
    const QString menu = actionMenu(action);
    under(menu.isEmpty() ? tr("Other") : menu);
    auto* item = new QTreeWidgetItem(group, {actionName(action)});
    item->setData(kName, Qt::UserRole, QVariant::fromValue(action));
  }
  for (const FixedKeys& fixed : fixed_) {
    under(tr("In the pictures, not to be changed"));
    auto* item = new QTreeWidgetItem(group, {fixed.what});
    item->setText(kKeys, shortcutText({fixed.keys}));
  }
  list_->expandAll();
}

void ShortcutsDialog::refreshRows() {
  bool changed = false;
  forRows(*list_, [&](QTreeWidgetItem& item) {
    const QAction* action = actionOf(&item);
    if (action == nullptr) return;
    const bool other = !hasDefaultShortcuts(action);
    changed = changed || other;
    item.setText(kKeys, shortcutText(action->shortcuts()));
    item.setText(kDefaults, shortcutText(defaultShortcuts(action)));
    QFont font = list_->font();
    font.setBold(other);
    item.setFont(kKeys, font);
    item.setToolTip(kKeys, other ? tr("Changed from the default") : QString());
  });
  resetAll_->setEnabled(changed);
  if (QAction* action = current()) {
    reset_->setEnabled(!hasDefaultShortcuts(action));
    clear_->setEnabled(!action->shortcuts().isEmpty());
  }
}

void ShortcutsDialog::filter() {
  const QString wanted = search_->text().trimmed();
  bool any = false;
  for (int g = 0; g < list_->topLevelItemCount(); ++g) {
    QTreeWidgetItem* group = list_->topLevelItem(g);
    bool some = false;
    for (int i = 0; i < group->childCount(); ++i) {
      QTreeWidgetItem* item = group->child(i);
      const bool hit = wanted.isEmpty() ||
                       item->text(kName).contains(wanted, Qt::CaseInsensitive) ||
                       item->text(kKeys).contains(wanted, Qt::CaseInsensitive) ||
                       group->text(kName).contains(wanted, Qt::CaseInsensitive);
      item->setHidden(!hit);
      some = some || hit;
    }
    group->setHidden(!some);
    any = any || some;
  }
  list_->setVisible(any);
  empty_->setVisible(!any);
  // What is changed below is always a row that can be seen.
  if (list_->currentItem() != nullptr && (!any || list_->currentItem()->isHidden()))
    list_->setCurrentItem(nullptr);
}

QAction* ShortcutsDialog::current() const { return actionOf(list_->currentItem()); }

void ShortcutsDialog::showAction() {
  dropProposal();
  const QAction* action = current();
  name_->setText(action != nullptr ? actionName(action)
                                   : tr("Choose a command, then press its keys."));
  for (QWidget* widget :
       {static_cast<QWidget*>(edit_), static_cast<QWidget*>(clear_), static_cast<QWidget*>(reset_)})
    widget->setEnabled(action != nullptr);
  refreshRows();
}

void ShortcutsDialog::propose(const QKeySequence& keys) {
  QAction* action = current();
  if (action == nullptr) return;
  if (action->shortcuts() == QList{keys} || (keys.isEmpty() && action->shortcuts().isEmpty())) {
    dropProposal();
    return;
  }
  for (const FixedKeys& fixed : fixed_)
    if (!keys.isEmpty() && fixed.keys[0] == keys[0]) {
      dropProposal();
      conflictText_->setText(tr("%1 belongs to the pictures: %2.")
                                 .arg(keys.toString(QKeySequence::NativeText), fixed.what));
      take_->hide();
      conflict_->show();
      return;
    }
  const QList<QAction*> others = shortcutConflicts(actions_, action, keys);
  if (others.isEmpty()) {
    setShortcut(action, keys);
    showAction();
    return;
  }
  proposed_ = keys;
  proposedReset_ = false;
  QStringList names;
  for (const QAction* other : others) names << tr("\"%1\"").arg(actionName(other));
  conflictText_->setText(
      tr("%1 is taken by %2.").arg(keys.toString(QKeySequence::NativeText), listText(names)));
  take_->setText(tr("&Take it for \"%1\"").arg(actionName(action)));
  take_->show();
  conflict_->show();
  take_->setFocus();
}

void ShortcutsDialog::take() {
  QAction* action = current();
  if (action == nullptr) return;
  const QList<QKeySequence> keys =
      proposedReset_ ? defaultShortcuts(action) : QList<QKeySequence>{proposed_};
  for (const QKeySequence& sequence : keys)
    for (QAction* other : shortcutConflicts(actions_, action, sequence)) setShortcut(other, {});
  if (proposedReset_)
    resetShortcut(action);
  else
    setShortcut(action, proposed_);
  showAction();
}

void ShortcutsDialog::dropProposal() {
  proposed_ = {};
  proposedReset_ = false;
  conflict_->hide();
  const QAction* action = current();
  edit_->setKeySequence(action != nullptr ? action->shortcut() : QKeySequence());
}

void ShortcutsDialog::reset() {
  QAction* action = current();
  if (action == nullptr) return;
  QStringList names;
  for (const QKeySequence& sequence : defaultShortcuts(action))
    for (const QAction* other : shortcutConflicts(actions_, action, sequence))
      names << actionName(other);
  if (names.isEmpty()) {
    resetShortcut(action);
    showAction();
    return;
  }
  names.removeDuplicates();
  proposedReset_ = true;
  conflictText_->setText(
      tr("%1 is taken by %2.").arg(shortcutText(defaultShortcuts(action)), listText(names)));
  take_->setText(tr("&Take it for \"%1\"").arg(actionName(action)));
  take_->show();
  conflict_->show();
  take_->setFocus();
}

void ShortcutsDialog::resetAll() {
  for (QAction* action : actions_) resetShortcut(action);
  showAction();
}

}  // namespace uninet
