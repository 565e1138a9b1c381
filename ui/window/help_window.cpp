#include "ui/window/help_window.h"

#include <QCloseEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStyle>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <initializer_list>

#include "core/base/error.h"
#include "ui/window/help_browser.h"
#include "ui/window/help_pages.h"

namespace uninet {
namespace {

constexpr int kPage = Qt::UserRole;
constexpr int kLeastLarger = -3, kMostLarger = 8;  ///< points

template <class Visit>
void forPages(const QTreeWidget& contents, Visit visit) {
  for (int g = 0; g < contents.topLevelItemCount(); ++g)
    for (int i = 0; i < contents.topLevelItem(g)->childCount(); ++i)
      visit(*contents.topLevelItem(g)->child(i));
}

}  // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QWidget(parent, Qt::Window),
      splitter_(new QSplitter),
      search_(new QLineEdit),
      contents_(new QTreeWidget),
      nothing_(new QLabel),
      browser_(new HelpBrowser),
      back_(new QToolButton),
      forward_(new QToolButton),
      previous_(new QToolButton),
      next_(new QToolButton),
      count_(new QLabel),
      findBar_(new QFrame),
      find_(new QLineEdit),
      closeFind_(new QToolButton) {
  setObjectName(QStringLiteral("help"));
  search_->setObjectName(QStringLiteral("help-search"));
  contents_->setObjectName(QStringLiteral("help-contents"));
  find_->setObjectName(QStringLiteral("help-find"));
  findBar_->setObjectName(QStringLiteral("help-find-bar"));
  count_->setObjectName(QStringLiteral("help-count"));
  nothing_->setObjectName(QStringLiteral("help-nothing"));
  back_->setObjectName(QStringLiteral("help-back"));
  forward_->setObjectName(QStringLiteral("help-forward"));
  previous_->setObjectName(QStringLiteral("help-previous"));
  next_->setObjectName(QStringLiteral("help-next"));
  closeFind_->setObjectName(QStringLiteral("help-find-close"));

  auto* left = new QWidget;
  auto* list = new QVBoxLayout(left);
  list->setContentsMargins(8, 8, 0, 8);
  search_->setClearButtonEnabled(true);
  contents_->setHeaderHidden(true);
  contents_->setColumnCount(2);
  contents_->setRootIsDecorated(false);
  contents_->setIndentation(12);
  contents_->setFrameShape(QFrame::NoFrame);
  contents_->header()->setStretchLastSection(false);
  contents_->header()->setMinimumSectionSize(8);
  contents_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  contents_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  nothing_->setWordWrap(true);
  nothing_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  nothing_->hide();
  list->addWidget(search_);
  list->addWidget(contents_, 1);
  list->addWidget(nothing_, 1);
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  makeBar();
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(8, 8, 8, 8);
  bar->addWidget(back_);
  bar->addWidget(forward_);
  bar->addStretch();
  bar->addWidget(count_);
  bar->addWidget(previous_);
  bar->addWidget(next_);
  column->addLayout(bar);
  column->addWidget(browser_, 1);
  column->addWidget(findBar_);
  splitter_->addWidget(left);
  splitter_->addWidget(right);
  splitter_->setStretchFactor(1, 1);
  splitter_->setChildrenCollapsible(false);
  splitter_->setSizes({290, 770});
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(splitter_);
  QWidget* before = search_;
  for (QWidget* next : std::initializer_list<QWidget*>{contents_, back_, forward_, previous_, next_,
                                                       browser_, find_, closeFind_}) {
    setTabOrder(before, next);
    before = next;
  }
  makeKeys();
  retranslate();

  connect(search_, &QLineEdit::textChanged, this, [this] {
    updateContents();
    updateHits();
  });
  connect(search_, &QLineEdit::returnPressed, this, [this] { step(1); });
  connect(find_, &QLineEdit::textChanged, this, &HelpWindow::updateHits);
  connect(find_, &QLineEdit::returnPressed, this, [this] { step(1); });
  connect(contents_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    if (item != nullptr && item->data(0, kPage).isValid())
      browser_->openPage(item->data(0, kPage).toString());
  });
  connect(browser_, &HelpBrowser::pageShown, this, &HelpWindow::pageChanged);
  connect(browser_, &QTextBrowser::backwardAvailable, back_, &QWidget::setEnabled);
  connect(browser_, &QTextBrowser::forwardAvailable, forward_, &QWidget::setEnabled);
  connect(back_, &QToolButton::clicked, browser_, &QTextBrowser::backward);
  connect(forward_, &QToolButton::clicked, browser_, &QTextBrowser::forward);
  connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
  connect(next_, &QToolButton::clicked, this, [this] { step(1); });
  connect(closeFind_, &QToolButton::clicked, this, [this] { showFind(false); });

