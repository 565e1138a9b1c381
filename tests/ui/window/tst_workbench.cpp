#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/files.h"
#include "support/open_window.h"
#include "ui/charts/figure_canvas.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/objects_panel.h"
#include "ui/panels/run_names.h"
#include "ui/panels/run_options.h"
#include "ui/panels/runs_model.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/timeline.h"
#include "ui/panels/toasts.h"
#include "ui/style/roles.h"
#include "ui/views/canvas.h"
#include "ui/views/panel_view.h"
#include "ui/window/application.h"
#include "ui/window/charts_part.h"
#include "ui/window/file_actions.h"
#include "ui/window/help_pages.h"
#include "ui/window/help_window.h"
#include "ui/window/shortcuts.h"

using namespace uninet;

/// The window as a person uses it: what workbenches are for, one after the other.
class TestWorkbench : public QObject {
  Q_OBJECT

  using Open = OpenWindow;
  static std::unique_ptr<Open> openDemo(QSize size = {1600, 1000}) { return Open::demo(size); }
  static bool attack(Open& open, double epsilon, const char* objective = "seg") {
    return open.attack(epsilon, objective);
  }
  static QAction* action(Open& open, const char* name) { return open.action(name); }
  static void drop(QWidget& window, const QString& file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
  }

  /// The keys in the first column of the tables below a heading of the keyboard page.
  static QList<QKeySequence> keysUnder(const QString& heading) {
    static const QRegularExpression kBetween(QStringLiteral(", | and | or "));
    const QString page = helpMarkdown(QStringLiteral("help/keyboard.md"));
    const QString section =
        page.section(QStringLiteral("## %1\n").arg(heading), 1).section("\n## ", 0, 0);
    QList<QKeySequence> keys;
    for (const QString& line : section.split('\n')) {
      if (!line.startsWith("| ") || line.startsWith("| Keys")) continue;
      for (const QString& word : line.section('|', 1, 1).trimmed().split(kBetween)) {
        const QString name = word.toLower();
        if (QStringList{"wheel", "drag", "double click", "held"}.contains(name)) continue;
        if (name == "arrows")
          keys << QKeySequence("Left") << QKeySequence("Right") << QKeySequence("Up")
               << QKeySequence("Down");
        else if (name.contains(" to "))
          for (int i = 1; i <= 9; ++i)
            keys << QKeySequence(name.section(" to ", 0, 0).chopped(1) + QString::number(i));
        else
          keys << QKeySequence(
              QString(word).replace("plus", "+").replace("minus", "-").replace("\u2212", "-"));
      }
    }
    return keys;
  }
  /// Whether a widget, or without it its parent, does something on these keys.
  static bool takes(QWidget& widget, const QKeySequence& keys) {
    for (QWidget* asked : {&widget, widget.parentWidget()}) {
      QKeyEvent press(QEvent::KeyPress, keys[0].key(), keys[0].keyboardModifiers());
      static_cast<QObject*>(asked)->event(&press);
      QKeyEvent release(QEvent::KeyRelease, keys[0].key(), keys[0].keyboardModifiers());
      static_cast<QObject*>(asked)->event(&release);
      if (press.isAccepted()) return true;
    }
    return false;
  }
  static bool contains(const QList<QKeySequence>& list, const QKeySequence& keys) {
    return std::any_of(list.begin(), list.end(), [&](const QKeySequence& known) {
      return known.matches(keys) == QKeySequence::ExactMatch;
    });
  }

 private Q_SLOTS:
  void init() {
    QSettings().clear();
    std::filesystem::remove_all(sessionFolder());
  }

