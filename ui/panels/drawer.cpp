#include "ui/panels/drawer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/colours.h"
#include "ui/style/icons.h"

namespace uninet {
namespace {

QIcon newsDot(const QColor& colour) {
  QPixmap pixmap(16, 16);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawEllipse(QPointF(8, 8), 4, 4);
  return pixmap;
}

}  // namespace

Drawer::Drawer(QWidget* parent)
    : QWidget(parent),
      bar_(new QTabBar(this)),
      toggle_(new QToolButton(this)),
      pop_(new QToolButton(this)),
      stack_(new QStackedWidget(this)) {
  setObjectName(QStringLiteral("drawer"));
  bar_->setObjectName(QStringLiteral("drawer-tabs"));
  bar_->setAccessibleName(tr("Results"));
  bar_->setDrawBase(false);
  bar_->setExpanding(false);
  bar_->setUsesScrollButtons(true);
  bar_->setElideMode(Qt::ElideNone);
  bar_->installEventFilter(this);
  toggle_->setObjectName(QStringLiteral("drawer-toggle"));
  toggle_->setAutoRaise(true);
  pop_->setObjectName(QStringLiteral("drawer-pop-out"));
  pop_->setAutoRaise(true);
  pop_->setToolTip(tr("Show this tab in a window of its own"));
  pop_->setAccessibleName(pop_->toolTip());
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 0, 8, 0);
  head->addWidget(bar_, 1);
  head->addWidget(toggle_);
  head->addWidget(pop_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins({});
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(stack_, 1);
  connect(bar_, &QTabBar::tabBarClicked, this, &Drawer::clicked);
  connect(toggle_, &QToolButton::clicked, this, [this] { open(isOpen() ? -1 : last_); });
  connect(pop_, &QToolButton::clicked, this, [this] { popOut(isOpen() ? current_ : last_); });
  update();
}

Drawer::~Drawer() {
  for (const Tab& tab : tabs_) delete tab.window;
}

void Drawer::addTab(const QString& key, const QString& title, QWidget* widget) {
  Tab tab;
  tab.key = key;
  tab.title = title;
  tab.widget = widget;
  tab.place = new QWidget(stack_);
  auto* column = new QVBoxLayout(tab.place);
  column->setContentsMargins(8, 0, 8, 4);
  column->addWidget(widget);
  tabs_.push_back(tab);
  stack_->addWidget(tab.place);
  bar_->addTab(title);
  update();
}

int Drawer::indexOf(const QWidget* widget) const {
  for (int i = 0; i < count(); ++i)
    if (tabs_[static_cast<std::size_t>(i)].widget == widget) return i;
  return -1;
}

void Drawer::clicked(int tab) {
  if (tab < 0) return;
  open(tab == current_ ? -1 : tab);
}

void Drawer::open(int tab) {
  if (tab >= count()) return;
  if (tab >= 0 && poppedOut(tab)) {
    QWidget* window = tabs_[static_cast<std::size_t>(tab)].window;
    window->show();
    window->raise();
    window->activateWindow();
    return;
  }
  current_ = tab;
  if (tab >= 0) {
    last_ = tab;
    tabs_[static_cast<std::size_t>(tab)].news = false;
  }
  update();
  Q_EMIT currentChanged(tab);
}

void Drawer::setNews(const QWidget* widget) {
  const int tab = indexOf(widget);
  if (tab < 0 || tab == current_ || poppedOut(tab)) return;
  tabs_[static_cast<std::size_t>(tab)].news = true;
  update();
}

void Drawer::popOut(int tab) {
  if (tab < 0 || tab >= count() || poppedOut(tab)) return;
  Tab& entry = tabs_[static_cast<std::size_t>(tab)];
  auto* window = new QWidget(this, Qt::Window);
  window->setObjectName(QStringLiteral("window-") + entry.key);
  window->setWindowTitle(entry.title);
  auto* column = new QVBoxLayout(window);
  column->addWidget(entry.widget);
  entry.widget->show();
  entry.window = window;
  entry.news = false;
  window->installEventFilter(this);
  window->resize(std::max(width() * 2 / 3, 640), 420);
  window->show();
  if (current_ == tab) open(-1);
  update();
}

void Drawer::popIn(int tab) {
  Tab& entry = tabs_[static_cast<std::size_t>(tab)];
  if (entry.window == nullptr) return;
  QWidget* window = entry.window;
  entry.window = nullptr;
  window->removeEventFilter(this);
  entry.place->layout()->addWidget(entry.widget);
  entry.widget->show();
  window->hide();
  window->deleteLater();
  open(tab);
}

bool Drawer::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::Close)
    for (int i = 0; i < count(); ++i)
      if (object == tabs_[static_cast<std::size_t>(i)].window) {
        popIn(i);
        return true;
      }
  // Enter and Space on a name do what a click does.
  if (object == bar_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
      clicked(bar_->currentIndex());
      return true;
    }
  }
  return QWidget::eventFilter(object, event);
}

void Drawer::setOpenHeight(int height) { openHeight_ = std::max(height, kLeastHeight); }

int Drawer::closedHeight() const { return bar_->sizeHint().height() + 4; }

void Drawer::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (isOpen() && height() >= kLeastHeight) openHeight_ = height();
}

void Drawer::update() {
  stack_->setVisible(isOpen());
  if (isOpen()) {
    stack_->setCurrentIndex(current_);
    bar_->setCurrentIndex(current_);
  }
  setMinimumHeight(isOpen() ? kLeastHeight : closedHeight());
  setMaximumHeight(isOpen() ? QWIDGETSIZE_MAX : closedHeight());
  bar_->setProperty("open", isOpen());
  bar_->update();
  toggle_->setIcon(icon(isOpen() ? "chevron-down" : "chevron-up"));
  toggle_->setToolTip(isOpen() ? tr("Close the results") : tr("Open the results"));
  toggle_->setAccessibleName(toggle_->toolTip());
  pop_->setIcon(icon("pop-out"));
  for (int i = 0; i < count(); ++i) {
    const Tab& tab = tabs_[static_cast<std::size_t>(i)];
    bar_->setTabIcon(i, tab.news ? newsDot(accentOf(palette())) : QIcon());
    bar_->setTabToolTip(i, tab.news ? tr("%1: something new").arg(tab.title) : tab.title);
  }
}

}  // namespace uninet
