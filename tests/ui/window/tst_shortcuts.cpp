#include <QAction>
#include <QApplication>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

#include "ui/window/shortcuts.h"
#include "ui/window/shortcuts_dialog.h"

using namespace uninet;

namespace {

/// Actions of a window with two menus, one action without text and one without a name.
struct Window {
  Window() {
    QMenu* file = window.menuBar()->addMenu("&File");
    QMenu* recent = new QMenu("&Recent", file);
    open = add(file, "&Open…", "open", QKeySequence("Ctrl+O"));
    file->addMenu(recent);
    first = add(recent, "First", "first", {});
    QMenu* attack = window.menuBar()->addMenu("&Attack");
    run = add(attack, "&Run", "run", QKeySequence(Qt::Key_F5));
    stop = add(attack, "&Stop", "stop", QKeySequence("Ctrl+."));
    nameless = add(attack, "Nameless", "", QKeySequence(Qt::Key_F8));
    bare = new QAction(&window);
    bare->setObjectName("bare");
    window.addAction(bare);
    applyShortcuts(all());
  }
  QAction* add(QMenu* menu, const char* text, const char* name, const QKeySequence& keys) {
    QAction* action = menu->addAction(QString::fromUtf8(text));
    action->setObjectName(QString::fromUtf8(name));
    action->setShortcut(keys);
    return action;
  }
  QList<QAction*> all() const { return {run, open, stop, bare, nameless, first}; }

  QMainWindow window;
  QAction *open, *first, *run, *stop, *nameless, *bare;
};

struct Dialog : ShortcutsDialog {
  explicit Dialog(const Window& window, const QList<FixedKeys>& fixed = {})
      : ShortcutsDialog(window.all(), fixed) {
    show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    return findChild<Widget*>(QString::fromUtf8(name));
  }
  QTreeWidgetItem* row(const QString& name) {
    for (QTreeWidgetItem* item : find<QTreeWidget>("shortcuts-list")
                                     ->findItems(name, Qt::MatchExactly | Qt::MatchRecursive))
      if (item->parent() != nullptr) return item;
    return nullptr;
  }
  void choose(const QString& name) {
    find<QTreeWidget>("shortcuts-list")->setCurrentItem(row(name));
  }
  /// Presses keys in the field, and waits until it takes them as finished.
  void press(int key, Qt::KeyboardModifiers modifiers = {}) {
    auto* edit = find<QKeySequenceEdit>("shortcuts-keys");
    QSignalSpy finished(edit, &QKeySequenceEdit::editingFinished);
    edit->setFocus();
    QTest::keyClick(edit, static_cast<Qt::Key>(key), modifiers);
    if (finished.isEmpty()) finished.wait();
  }
  void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
  bool asks() { return find<QFrame>("shortcuts-conflict")->isVisible(); }
  QString question() {
    QStringList texts;
    for (const QLabel* label : find<QFrame>("shortcuts-conflict")->findChildren<QLabel*>())
      texts << label->text();
    return texts.join(' ');
  }
};

}  // namespace