  void picturesAreLarge_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("least");
    QTest::newRow("1600x1000") << QSize(1600, 1000) << 390;
    QTest::newRow("1280x800") << QSize(1280, 800) << 285;
  }
  void picturesAreLarge() {
    const QFETCH(QSize, size);
    const QFETCH(int, least);
    const auto open = openDemo(size);
    QVERIFY(open);
    QCOMPARE(open->window->size(), size);
    const auto smallest = [&](Row row) {
      double width = 1e9;
      for (std::size_t i = 0; i < kMeasuredPanels; ++i)
        width = std::min(width, open->window->canvas().view(row, i).map().image.width());
      return width;
    };
    QVERIFY2(smallest(Row::clean) >= least, qPrintable(QString::number(smallest(Row::clean))));
    // Nothing of the tool bar is cut, nothing is new yet.
    const auto* run = open->window->findChild<QPushButton*>("run-button");
    QVERIFY(run->isVisible() && !run->visibleRegion().isEmpty());
    QVERIFY(!open->window->drawer().hasNews(0));
    // No empty boxes before the first attack.
    QVERIFY(!open->window->canvas().rowShown(Row::attacked));
    QVERIFY(!open->window->canvas().view(Row::attacked, 0).isVisible());
    QVERIFY(attack(*open, 4));
    QVERIFY(open->window->canvas().view(Row::attacked, 0).isVisible());
    for (const Row row : {Row::clean, Row::attacked})
      QVERIFY2(smallest(row) >= least, qPrintable(QString::number(smallest(row))));
    // The drawer only has a dot: it takes no room from the pictures.
    QCOMPARE(open->window->drawer().current(), -1);
    QVERIFY(
        open->window->drawer().hasNews(open->window->drawer().indexOf(&open->window->runsPanel())));
  }

  // Words about what is open give way; the button that starts an attack does not.
  void theToolBarFits_data() { acceleratorsOfOneMenuDiffer_data(); }
  void theToolBarFits() {
    const QFETCH(QString, code);
    setLanguage(code);
    const auto open = openDemo({1280, 800});
    setLanguage({});
    QVERIFY(open);
    const auto* run = open->window->findChild<QPushButton*>("run-button");
    QVERIFY(run->isVisible());
    QCOMPARE(run->visibleRegion().boundingRect(), run->rect());
  }

  // The table of runs beside the comparison: nothing of it is beyond its edge.
  void theRunsFit_data() { acceleratorsOfOneMenuDiffer_data(); }
  void theRunsFit() {
    const QFETCH(QString, code);
    setLanguage(code);
    const auto open = openDemo({1280, 800});
    setLanguage({});
    QVERIFY(open);
    QVERIFY(attack(*open, 0.25));
    open->window->drawer().open(open->window->drawer().indexOf(&open->window->runsPanel()));
    auto* table = open->window->runsPanel().findChild<QTableView*>("runs");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
    QVERIFY(!table->horizontalScrollBar()->isVisible());
    for (const int column :
         {RunsModel::tick, RunsModel::image, RunsModel::name, RunsModel::retained, RunsModel::note})
      QVERIFY(!table->isColumnHidden(column) && table->columnWidth(column) >= 30);
    // With more room everything is there.
    open->window->resize(2200, 1000);
    QTRY_VERIFY(!table->isColumnHidden(RunsModel::seed));
    QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
  }

  void theKeyboardPageIsTrue() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 4));
    Canvas& canvas = open->window->canvas();
    PanelView& panel = canvas.view(Row::clean, 0);
    Timeline& timeline = open->window->timeline();
    FigureView& ratios = open->window->charts().ratios();
    Drawer& drawer = open->window->drawer();
    drawer.open(drawer.indexOf(&ratios));
    const QList<QKeySequence> pictures = keysUnder("In the pictures");
    const QList<QKeySequence> iterations = keysUnder("In the timeline");
    const QList<QKeySequence> charts = keysUnder("In charts");
    QVERIFY(pictures.size() > 10 && iterations.size() == 5 && charts.size() > 20);
    // Every key that is told does something,
    for (const QKeySequence& keys : pictures) {
      canvas.setSelected(open->document.scene().objects.front().match.number);
      QVERIFY2(takes(panel, keys), qPrintable(keys.toString()));
    }
    for (const QKeySequence& keys : iterations)
      QVERIFY2(takes(timeline, keys), qPrintable(keys.toString()));
    // and no other key does.
    QList<int> all{Qt::Key_Plus,  Qt::Key_Minus,  Qt::Key_Equal,     Qt::Key_Space,
                   Qt::Key_Enter, Qt::Key_Escape, Qt::Key_Backspace, Qt::Key_Delete,
                   Qt::Key_Left,  Qt::Key_Right,  Qt::Key_Up,        Qt::Key_Down,
                   Qt::Key_Home,  Qt::Key_End,    Qt::Key_PageUp,    Qt::Key_PageDown};
    for (int key = Qt::Key_0; key <= Qt::Key_9; ++key) all << key;
    for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key) all << key;
    for (const int key : all) {
      const QKeySequence keys(key);
      QVERIFY2(contains(pictures, keys) || !takes(panel, keys), qPrintable(keys.toString()));
      QVERIFY2(contains(iterations, keys) || !takes(timeline, keys), qPrintable(keys.toString()));
      QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
      static_cast<QObject&>(ratios.canvas()).event(&press);
      QVERIFY2(contains(charts, keys) || !press.isAccepted(), qPrintable(keys.toString()));
    }
    const HelpWindow help;
    const QList<QKeySequence> pages = keysUnder("On these pages");
    QList<QKeySequence> known{QKeySequence("Enter")};  // in the field of the search
    for (const auto* shortcut : help.findChildren<QShortcut*>()) known << shortcut->key();
    for (const QKeySequence& keys : pages)
      QVERIFY2(contains(known, keys), qPrintable(keys.toString()));
    for (const QKeySequence& keys : known)
      QVERIFY2(contains(pages, keys), qPrintable(keys.toString()));
    const QList<QKeySequence> options = keysUnder("In the attack panel");
    const auto shortcuts = open->window->attackPanel().findChildren<QShortcut*>();
    QCOMPARE(options.size(), shortcuts.size());
    for (const auto* shortcut : shortcuts) QVERIFY(contains(options, shortcut->key()));
  }

  void anAttackFollowsItsImage() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 4));
    const std::int64_t id = open->document.shownRun();
    QTest::keyClick(open->window.get(), Qt::Key_PageDown);
    QVERIFY(open->idle());
    QVERIFY(!open->window->canvas().rowShown(Row::attacked));
    QVERIFY(open->window->filmStrip().current() == 1);
    // In the table of runs, with Enter: image and panels are there again.
    open->window->drawer().open(open->window->drawer().indexOf(&open->window->runsPanel()));
    auto* table = open->window->runsPanel().findChild<QTableView*>("runs");
    QVERIFY(table != nullptr);
    table->setCurrentIndex(table->model()->index(0, 1));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(open->document.shownRun(), id, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(open->window->canvas().rowShown(Row::attacked), kPatience);
    QCOMPARE(open->window->filmStrip().current(), 0);
  }

  void runsOfOneImageHaveNamesOfTheirOwn() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 1));
    QVERIFY(attack(*open, 8));
    RunsPanel& panel = open->window->runsPanel();
    const auto& runs = open->document.runs().runs();
    QVERIFY(panel.nameOf(runs[0].id) != panel.nameOf(runs[1].id));
    QVERIFY(panel.nameOf(runs[0].id).contains(QStringLiteral("1")));
    QVERIFY(panel.nameOf(runs[1].id).contains(QStringLiteral("8")));
    // Laid over each other: the left side is the first one.
    Q_EMIT panel.wipeRequested(runs[0].id, runs[1].id);
    QTRY_COMPARE_WITH_TIMEOUT(open->document.reference(), runs[0].id, kPatience);
    QCOMPARE(open->window->canvas().layoutKind(), CanvasLayout::wipe);
    QCOMPARE(open->document.shownRun(), runs[1].id);
  }

  void deletingCanBeUndone() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 1));
    auto* table = open->window->runsPanel().findChild<QTableView*>("runs");
    open->window->drawer().open(0);
    table->setCurrentIndex(table->model()->index(0, 2));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, kPatience);
    action(*open, "undo")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kPatience);
  }

  void copiesACommand() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 3));
    Q_EMIT open->window->runsPanel().copyCommandRequested(open->document.shownRun());
    const QString command = QApplication::clipboard()->text();
    QVERIFY2(command.startsWith(QStringLiteral("uninet attack ")), qPrintable(command));
    QVERIFY2(command.contains(QStringLiteral("--epsilon 3")), qPrintable(command));
    QVERIFY2(command.contains(QStringLiteral("--iterations 2")), qPrintable(command));
  }

  void rowsAndLayoutsCanBeUndone() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 2));
    Canvas& canvas = open->window->canvas();
    action(*open, "row-change")->trigger();
    QVERIFY(canvas.rowShown(Row::change));
    action(*open, "layout-focus")->trigger();
    QCOMPARE(canvas.layoutKind(), CanvasLayout::focus);
    open->document.undoStack().undo();
    QCOMPARE(canvas.layoutKind(), CanvasLayout::grid);
    QVERIFY(canvas.rowShown(Row::change));
    open->document.undoStack().undo();
    QVERIFY(!canvas.rowShown(Row::change));
    QVERIFY(!action(*open, "row-change")->isChecked());
  }

  void attacksOneObject() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(!open->document.scene().matches.empty());
    Q_EMIT open->window->objectsPanel().attackRequested(
        open->document.scene().matches.front().number);
    QVERIFY(open->document.attacking());
    QVERIFY(!open->window->attackPanel().region().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    const cv::Mat &before = open->document.experiment()->sample.image,
                  &after = open->document.experiment()->result.image;
    cv::Mat changed;
    cv::absdiff(before, after, changed);
    QVERIFY(open->document.experiment()->result.norms.l0 > 0);
    QVERIFY(open->document.experiment()->result.norms.l0 < before.rows * before.cols / 4);
  }

  void goesBackInTime() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 8));
    Timeline& timeline = open->window->timeline();
    timeline.setFocus();
    QTest::keyClick(&timeline, Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(open->document.shownStep(), 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(open->window->canvas().content(Row::attacked, 2).picture ==
                                 open->window->canvas().content(Row::clean, 2).picture,
                             kPatience);
    QTest::keyClick(&timeline, Qt::Key_End);
    QTRY_COMPARE_WITH_TIMEOUT(open->document.shownStep(),
                              static_cast<int>(open->document.steps().size()) - 1, kPatience);
  }

  void aWindowMadeAnewShowsTheSame() {
    const auto open = openDemo();
    QVERIFY(open);
    QVERIFY(attack(*open, 4));
    action(*open, "layout-wipe")->trigger();
    const QString key = open->window->attackPanel().attackKey();
    const QString json = open->window->attackPanel().form().json();
    setLanguage(QStringLiteral("de"));
    open->window = std::make_unique<MainWindow>(open->document);
    open->window->show();
    setLanguage({});
    QCOMPARE(open->window->canvas().layoutKind(), CanvasLayout::wipe);
    QVERIFY(open->window->canvas().hasContent(Row::attacked));
    QCOMPARE(open->window->attackPanel().attackKey(), key);
    QCOMPARE(open->window->attackPanel().form().json(), json);
    QCOMPARE(open->window->filmStrip().current(), 0);
    QCOMPARE(action(*open, "run-attack")->text().remove('&'), QStringLiteral("Starten"));
    QCOMPARE(open->window->charts().ratios().bars().size(), std::size_t{5});
  }

  void tomorrowIsAsToday() {
    std::filesystem::path file;
    std::int64_t run = 0;
    {
      const auto open = openDemo();
      QVERIFY(open);
      open->document.select(4);
      QVERIFY(open->idle());
      QVERIFY(attack(*open, 4));
      run = open->document.shownRun();
      action(*open, "layout-focus")->trigger();
      file = open->document.sessionFile();
      QVERIFY(open->window->close());
    }
    Open open;
    open.window->show();
    QVERIFY(open.document.startSession(true));
    QCOMPARE(open.document.sessionFile(), file);
    QTRY_COMPARE_WITH_TIMEOUT(open.document.shownRun(), run, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(open.window->canvas().rowShown(Row::attacked), kPatience);
    QCOMPARE(open.window->filmStrip().current(), 4);
    QCOMPARE(open.window->canvas().layoutKind(), CanvasLayout::focus);
    QCOMPARE(open.window->attackPanel().changedOptions()["epsilon"].get<double>(), 4.0);
  }

  void anExportedFigureOpensItsSession() {
    QTemporaryDir folder;
    const std::filesystem::path stem = folder.filePath("figure").toStdString();
    std::filesystem::path file;
    {
      const auto open = openDemo();
      QVERIFY(open);
      QVERIFY(attack(*open, 4));
      open->window->drawer().open(open->window->drawer().indexOf(&open->window->charts().ratios()));
      open->window->writeChart(stem);
      file = open->document.sessionFile();
      QVERIFY(open->window->close());
    }
    for (const char* end : {".pdf", ".svg", ".png"}) {
      Open open;
      open.window->show();
      open.document.newSession();
      QVERIFY(open.document.sessionFile() != file);
      drop(*open.window, QString::fromStdString(stem.string() + end));
      QCOMPARE(open.document.sessionFile(), file);
      QTRY_VERIFY_WITH_TIMEOUT(open.document.shownRun() != 0, kPatience);
      open.document.closeSession();
    }
  }

  void aCrashIsOffered() {
    std::filesystem::path file;
    {
      const auto open = openDemo();
      QVERIFY(open);
      QVERIFY(attack(*open, 1));
      file = open->document.sessionFile();
    }
    Open open;
    open.window->show();
    QVERIFY(!open.document.startSession(true));
    QVERIFY(open.window->toasts().text().contains(QStringLiteral("without closing")));
    QAbstractButton* offer = nullptr;
    for (auto* button : open.window->toasts().findChildren<QAbstractButton*>())
      if (button->text().contains(QStringLiteral("Go on"))) offer = button;
    QVERIFY(offer != nullptr);
    QTest::mouseClick(offer, Qt::LeftButton);
    QCOMPARE(open.document.sessionFile(), file);
    QTRY_VERIFY_WITH_TIMEOUT(open.document.shownRun() != 0, kPatience);
  }

  void helpExplainsThePartInUse() {
    Open open;
    std::set<QString> known;
    for (const HelpPage& page : helpPages()) known.insert(QString::fromUtf8(page.id));
    MainWindow& window = *open.window;
    for (QWidget* part :
         {static_cast<QWidget*>(&window.canvas().view(Row::clean, 0)),
          static_cast<QWidget*>(&window.timeline()), static_cast<QWidget*>(&window.runsPanel()),
          static_cast<QWidget*>(&window.objectsPanel()),
          static_cast<QWidget*>(&window.charts().ratios()),
          static_cast<QWidget*>(&window.charts().shapes()),
          static_cast<QWidget*>(&window.charts().interaction()),
          static_cast<QWidget*>(&window.charts().levels())})
      QVERIFY2(known.count(helpPageOf(part)) == 1, qPrintable(helpPageOf(part)));
    AttackPanel& attack = window.attackPanel();
    for (const AttackInfo& info : attacks()) {
      attack.choose(QString::fromUtf8(info.key), QStringLiteral("{}"));
      QCOMPARE(helpPageOf(&attack), attackHelpPage(QString::fromUtf8(info.key)));
    }
  }

  void namesOfRunsAreInTheLanguage() {
    setLanguage(QStringLiteral("de"));
    KeptRun first, second;
    for (KeptRun* run : {&first, &second}) {
      run->attack = "pgd";
      run->options = toJson(*attackByKey("pgd").makeOptions()).dump();
    }
    first.id = 1;
    second.id = 2;
    second.region = "box:1,2,3,4";
    const QStringList names{runNames({first, second})[0], runNames({first, second})[1]};
    const QString region = regionText({}), box = regionText("box:1,2,3,4");
    setLanguage({});
    QCOMPARE(region, QStringLiteral("ganzes Bild"));
    QVERIFY2(box.startsWith(QStringLiteral("Kasten")), qPrintable(box));
    QVERIFY2(names[1].contains(QStringLiteral("Kasten")), qPrintable(names[1]));
  }

  void acceleratorsOfOneMenuDiffer_data() {
    QTest::addColumn<QString>("code");
    for (const Language& each : languages()) QTest::newRow(qPrintable(each.code)) << each.code;
  }
  void acceleratorsOfOneMenuDiffer() {
    const QFETCH(QString, code);
    setLanguage(code);
    auto open = std::make_unique<Open>();
    setLanguage({});
    QList<QWidget*> menus{open->window->menuBar()};
    for (QMenu* menu : open->window->findChildren<QMenu*>()) menus << menu;
    std::size_t marks = 0;
    for (const QWidget* menu : menus) {
      std::set<QKeySequence> taken;
      for (const QAction* each : menu->actions()) {
        const QKeySequence key = QKeySequence::mnemonic(each->text());
        QVERIFY2(key.isEmpty() || taken.insert(key).second, qPrintable(each->text()));
      }
      marks += taken.size();
    }
    QVERIFY(marks > 40);
  }

  // What is read aloud, listed and searched is the text alone.
  void acceleratorsStandInMenusOnly() {
    setLanguage(QStringLiteral("zh_CN"));
    auto open = std::make_unique<Open>();
    setLanguage({});
    QCOMPARE(action(*open, "run-attack")->text(), QStringLiteral("运行(&R)"));
    QCOMPARE(actionName(action(*open, "run-attack")), QStringLiteral("运行"));
    QCOMPARE(actionMenu(action(*open, "run-attack")), QStringLiteral("攻击"));
    QCOMPARE(actionName(action(*open, "open-checkpoint")), QStringLiteral("打开网络"));
    for (const QAction* each : open->window->findChildren<QAction*>())
      QVERIFY2(!withoutAccelerator(each->text()).contains('&'), qPrintable(each->text()));
  }

  void theFirstStartOffersAnAttack() {
    const auto open = openDemo();
    QVERIFY(open);
    open->window->welcome();
    auto* run = open->window->findChild<QPushButton*>("welcome-run");
    QVERIFY(run != nullptr && run->isVisible());
    QTest::mouseClick(run, Qt::LeftButton);
    QVERIFY(open->document.attacking());
    QCOMPARE(open->window->attackPanel().preset(), QStringLiteral("Hide the people"));
    QVERIFY(QSettings().value("welcome/done").toBool());
    open->document.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.attacking(), kPatience);
    QVERIFY(open->window->findChild<QPushButton*>("welcome-run") == nullptr);
  }

  void everyActionHasANameAndAText() {
    const auto open = openDemo();
    QVERIFY(open);
    std::set<QString> names;
    for (const QAction* each : open->window->findChildren<QAction*>()) {
      if (each->objectName().isEmpty() || each->shortcutContext() != Qt::WindowShortcut ||
          each->associatedObjects().isEmpty() || each->text().isEmpty())
        continue;
      if (qobject_cast<QMenu*>(each->associatedObjects().first()) == nullptr) continue;
      if (actionMenu(each).isEmpty()) continue;
      QVERIFY2(names.insert(each->objectName()).second, qPrintable(each->objectName()));
    }
    QVERIFY(names.size() > 40);
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  qputenv("XDG_DATA_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  prepareApplication(application);
  TestWorkbench test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_workbench.moc"