  resize(1060, 760);
  const QSettings settings;
  restoreGeometry(settings.value(QStringLiteral("help/geometry")).toByteArray());
  splitter_->restoreState(settings.value(QStringLiteral("help/splitter")).toByteArray());
  zoom(0);
  updateHits();
}

HelpWindow::~HelpWindow() = default;

void HelpWindow::makeBar() {
  const auto arrow = [](QToolButton* button, Qt::ArrowType type) {
    button->setArrowType(type);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
  };
  arrow(back_, Qt::LeftArrow);
  arrow(forward_, Qt::RightArrow);
  arrow(previous_, Qt::UpArrow);
  arrow(next_, Qt::DownArrow);
  back_->setEnabled(false);
  forward_->setEnabled(false);
  closeFind_->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  closeFind_->setAutoRaise(true);
  auto* row = new QHBoxLayout(findBar_);
  row->setContentsMargins(8, 4, 8, 8);
  row->addWidget(find_, 1);
  row->addWidget(closeFind_);
  findBar_->hide();
}

void HelpWindow::makeKeys() {
  const auto add = [this](const QKeySequence& keys, auto slot) {
    connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
  };
  add(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { showFind(true); });
  add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
  });
  add(QKeySequence(Qt::Key_F3), [this] { step(1); });
  add(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { step(-1); });
  add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { browser_->backward(); });
  add(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { browser_->forward(); });
  add(QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] { zoom(1); });
  add(QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] { zoom(-1); });
  add(QKeySequence(Qt::CTRL | Qt::Key_0), [this] {
    QSettings().remove(QStringLiteral("help/larger"));
    zoom(0);
  });
  add(QKeySequence(Qt::Key_Escape), [this] {
    if (findBar_->isVisible())
      showFind(false);
    else if (!search_->text().isEmpty())
      search_->clear();
    else
      close();
  });
}

void HelpWindow::fillContents() {
  const QString open = page();
  const QSignalBlocker quiet(contents_);
  contents_->clear();
  QTreeWidgetItem* group = nullptr;
  const char* name = nullptr;
  for (const HelpPage& entry : helpPages()) {
    if (group == nullptr || name != entry.group) {
      name = entry.group;
      group = new QTreeWidgetItem(contents_, {tr(name)});
      group->setFlags(Qt::ItemIsEnabled);
      QFont bold = font();
      bold.setBold(true);
      group->setFont(0, bold);
      group->setSizeHint(0, QSize(0, fontMetrics().height() + 14));
    }
    const QString id = QString::fromUtf8(entry.id);
    QString title = id;
    try {
      title = helpTitle(helpMarkdown(QStringLiteral("help/%1.md").arg(id)));
    } catch (const Error&) {
      // The page itself says why it cannot be shown.
    }
    auto* item = new QTreeWidgetItem(group, {title});
    item->setData(0, kPage, id);
    item->setToolTip(0, title);
    item->setSizeHint(0, QSize(0, fontMetrics().height() + 8));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  }
  contents_->expandAll();
  if (QTreeWidgetItem* item = itemOf(open)) contents_->setCurrentItem(item);
}

