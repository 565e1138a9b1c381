#include "ui/window/command_palette.h"

#include <QAbstractListModel>
#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPointer>
#include <QScreen>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/text.h"
#include "ui/style/roles.h"
#include "ui/window/fuzzy_match.h"

namespace uninet {
namespace {

constexpr int kWidth = 620, kRowHeight = 30, kRows = 12, kMargin = 8, kLineHeight = 32;
/// A letter that is found in the path counts so much.
constexpr double kPathShare = 0.5;

void collect(const QMenu& menu, const QString& path, std::vector<Command>& commands) {
  for (QAction* action : menu.actions()) {
    if (action->isSeparator() || !action->isVisible()) continue;
    const QString title = withoutAccelerator(action->text());
    if (const QMenu* inner = action->menu(); inner != nullptr) {
      collect(*inner, path + QStringLiteral(" \u25b8 ") + title, commands);
      continue;
    }
    if (title.isEmpty()) continue;
    commands.push_back({title, path, action->shortcut().toString(QKeySequence::NativeText),
                        action->isEnabled(), [action = QPointer(action)] {
                          if (action != nullptr) action->trigger();
                        }});
  }
}

QString keyOf(const Command& command) { return command.path + QLatin1Char('\n') + command.title; }

enum Role { pathRole = Qt::UserRole, shortcutRole, lettersRole };

}  // namespace

/// The commands that match, best first.
class CommandModel : public QAbstractListModel {
 public:
  using QAbstractListModel::QAbstractListModel;

  void setCommands(std::vector<Command> commands) {
    commands_ = std::move(commands);
    setPattern({}, {});
  }
  void setPattern(const QString& pattern, const QStringList& recent) {
    beginResetModel();
    rows_.clear();
    for (std::size_t i = 0; i < commands_.size(); ++i) {
      const Command& command = commands_[i];
      Row row{i, 0, {}};
      if (pattern.trimmed().isEmpty()) {
        const auto place = recent.indexOf(keyOf(command));
        row.score = place < 0 ? 0 : static_cast<double>(recent.size() - place);
      } else {
        const auto title = fuzzyMatch(pattern, command.title);
        const auto path = fuzzyMatch(pattern, command.path + QLatin1Char(' ') + command.title);
        if (!title && !path) continue;
        if (title && (!path || title->score >= kPathShare * path->score)) {
          row.score = title->score;
          row.letters = title->positions;
        } else {
          row.score = kPathShare * path->score;
          for (const int at : path->positions)
            if (at > command.path.size())
              row.letters.push_back(at - static_cast<int>(command.path.size()) - 1);
        }
      }
      rows_.push_back(std::move(row));
    }
    // What cannot be done now is listed, to be found, but stands below what can.
    std::stable_sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
      const bool x = commands_[a.command].enabled, y = commands_[b.command].enabled;
      return x != y ? x : a.score > b.score;
    });
    endResetModel();
  }
  const Command& command(int row) const {
    return commands_[rows_[static_cast<std::size_t>(row)].command];
  }

  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
  }
  Qt::ItemFlags flags(const QModelIndex& at) const override {
    return !at.isValid() || command(at.row()).enabled ? QAbstractListModel::flags(at)
                                                      : Qt::ItemIsSelectable;
  }
  QVariant data(const QModelIndex& at, int role) const override {
    if (!at.isValid()) return {};
    const Command& shown = command(at.row());
    switch (role) {
      case Qt::DisplayRole:
        return shown.title;
      case Qt::AccessibleTextRole: {
        QStringList parts{shown.title, shown.path, shown.shortcut};
        parts.removeAll(QString());
        return listText(parts);
      }
      case pathRole:
        return shown.path;
      case shortcutRole:
        return shown.shortcut;
      case lettersRole: {
        const std::vector<int>& letters = rows_[static_cast<std::size_t>(at.row())].letters;
        return QVariant::fromValue(QList<int>(letters.begin(), letters.end()));
      }
      default:
        return {};
    }
  }

 private:
  struct Row {
    std::size_t command = 0;
    double score = 0;
    std::vector<int> letters;  ///< of the title that were typed
  };
  std::vector<Command> commands_;
  std::vector<Row> rows_;
};

namespace {

/// Title with the typed letters bold, path in grey, shortcut at the right.
class CommandDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {100, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& at) const override {
    const bool enabled = at.flags().testFlag(Qt::ItemIsEnabled);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = enabled ? QPalette::Active : QPalette::Disabled;
    const QColor ink = option.palette.color(
        group, selected && enabled ? QPalette::HighlightedText : QPalette::Text);
    QColor faint = ink;
    faint.setAlphaF(0.65F * ink.alphaF());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected) {
      QColor fill = option.palette.color(QPalette::Active, QPalette::Highlight);
      if (!enabled) fill.setAlphaF(0.25F);
      painter->setPen(Qt::NoPen);
      painter->setBrush(fill);
      painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 5, 5);
    }
    QRect room = option.rect.adjusted(10, 0, -10, 0);
    const QFontMetrics metrics(option.font);
    const QString shortcut = at.data(shortcutRole).toString();
    painter->setPen(faint);
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, shortcut);
    if (!shortcut.isEmpty()) room.adjust(0, 0, -metrics.horizontalAdvance(shortcut) - 16, 0);
    const int width = paintTitle(*painter, option, at, room, ink);
    room.adjust(width + 12, 0, 0, 0);
    painter->setPen(faint);
    if (room.width() > 30)
      painter->drawText(
          room, Qt::AlignLeft | Qt::AlignVCenter,
          metrics.elidedText(at.data(pathRole).toString(), Qt::ElideRight, room.width()));
    painter->restore();
  }

 private:
  static int paintTitle(QPainter& painter, const QStyleOptionViewItem& option,
                        const QModelIndex& at, const QRect& room, const QColor& ink) {
    QTextLayout layout(
        QFontMetrics(option.font).elidedText(at.data().toString(), Qt::ElideRight, room.width()),
        option.font);
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    bold.setFontUnderline(true);
    for (const int letter : at.data(lettersRole).value<QList<int>>())
      if (letter < layout.text().size()) formats << QTextLayout::FormatRange{letter, 1, bold};
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid()) line.setLineWidth(10000);
    layout.endLayout();
    if (!line.isValid()) return 0;
    painter.setPen(ink);
    layout.draw(&painter, QPointF(room.left(), room.center().y() - line.height() / 2 + 0.5));
    return static_cast<int>(line.naturalTextWidth());
  }
};

}  // namespace