class TestShortcuts : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { QSettings().clear(); }

  void onlyNamedActionsTakePart() {
    const Window window;
    QAction ofQt;
    ofQt.setObjectName("_q_qlineeditclearaction");
    const QList<QAction*> listed = shortcutActions(window.all() + QList<QAction*>{&ofQt});
    QCOMPARE(listed,
             (QList<QAction*>{window.run, window.stop, window.open, window.bare, window.first}));
    QCOMPARE(actionName(window.open), QString("Open"));
    QCOMPARE(actionName(window.bare), QString("bare"));
    QCOMPARE(actionMenu(window.first), QString::fromUtf8("File \u25b8 Recent"));
    QCOMPARE(actionMenu(window.bare), QString());
  }

  void whatAPersonChoseIsKept() {
    {
      Window window;
      setShortcut(window.run, QKeySequence("Ctrl+R"));
      setShortcut(window.stop, {});
      setShortcut(window.bare, QKeySequence("Ctrl+K, Ctrl+B"));
      QCOMPARE(window.run->shortcut(), QKeySequence("Ctrl+R"));
    }
    Window window;
    QCOMPARE(window.run->shortcut(), QKeySequence("Ctrl+R"));
    QVERIFY(window.stop->shortcuts().isEmpty());
    QCOMPARE(window.bare->shortcut(), QKeySequence("Ctrl+K, Ctrl+B"));
    QCOMPARE(window.open->shortcut(), QKeySequence("Ctrl+O"));
    QCOMPARE(defaultShortcuts(window.run), QList{QKeySequence(Qt::Key_F5)});
    // Given again, the defaults are still those of the first time.
    applyShortcuts(window.all());
    QVERIFY(!hasDefaultShortcuts(window.run));
    resetShortcut(window.run);
    resetShortcut(window.stop);
    setShortcut(window.bare, {});  // its default: nothing of it is kept
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));
    QCOMPARE(window.stop->shortcut(), QKeySequence("Ctrl+."));
    QVERIFY(QSettings().allKeys().isEmpty());
  }

  void severalKeysOfOneActionStay() {
    QAction action;
    action.setObjectName("several");
    const QList<QKeySequence> keys{QKeySequence("Ctrl+O"), QKeySequence(Qt::Key_F3)};
    action.setShortcuts(keys);
    applyShortcuts({&action});
    QCOMPARE(action.shortcuts(), keys);
    setShortcut(&action, QKeySequence("F4"));
    resetShortcut(&action);
    QCOMPARE(action.shortcuts(), keys);
  }

  void findsConflicts() {
    const Window window;
    const QList<QAction*> all = window.all();
    QCOMPARE(shortcutConflicts(all, window.run, QKeySequence("Ctrl+O")), QList{window.open});
    QVERIFY(shortcutConflicts(all, window.open, QKeySequence("Ctrl+O")).isEmpty());
    QVERIFY(shortcutConflicts(all, window.run, {}).isEmpty());
    // The beginning of another's keys would never be answered.
    setShortcut(window.bare, QKeySequence("Ctrl+K, Ctrl+B"));
    QCOMPARE(shortcutConflicts(all, window.run, QKeySequence("Ctrl+K")), QList{window.bare});
    QCOMPARE(shortcutConflicts(all, window.run, QKeySequence("Ctrl+O, Ctrl+P")),
             QList{window.open});
  }

  void changesAtOnce() {
    Window window;
    Dialog dialog(window);
    dialog.choose("Run");
    dialog.press(Qt::Key_F9);
    QVERIFY(!dialog.asks());
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F9));
    QCOMPARE(dialog.row("Run")->text(1), QString("F9"));
    QCOMPARE(dialog.row("Run")->text(2), QString("F5"));
    QVERIFY(dialog.row("Run")->font(1).bold());
    dialog.click("shortcuts-clear");
    QVERIFY(window.run->shortcuts().isEmpty());
    dialog.click("shortcuts-reset");
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));
    QVERIFY(!dialog.find<QPushButton>("shortcuts-reset")->isEnabled());
    QVERIFY(!dialog.find<QPushButton>("shortcuts-reset-all")->isEnabled());
  }

  void asksWhoseKeysTheyAre() {
    Window window;
    Dialog dialog(window);
    dialog.choose("Run");
    dialog.press(Qt::Key_O, Qt::ControlModifier);
    QVERIFY(dialog.asks());
    QVERIFY2(dialog.question().contains("\"Open\""), qPrintable(dialog.question()));
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));  // nothing has changed yet
    dialog.click("shortcuts-leave");
    QVERIFY(!dialog.asks());
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));
    QCOMPARE(window.open->shortcut(), QKeySequence("Ctrl+O"));
    dialog.press(Qt::Key_O, Qt::ControlModifier);
    dialog.click("shortcuts-take");
    QVERIFY(!dialog.asks());
    QCOMPARE(window.run->shortcut(), QKeySequence("Ctrl+O"));
    QVERIFY(window.open->shortcuts().isEmpty());
    // A default that another has now is asked for as well.
    dialog.choose("Open");
    dialog.click("shortcuts-reset");
    QVERIFY(dialog.asks());
    dialog.click("shortcuts-take");
    QCOMPARE(window.open->shortcut(), QKeySequence("Ctrl+O"));
    QVERIFY(window.run->shortcuts().isEmpty());
    dialog.click("shortcuts-reset-all");
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));
    QVERIFY(QSettings().allKeys().isEmpty());
  }

  void anotherRowEndsTheQuestion() {
    Window window;
    Dialog dialog(window);
    dialog.choose("Run");
    dialog.press(Qt::Key_O, Qt::ControlModifier);
    QVERIFY(dialog.asks());
    dialog.choose("Stop");
    QVERIFY(!dialog.asks());
    dialog.click("shortcuts-clear");
    QCOMPARE(window.open->shortcut(), QKeySequence("Ctrl+O"));
    QVERIFY(window.stop->shortcuts().isEmpty());
  }

  void keysOfThePicturesAreNotGivenAway() {
    Window window;
    Dialog dialog(window, {{QKeySequence(Qt::Key_Space), "Flicker"}});
    QCOMPARE(dialog.row("Flicker")->text(1), QKeySequence(Qt::Key_Space).toString());
    dialog.choose("Run");
    dialog.press(Qt::Key_Space);
    QVERIFY(dialog.asks());
    QVERIFY(dialog.question().contains("Flicker"));
    QVERIFY(!dialog.find<QPushButton>("shortcuts-take")->isVisible());
    QCOMPARE(window.run->shortcut(), QKeySequence(Qt::Key_F5));
    dialog.choose("Flicker");
    QVERIFY(!dialog.find<QKeySequenceEdit>("shortcuts-keys")->isEnabled());
  }

  void searchesNamesAndKeys() {
    Window window;
    Dialog dialog(window);
    auto* search = dialog.find<QLineEdit>("shortcuts-search");
    QTest::keyClicks(search, "f5");
    QVERIFY(!dialog.row("Run")->isHidden());
    QVERIFY(dialog.row("Stop")->isHidden());
    QVERIFY(dialog.row("Open")->parent()->isHidden());
    search->setText("attack");
    QVERIFY(!dialog.row("Stop")->isHidden());
    dialog.choose("Stop");
    search->setText("open");
    QVERIFY(dialog.find<QTreeWidget>("shortcuts-list")->currentItem() == nullptr);
    QVERIFY(!dialog.find<QPushButton>("shortcuts-clear")->isEnabled());
    search->setText("nothing like it");
    QVERIFY(!dialog.find<QTreeWidget>("shortcuts-list")->isVisible());
    search->clear();
    QVERIFY(dialog.find<QTreeWidget>("shortcuts-list")->isVisible());
  }

  // Enter in the search must not press a button.
  void enterClosesNothing() {
    Window window;
    Dialog dialog(window);
    QTest::keyClick(dialog.find<QLineEdit>("shortcuts-search"), Qt::Key_Return);
    QVERIFY(dialog.isVisible());
    QTest::keyClick(dialog.find<QLineEdit>("shortcuts-search"), Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
  }

  void tableForTheHelp() {
    Window window;
    const QString table = shortcutTable(window.all());
    QVERIFY2(table.contains("| Run | Attack | F5 |"), qPrintable(table));
    QVERIFY(!table.contains("First"));  // it has no keys
    QVERIFY(!table.contains("Nameless"));
    window.run->setText("A|B");
    QVERIFY(shortcutTable(window.all()).contains("| A\\|B |"));
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  QApplication::setOrganizationName("UniNet Workbench test");
  TestShortcuts test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_shortcuts.moc"