void HelpWindow::retranslate() {
  setWindowTitle(tr("Help"));
  const auto named = [](QWidget* widget, const QString& name) {
    widget->setAccessibleName(name);
    widget->setToolTip(name);
  };
  search_->setPlaceholderText(tr("Search all pages"));
  find_->setPlaceholderText(tr("Find in this page"));
  named(search_, tr("Search all pages"));
  named(find_, tr("Find in this page"));
  contents_->setAccessibleName(tr("Pages"));
  browser_->setAccessibleName(tr("Page"));
  count_->setAccessibleName(tr("Places that were found"));
  named(back_, tr("Back"));
  named(forward_, tr("Forward"));
  named(previous_, tr("Previous place"));
  named(next_, tr("Next place"));
  named(closeFind_, tr("Close"));
  nothing_->setText(tr("No page has these words."));
  fillContents();
  updateContents();
}

void HelpWindow::showPage(const QString& id) {
  const bool known = itemOf(id) != nullptr;
  browser_->openPage(known ? id : QString::fromUtf8(kFirstHelpPage));
  show();
  raise();
  activateWindow();
  browser_->setFocus();
}

void HelpWindow::showFor(const QWidget* focus) {
  const QString id = helpPageOf(focus);
  showPage(!id.isEmpty() ? id : page());
}

void HelpWindow::setActions(const QList<QAction*>& actions) {
  browser_->setActions(actions);
  if (page() == QLatin1String("keyboard")) browser_->renew();
}

QString HelpWindow::page() const { return browser_->page(); }

QTreeWidgetItem* HelpWindow::itemOf(const QString& id) const {
  QTreeWidgetItem* found = nullptr;
  forPages(*contents_, [&](QTreeWidgetItem& item) {
    if (item.data(0, kPage).toString() == id) found = &item;
  });
  return found;
}

void HelpWindow::pageChanged() {
  const QSignalBlocker quiet(contents_);
  contents_->setCurrentItem(itemOf(page()));
  updateHits();
}

const std::vector<HelpWindow::Text>& HelpWindow::texts() {
  if (texts_.empty())
    for (const HelpPage& entry : helpPages()) {
      Text text{QString::fromUtf8(entry.id), {}, {}};
      try {
        const QString markdown = helpMarkdown(QStringLiteral("help/%1.md").arg(text.id));
        QTextDocument document;
        document.setMarkdown(preparedMarkdown(markdown, {}));
        text.title = helpTitle(markdown);
        text.plain = document.toPlainText();
      } catch (const Error&) {
        // A page that cannot be read has nothing to be found.
      }
      texts_.push_back(std::move(text));
    }
  return texts_;
}

bool HelpWindow::searchingAll() const {
  return findBar_->isHidden() && !search_->text().trimmed().isEmpty();
}

QString HelpWindow::needle() const {
  return (findBar_->isHidden() ? search_->text() : find_->text()).trimmed();
}

void HelpWindow::updateContents() {
  const QString wanted = search_->text().trimmed();
  bool any = wanted.isEmpty();
  forPages(*contents_, [&](QTreeWidgetItem& item) {
    item.setHidden(false);
    item.setText(1, {});
  });
  if (!wanted.isEmpty())
    for (const Text& text : texts()) {
      QTreeWidgetItem* item = itemOf(text.id);
      const auto found = text.plain.count(wanted, Qt::CaseInsensitive);
      item->setHidden(found == 0);
      item->setText(1, found > 0 ? locale().toString(found) : QString());
      any = any || found > 0;
    }
  for (int g = 0; g < contents_->topLevelItemCount(); ++g) {
    QTreeWidgetItem* group = contents_->topLevelItem(g);
    bool some = false;
    for (int i = 0; i < group->childCount(); ++i) some = some || !group->child(i)->isHidden();
    group->setHidden(!some);
  }
  contents_->setVisible(any);
  nothing_->setVisible(!any);
}

