#include <QAction>
#include <QClipboard>
#include <QMenu>
#include <QMenuBar>
#include <QStandardPaths>
#include <QtTest>

#include "support/open_window.h"
#include "support/two_checkpoints.h"
#include "ui/panels/run_comparison.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/toasts.h"
#include "ui/views/canvas.h"
#include "ui/window/application.h"
#include "ui/window/charts_part.h"
#include "ui/window/chips.h"
#include "ui/window/command_palette.h"

using namespace uninet;

/// Two networks in the window, as a person compares them.
class TestCompareNetworks : public QObject {
  Q_OBJECT

  TwoCheckpoints files_;

  std::unique_ptr<OpenWindow> open() {
    auto open = std::make_unique<OpenWindow>();
    open->window->resize(1280, 800);
    open->window->show();
    open->document.newSession();
    open->document.openCheckpoint(files_.first);
    open->document.openStreetscapeScenes(QStringLiteral("val"), 2);
    return open->idle() ? std::move(open) : nullptr;
  }
  bool openSecond(OpenWindow& open) {
    open.document.openSecond(files_.second);
    return QTest::qWaitFor(
        [&] { return open.document.second().engine() && !open.document.jobs().busy(); }, kPatience);
  }
  static bool attack(OpenWindow& open) {
    open.window->attackPanel().choose(
        QStringLiteral("pgd"),
        QStringLiteral(R"({"objective": "seg", "epsilon": 8, "iterations": 1})"));
    QTest::mouseClick(open.window->findChild<QPushButton*>("run-button"), Qt::LeftButton);
    return QTest::qWaitFor(
        [&] {
          return !open.document.jobs().busy() && open.document.runs().runs().size() == 4 &&
                 open.document.shownRun() != 0;
        },
        kPatience);
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void theChipNamesBoth() {
    const auto open = this->open();
    QVERIFY(open);
    auto* chip = open->window->findChild<Chip*>("network-chip");
    QCOMPARE(chip->name(), QStringLiteral("first"));
    QAction* close = open->action("close-second");
    QVERIFY(open->action("open-second")->isEnabled() && !close->isEnabled());
    QVERIFY(chip->menu()->actions().contains(close));
    QVERIFY(openSecond(*open));
    QCOMPARE(chip->name(), QStringLiteral("A first · B second"));
    QVERIFY2(chip->toolTip().contains(QString::fromStdString(files_.second.string())),
             qPrintable(chip->toolTip()));
    QVERIFY(close->isEnabled());
    close->trigger();
    QCOMPARE(chip->name(), QStringLiteral("first"));
    QVERIFY(!close->isEnabled());
  }

  // Long names give way, the button that starts an attack does not.
  void theToolBarFits_data() {
    QTest::addColumn<QString>("code");
    for (const Language& each : languages()) QTest::newRow(qPrintable(each.code)) << each.code;
  }
  void theToolBarFits() {
    const QFETCH(QString, code);
    const std::filesystem::path first =
        files_.path("uninet-streetscape-width-1-epoch-120.safetensors");
    const std::filesystem::path second =
        files_.path("mtl-baseline-cityscapes-epoch-80.safetensors");
    constexpr auto kSkip = std::filesystem::copy_options::skip_existing;
    std::filesystem::copy_file(files_.first, first, kSkip);
    std::filesystem::copy_file(files_.second, second, kSkip);
    setLanguage(code);
    auto open = std::make_unique<OpenWindow>();
    setLanguage(QStringLiteral("en"));
    open->window->resize(1280, 800);
    open->window->show();
    open->document.openCheckpoint(first);
    open->document.openStreetscapeScenes(QStringLiteral("val"), 2);
    open->document.openSecond(second);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.second().engine(), kPatience);
    QVERIFY(open->idle());
    const auto* run = open->window->findChild<QPushButton*>("run-button");
    QVERIFY(run->isVisible());
    QCOMPARE(run->visibleRegion().boundingRect(), run->rect());
    QCOMPARE(open->window->width(), 1280);
  }

  // A file of the program, which every installation has.
  void theBuiltInOneIsOneClickAway() {
    const auto open = this->open();
    QVERIFY(open);
    QAction* action = open->action("open-second-demo");
    QVERIFY(action->isEnabled());
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(open->document.second().engine(), kPatience);
    const auto* chip = open->window->findChild<Chip*>("network-chip");
    QCOMPARE(chip->name(), QStringLiteral("A first · B mti-net-streetscape"));
    QCOMPARE(open->document.second().engine().spec().tasks, TaskSet::all());
  }

