#pragma once

#include <map>
#include <vector>

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace uninet {

/// Tabs at the bottom of the window: a closed row of names until a person opens one; a click on the
/// tab in front closes them again. Each can become a window of its own. What has news gets a dot.
class Drawer : public QWidget {
  Q_OBJECT
 public:
  /// Smallest height of an open drawer.
  static constexpr int kLeastHeight = 260;

  explicit Drawer(QWidget* parent = nullptr);
  ~Drawer() override;

  /// `widget` becomes the drawer's. `key` names it in settings.
  void addTab(const QString& key, const QString& title, QWidget* widget);
  int count() const { return static_cast<int>(tabs_.size()); }
  QWidget* widget(int tab) const { return tabs_[static_cast<std::size_t>(tab)].widget; }
  QString title(int tab) const { return tabs_[static_cast<std::size_t>(tab)].title; }
  int indexOf(const QWidget* widget) const;
  /// The tab in front, −1: closed.
  int current() const { return current_; }
  QWidget* currentWidget() const { return current_ < 0 ? nullptr : widget(current_); }
  /// Opens this tab, or raises its window; −1 closes the drawer.
  void open(int tab);
  bool isOpen() const { return current_ >= 0; }
  /// A dot on the tab until it is looked at.
  void setNews(const QWidget* widget);
  bool hasNews(int tab) const { return tabs_[static_cast<std::size_t>(tab)].news; }
  bool poppedOut(int tab) const { return tabs_[static_cast<std::size_t>(tab)].window != nullptr; }
  void popOut(int tab);
  /// Takes it back from its window.
  void popIn(int tab);
  /// Height of the open drawer that a person chose.
  int openHeight() const { return openHeight_; }
  void setOpenHeight(int height);
  int closedHeight() const;

 Q_SIGNALS:
  /// A tab came to the front, or the drawer closed (−1).
  void currentChanged(int tab);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  struct Tab {
    QString key, title;
    QWidget* widget = nullptr;
    QWidget* window = nullptr;  ///< of its own; nullptr: it is in the drawer
    QWidget* place = nullptr;   ///< in the stack
    bool news = false;
  };
  void clicked(int tab);
  void update();

  std::vector<Tab> tabs_;
  QTabBar* bar_;
  QToolButton* toggle_;
  QToolButton* pop_;
  QStackedWidget* stack_;
  int current_ = -1, last_ = 0, openHeight_ = kLeastHeight;
};

}  // namespace uninet