void HelpWindow::updateHits() {
  const QString wanted = needle();
  hits_.clear();
  if (!wanted.isEmpty())
    for (QTextCursor at = browser_->document()->find(wanted); !at.isNull();
         at = browser_->document()->find(wanted, at))
      hits_ << at.selectionStart();
  hit_ = hits_.isEmpty() ? -1 : fromEnd_ ? static_cast<int>(hits_.size()) - 1 : 0;
  fromEnd_ = false;
  showHit();
}

void HelpWindow::showHit() {
  const QString wanted = needle();
  QList<QTextEdit::ExtraSelection> marks;
  for (int i = 0; i < hits_.size(); ++i) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(browser_->document());
    mark.cursor.setPosition(hits_[i]);
    mark.cursor.setPosition(hits_[i] + static_cast<int>(wanted.size()), QTextCursor::KeepAnchor);
    // Yellow with black is legible on both themes; the present place has the selection's colours.
    mark.format.setBackground(i == hit_ ? palette().color(QPalette::Highlight)
                                        : QColor(255, 224, 102));
    mark.format.setForeground(i == hit_ ? palette().color(QPalette::HighlightedText)
                                        : QColor(Qt::black));
    if (i == hit_) mark.format.setFontUnderline(true);
    marks << mark;
  }
  browser_->setExtraSelections(marks);
  if (hit_ >= 0) {
    QTextCursor there(browser_->document());
    there.setPosition(hits_[hit_]);
    browser_->setTextCursor(there);
    browser_->ensureCursorVisible();
  }
  const bool pages = searchingAll() && contents_->isVisibleTo(this);
  previous_->setEnabled(!hits_.isEmpty() || pages);
  next_->setEnabled(!hits_.isEmpty() || pages);
  if (wanted.isEmpty())
    count_->clear();
  else if (hits_.isEmpty())
    count_->setText(tr("not in this page"));
  else
    count_->setText(
        tr("%1 of %2").arg(locale().toString(hit_ + 1), locale().toString(hits_.size())));
}

void HelpWindow::step(int by) {
  if (needle().isEmpty()) return;
  const int wanted = hit_ + by;
  if (!hits_.isEmpty() && wanted >= 0 && wanted < hits_.size()) {
    hit_ = wanted;
    showHit();
    return;
  }
  if (!searchingAll()) {
    if (hits_.isEmpty()) return;
    hit_ = wanted < 0 ? static_cast<int>(hits_.size()) - 1 : 0;
    showHit();
    return;
  }
  QStringList found;
  forPages(*contents_, [&](QTreeWidgetItem& item) {
    if (!item.isHidden()) found << item.data(0, kPage).toString();
  });
  if (found.isEmpty()) return;
  const auto at = found.indexOf(page());
  const auto count = found.size();
  const auto to = at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count;
  fromEnd_ = by < 0;
  if (found[to] == page())
    updateHits();
  else
    browser_->openPage(found[to]);
}

void HelpWindow::showFind(bool on) {
  findBar_->setVisible(on);
  if (on) {
    find_->setFocus(Qt::ShortcutFocusReason);
    find_->selectAll();
  } else {
    browser_->setFocus();
  }
  updateHits();
}

void HelpWindow::zoom(int by) {
  QSettings settings;
  const QString key = QStringLiteral("help/larger");
  const int larger = std::clamp(settings.value(key, 0).toInt() + by, kLeastLarger, kMostLarger);
  if (by != 0) settings.setValue(key, larger);
  const double points = font().pointSizeF() > 0 ? font().pointSizeF() : 10;
  browser_->setTextSize(points + larger);
}

void HelpWindow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange)
    retranslate();
  else if (event->type() == QEvent::FontChange)
    zoom(0);
}

void HelpWindow::closeEvent(QCloseEvent* event) {
  QSettings settings;
  settings.setValue(QStringLiteral("help/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("help/splitter"), splitter_->saveState());
  QWidget::closeEvent(event);
}

}  // namespace uninet
