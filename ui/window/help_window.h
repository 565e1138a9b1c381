#pragma once

#include <vector>

#include <QList>
#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace uninet {

class HelpBrowser;

/// The help pages in a window of their own: contents, search over all pages, find in the page,
/// back and forward. Size, place and text size are remembered.
class HelpWindow : public QWidget {
  Q_OBJECT
 public:
  /// With `parent` it stays above that window; it is a window in any case.
  explicit HelpWindow(QWidget* parent = nullptr);
  ~HelpWindow() override;

  /// Shows the window with a page of helpPages(); one that is not known: the first.
  void showPage(const QString& id);
  /// The page that explains the part around `focus` (see setHelpPage()), or the one that is open.
  void showFor(const QWidget* focus);
  /// Commands whose present shortcuts the page "keyboard" lists.
  void setActions(const QList<QAction*>& actions);
  /// Id of the page that is shown; empty: a document beside the pages.
  QString page() const;

 protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  struct Text {
    QString id, title, plain;
  };
  void makeBar();
  void makeKeys();
  void fillContents();
  void retranslate();
  void pageChanged();
  const std::vector<Text>& texts();
  QString needle() const;
  bool searchingAll() const;
  void updateContents();
  void updateHits();
  void showHit();
  void step(int by);
  void showFind(bool on);
  void zoom(int by);
  QTreeWidgetItem* itemOf(const QString& id) const;

  QSplitter* splitter_;
  QLineEdit* search_;
  QTreeWidget* contents_;
  QLabel* nothing_;
  HelpBrowser* browser_;
  QToolButton* back_;
  QToolButton* forward_;
  QToolButton* previous_;
  QToolButton* next_;
  QLabel* count_;
  QFrame* findBar_;
  QLineEdit* find_;
  QToolButton* closeFind_;
  std::vector<Text> texts_;  ///< of all pages, once one has searched
  QList<int> hits_;          ///< positions in the page
  int hit_ = -1;             ///< index in hits_
  bool fromEnd_ = false;     ///< the next page begins with its last hit
};

}  // namespace uninet