  void actionsAreCommands() {
    const auto open = this->open();
    QVERIFY(open);
    QStringList names;
    for (const Command& command : menuCommands(*open->window->menuBar())) names << command.title;
    for (const char* name :
         {"Compare with another checkpoint…", "Compare with the built-in MTI-Net++",
          "Close the second network", "Wipe between the networks"})
      QVERIFY2(names.contains(QString::fromUtf8(name)), qPrintable(names.join('\n')));
  }

  void namesSayWhichNetwork() {
    const auto open = this->open();
    QVERIFY(open && openSecond(*open) && attack(*open));
    RunsPanel& panel = open->window->runsPanel();
    const auto& runs = open->document.runs().runs();
    const char* ends[] = {"· first", "· second", "· first → second", "· second → first"};
    for (std::size_t i = 0; i < 4; ++i)
      QVERIFY2(panel.nameOf(runs[i].id).endsWith(QString::fromUtf8(ends[i])),
               qPrintable(panel.nameOf(runs[i].id)));
  }

  void oneActionWipesBetweenThem() {
    const auto open = this->open();
    QVERIFY(open && openSecond(*open));
    QAction* wipe = open->action("wipe-networks");
    QVERIFY(!wipe->isEnabled());
    QVERIFY(attack(*open));
    QTRY_VERIFY(wipe->isEnabled());
    QVERIFY2(open->window->toasts().text().contains(QStringLiteral("on both networks")),
             qPrintable(open->window->toasts().text()));
    wipe->trigger();
    const auto [first, second] = open->document.runsOnBoth();
    QTRY_COMPARE_WITH_TIMEOUT(open->document.reference(), first, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.jobs().busy(), kPatience);
    QCOMPARE(open->document.shownRun(), second);
    Canvas& canvas = open->window->canvas();
    QCOMPARE(canvas.layoutKind(), CanvasLayout::wipe);
    QTRY_COMPARE_WITH_TIMEOUT(canvas.view(Row::clean, 0).caption(), QStringLiteral("Image A | B"),
                              kPatience);
    // What only one of them predicts stands there undivided.
    QVERIFY(!canvas.view(Row::clean, 1).wipes());
    QTRY_VERIFY_WITH_TIMEOUT(canvas.view(Row::clean, 2).wipes(), kPatience);
    open->action("layout-grid")->trigger();
    QCOMPARE(canvas.view(Row::attacked, 2).caption(), QStringLiteral("Segmentation attacked B"));
  }

  void numbersNameTheirNetwork() {
    const auto open = this->open();
    QVERIFY(open);
    QVERIFY(openSecond(*open) && attack(*open));
    RunsPanel& panel = open->window->runsPanel();
    const auto& runs = open->document.runs().runs();
    panel.setTicked(runs[0].id, true);
    const QString one = QString::fromStdString(panel.comparison().ratiosCsv());
    QVERIFY2(one.startsWith(QStringLiteral("id,run,image,task,")), qPrintable(one));
    panel.setTicked(runs[2].id, true);
    const QString both = QString::fromStdString(panel.comparison().ratiosCsv());
    QVERIFY2(both.startsWith(QStringLiteral("id,run,image,network,attacked_on,task,")),
             qPrintable(both));
    QVERIFY(both.contains(QStringLiteral(",first.safetensors,first.safetensors,segment,")));
    QVERIFY(both.contains(QStringLiteral(",second.safetensors,first.safetensors,segment,")));
    const QString options = QString::fromStdString(panel.comparison().optionsCsv());
    QVERIFY2(options.contains(QStringLiteral("network,first.safetensors,second.safetensors")),
             qPrintable(options));
    QVERIFY(options.contains(QStringLiteral("attacked-on,,first.safetensors")));
    QVERIFY2(open->window->charts().ratios().title().endsWith(QStringLiteral("· first")),
             qPrintable(open->window->charts().ratios().title()));
    QVERIFY(open->window->charts().ratios().csv().starts_with("network,task,"));
  }
};

QTEST_MAIN(TestCompareNetworks)
#include "tst_compare_networks.moc"