std::vector<Command> menuCommands(const QMenuBar& bar) {
  std::vector<Command> commands;
  for (const QAction* action : bar.actions())
    if (action->menu() != nullptr && action->isVisible())
      collect(*action->menu(), withoutAccelerator(action->text()), commands);
  return commands;
}

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window, Qt::Popup),
      model_(new CommandModel(this)),
      line_(new QLineEdit(this)),
      list_(new QListView(this)),
      nothing_(new QLabel(this)) {
  setObjectName(QStringLiteral("command-palette"));
  setFrameShape(QFrame::StyledPanel);
  line_->setObjectName(QStringLiteral("command-line"));
  line_->setMinimumHeight(kLineHeight);
  line_->installEventFilter(this);
  list_->setObjectName(QStringLiteral("command-list"));
  list_->setModel(model_);
  list_->setItemDelegate(new CommandDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setMouseTracking(true);
  // The line keeps the keyboard: it moves the selection.
  list_->setFocusPolicy(Qt::NoFocus);
  nothing_->setObjectName(QStringLiteral("command-nothing"));
  nothing_->setTextFormat(Qt::PlainText);
  nothing_->setAlignment(Qt::AlignCenter);
  nothing_->setForegroundRole(QPalette::PlaceholderText);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  column->setSpacing(kMargin);
  column->addWidget(line_);
  column->addWidget(list_, 1);
  column->addWidget(nothing_, 1);
  connect(line_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QListView::clicked, this, [this](const QModelIndex& at) { run(at.row()); });
  connect(list_, &QListView::entered, list_, &QListView::setCurrentIndex);
}

void CommandPalette::popup(std::vector<Command> commands) {
  setAccessibleName(tr("Commands"));
  line_->setPlaceholderText(tr("Type a few letters of what you want to do"));
  line_->setAccessibleName(tr("Command"));
  list_->setAccessibleName(tr("Commands"));
  model_->setCommands(std::move(commands));
  line_->clear();
  filter();
  const QWidget* over = parentWidget();
  const QRect area = over != nullptr ? QRect(over->mapToGlobal(QPoint(0, 0)), over->size())
                                     : screen()->availableGeometry();
  const int width = std::min(kWidth, area.width() - 2 * kMargin);
  const int rows = std::clamp(model_->rowCount(), 3, kRows);
  const int height =
      std::min(kLineHeight + 4 * kMargin + rows * kRowHeight, area.height() - 2 * kMargin);
  setGeometry(area.center().x() - width / 2, area.top() + area.height() / 10, width, height);
  show();
  line_->setFocus(Qt::PopupFocusReason);
}

QStringList CommandPalette::listed() const {
  QStringList titles;
  for (int row = 0; row < model_->rowCount(); ++row) titles << model_->command(row).title;
  return titles;
}

void CommandPalette::filter() {
  model_->setPattern(line_->text(), QSettings().value(QLatin1String(kRecentKey)).toStringList());
  const bool any = model_->rowCount() > 0;
  nothing_->setText(tr("Nothing is called \u201c%1\u201d.").arg(line_->text()));
  list_->setVisible(any);
  nothing_->setVisible(!any);
  if (any) list_->setCurrentIndex(model_->index(0));
  list_->scrollToTop();
}

void CommandPalette::moveBy(int step) {
  const int rows = model_->rowCount();
  if (rows == 0) return;
  const int row = std::clamp(list_->currentIndex().row() + step, 0, rows - 1);
  list_->setCurrentIndex(model_->index(row));
}

void CommandPalette::run(int row) {
  if (row < 0 || row >= model_->rowCount()) return;
  const Command command = model_->command(row);
  if (!command.enabled) return;
  QSettings settings;
  QStringList recent = settings.value(QLatin1String(kRecentKey)).toStringList();
  recent.removeAll(keyOf(command));
  recent.prepend(keyOf(command));
  settings.setValue(QLatin1String(kRecentKey), recent.mid(0, kRecent));
  // What it opens must not stand under the pop-up.
  close();
  if (command.run) command.run();
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
  if (object != line_ || event->type() != QEvent::KeyPress)
    return QFrame::eventFilter(object, event);
  switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
      moveBy(-1);
      return true;
    case Qt::Key_Down:
      moveBy(1);
      return true;
    case Qt::Key_PageUp:
      moveBy(-(kRows - 1));
      return true;
    case Qt::Key_PageDown:
      moveBy(kRows - 1);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      run(list_->currentIndex().row());
      return true;
    case Qt::Key_Escape:
      close();
      return true;
    default:
      return QFrame::eventFilter(object, event);
  }
}

}  // namespace uninet
