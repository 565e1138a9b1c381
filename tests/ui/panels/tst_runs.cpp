#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "ui/charts/figure_view.h"
#include "ui/panels/row_table.h"
#include "ui/panels/run_comparison.h"
#include "ui/panels/runs_delegate.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/sorted_table.h"

using namespace uninet;
using Json = nlohmann::json;
using Ids = std::vector<std::int64_t>;

namespace {

/// One image with depth alone: its RMSE is `rmse`.
ImageMeasures depthMeasures(double rmse) {
  ImageMeasures measures(*cityscapesClasses());
  measures.hasDepth = true;
  measures.depthRmse = rmse;
  measures.depthAbsRel = 0.1;
  measures.depthPixels = 100;
  measures.depthSquares = 100 * rmse * rmse;
  return measures;
}

KeptRun runOf(std::int64_t id, double epsilon, const std::string& objective = "multi-task",
              const std::string& image = "0") {
  KeptRun run;
  run.id = id;
  run.attack = "pgd";
  Json options = toJson(*attackByKey("pgd").makeOptions());
  options["epsilon"] = epsilon;
  options["objective"] = objective;
  run.options = options.dump();
  run.image = image;
  run.data = "Streetscape";
  run.network = "demo";
  run.time = "2026-11-25T13:17:" + std::to_string(10 + id) + "Z";
  run.facts.iterationsPlanned = run.facts.iterationsDone = 5;
  run.facts.seconds = 10 - static_cast<double>(id);
  run.clean = depthMeasures(2);
  run.attacked = depthMeasures(2 + 2 * static_cast<double>(id));
  return run;
}

std::vector<KeptRun> threeRuns() { return {runOf(1, 4), runOf(2, 1), runOf(3, 4, "depth", "3")}; }

/// The panel as a person has it: in a window that has the keyboard.
struct Window {
  RunsPanel panel;
  RowTable* table;

  Window() {
    panel.resize(1400, 300);
    panel.setRuns(threeRuns(), {});
    panel.show();
    panel.activateWindow();
    table = panel.findChild<RowTable*>("runs");
  }
  QModelIndex cell(qint64 id, int column) const {
    const QModelIndexList found = table->model()->match(table->model()->index(0, 0),
                                                        RunsModel::idRole, id, 1, Qt::MatchExactly);
    return found.isEmpty() ? QModelIndex() : found[0].siblingAtColumn(column);
  }
  void click(const QModelIndex& index, Qt::KeyboardModifiers keys = {}) const {
    QTest::mouseClick(table->viewport(), Qt::LeftButton, keys, table->visualRect(index).center());
  }
  Ids order() const {
    Ids ids;
    for (int row = 0; row < table->model()->rowCount(); ++row)
      ids.push_back(table->model()->index(row, 0).data(RunsModel::idRole).toLongLong());
    return ids;
  }
  QAction* action(const char* name) const { return panel.findChild<QAction*>(name); }
};

}  // namespace

class TestRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { QLocale::setDefault(QLocale::c()); }

  void modelKeepsItsPromises() {
    RunsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset),
        inserted(&model, &QAbstractItemModel::rowsInserted),
        removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setRuns(threeRuns(), {});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(inserted.size(), 3);
    const QPersistentModelIndex second(model.index(1, RunsModel::name));
    model.setTicked(2, true);
    // One goes, one comes before, one after; the second stays what it is.
    KeptRun renamed = runOf(2, 1);
    renamed.name = "mine";
    model.setRuns({runOf(9, 2), renamed, runOf(3, 4, "depth", "3")}, {});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 4);
    QVERIFY(second.isValid());
    QCOMPARE(second.row(), 0);
    QCOMPARE(second.data().toString(), QString("mine"));
    QCOMPARE(model.ticked(), (Ids{2}));
    // Another session has the same ids.
    KeptRun foreign = renamed;
    foreign.time = "2027-01-01T00:00:00Z";
    QSignalSpy ticks(&model, &RunsModel::tickedChanged);
    model.setRuns({foreign}, {});
    QVERIFY(!second.isValid());
    QVERIFY(model.ticked().empty());
    QCOMPARE(ticks.size(), 1);
    model.setRuns({}, {});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
  }

  void cellsSayWhatTheRunIs() {
    RunsModel model;
    KeptRun run = runOf(1, 0.25);
    run.facts.seed = 12;
    run.note = "for Figure 6";
    run.clean = depthMeasures(2);
    run.attacked = depthMeasures(8);
    model.setRuns({run}, {});
    const auto shown = [&](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(shown(RunsModel::name), QStringLiteral("PGD · multi-task · ε 0.25"));
    QCOMPARE(shown(RunsModel::strength), QString("0.25"));
    QCOMPARE(shown(RunsModel::seed), QString("12"));
    QCOMPARE(shown(RunsModel::seconds), QString("9.0 s"));
    QCOMPARE(shown(RunsModel::note), QString("for Figure 6"));
    // RMSE 2 → 8 leaves a quarter; the others have no ground truth.
    QCOMPARE(shown(RunsModel::retained), QStringLiteral("– – – 0.25 –"));
    const QVariantList ratios = model.index(0, 0).data(RunsModel::ratiosRole).toList();
    QCOMPARE(ratios.size(), 5);
    QCOMPARE(ratios[3].toDouble(), 0.25);
    QVERIFY(std::isnan(ratios[0].toDouble()));
    QCOMPARE(model.index(0, 0).data(RunsModel::colourRole).toString(), QString("multi-task"));
  }

  void measuresOfAnotherTableAreNoNumbers() {
    KeptRun run = runOf(1, 1);
    run.classes = nyuv2Classes();
    for (const RatioBar& bar : ratiosOf(run)) QVERIFY(std::isnan(bar.ratio));
  }

  void aThumbnailThatComesLaterIsShown() {
    RunsModel model;
    std::map<std::int64_t, QImage> there;
    model.setRuns(threeRuns(), [&there](std::int64_t id) { return there[id]; });
    const QModelIndex cell = model.index(1, RunsModel::image);
    QVERIFY(!cell.data(Qt::DecorationRole).isValid());
    QSignalSpy changed(&model, &RunsModel::dataChanged);
    there[2] = QImage(96, 48, QImage::Format_RGB888);
    there[2].fill(Qt::red);
    model.thumbnailCame(2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), cell);
    QCOMPARE(changed[0][1].toModelIndex(), cell);
    QCOMPARE(changed[0][2].value<QList<int>>(), QList<int>{Qt::DecorationRole});
    QCOMPARE(cell.data(Qt::DecorationRole).value<QPixmap>().size(), QSize(96, 48));
    model.thumbnailCame(99);
    QCOMPARE(changed.size(), 1);
  }

  void thumbnailsAreMadeWhenSeen() {
    RunsModel model;
    std::vector<std::int64_t> asked;
    model.setRuns(threeRuns(), [&asked](std::int64_t id) {
      asked.push_back(id);
      QImage image(96, 48, QImage::Format_RGB888);
      image.fill(Qt::red);
      return id == 3 ? QImage() : image;
    });
    QVERIFY(asked.empty());
    const auto picture = [&model](int row) {
      return model.index(row, RunsModel::image).data(Qt::DecorationRole);
    };
    QCOMPARE(picture(1).value<QPixmap>().size(), QSize(96, 48));
    QCOMPARE(picture(1).value<QPixmap>().deviceIndependentSize(), QSizeF(48, 24));
    QVERIFY(!picture(2).isValid());
    QVERIFY(!picture(2).isValid());
    QCOMPARE(asked, (Ids{2, 3}));
  }

  void sortsByValue() {
    RunsModel model;
    KeptRun unbounded = runOf(4, -1), none = runOf(5, 1), ten = runOf(6, 10);
    none.attack = "unknown";
    none.options = "{}";
    std::vector<KeptRun> runs = threeRuns();
    runs.insert(runs.end(), {unbounded, none, ten});
    model.setRuns(runs, {});
    SortedTable sorted;
    sorted.setSourceModel(&model);
    const auto order = [&sorted] {
      Ids ids;
      for (int row = 0; row < sorted.rowCount(); ++row)
        ids.push_back(sorted.index(row, 0).data(RunsModel::idRole).toLongLong());
      return ids;
    };
    sorted.sort(RunsModel::strength, Qt::AscendingOrder);
    QCOMPARE(order(), (Ids{2, 1, 3, 6, 4, 5}));
    sorted.sort(RunsModel::strength, Qt::DescendingOrder);
    QCOMPARE(order().front(), std::int64_t{4});
    QCOMPARE(order().back(), std::int64_t{5});
    sorted.sort(RunsModel::seconds, Qt::AscendingOrder);
    QCOMPARE(order().front(), std::int64_t{6});
    sorted.sort(RunsModel::retained, Qt::AscendingOrder);
    QCOMPARE(order().front(), std::int64_t{6});
    sorted.setWords("DEPTH 3");
    QCOMPARE(order(), (Ids{3}));
    sorted.setWords("no such");
    QVERIFY(order().empty());
  }

  void aClickShowsAndTicksTick() {
    Window w;
    QVERIFY(QTest::qWaitForWindowActive(&w.panel));
    QCOMPARE(w.order(), (Ids{3, 2, 1}));  // newest first
    QSignalSpy show(&w.panel, &RunsPanel::showRequested),
        ticks(&w.panel, &RunsPanel::tickedChanged);
    w.click(w.cell(2, RunsModel::name));
    QCOMPARE(show.size(), 1);
    QCOMPARE(show[0][0].toLongLong(), 2);
    w.click(w.cell(1, RunsModel::name), Qt::ControlModifier);
    QCOMPARE(show.size(), 1);  // that one chooses
    // The box itself.
    const QModelIndex box = w.cell(3, RunsModel::tick);
    const QRect rect = w.table->visualRect(box);
    QTest::mouseClick(w.table->viewport(), Qt::LeftButton, {}, rect.center() - QPoint(4, 0));
    QCOMPARE(w.panel.ticked(), (Ids{3}));
    QCOMPARE(ticks.size(), 1);
    QCOMPARE(show.size(), 1);
  }

  void theKeyboardDoesEverything() {
    Window w;
    QVERIFY(QTest::qWaitForWindowActive(&w.panel));
    QSignalSpy show(&w.panel, &RunsPanel::showRequested),
        remove(&w.panel, &RunsPanel::removeRequested), renamed(&w.panel, &RunsPanel::renamed),
        noted(&w.panel, &RunsPanel::noted);
    w.table->setFocus();
    w.table->setCurrentIndex(w.cell(3, RunsModel::name));
    QTest::keyClick(w.table, Qt::Key_Down);
    QTest::keyClick(w.table, Qt::Key_Return);
    QCOMPARE(show.size(), 1);
    QCOMPARE(show[0][0].toLongLong(), 2);
    QTest::keyClick(w.table, Qt::Key_Space);
    QCOMPARE(w.panel.ticked(), (Ids{2}));
    QTest::keyClick(w.table, Qt::Key_Space);
    QVERIFY(w.panel.ticked().empty());
    // A name, by its editor: Space and Delete are letters there.
    QTest::keyClick(w.table, Qt::Key_F2);
    auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(editor != nullptr);
    QCOMPARE(editor->text(), QStringLiteral("PGD · multi-task · ε 1"));
    QTest::keyClicks(editor, "my runx");
    QTest::keyClick(editor, Qt::Key_Left);
    QTest::keyClick(editor, Qt::Key_Delete);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(renamed.size(), 1);
    QCOMPARE(renamed[0][0].toLongLong(), 2);
    QCOMPARE(renamed[0][1].toString(), QString("my run"));
    QCOMPARE(w.panel.nameOf(2), QString("my run"));
    QCOMPARE(remove.size(), 0);
    QCOMPARE(show.size(), 1);
    w.table->setFocus();
    QTest::keyClick(w.table, Qt::Key_F2, Qt::ShiftModifier);
    editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, "for later");
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(noted.size(), 1);
    QCOMPARE(noted[0][1].toString(), QString("for later"));
    w.table->setFocus();
    QTest::keyClick(w.table, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(w.table, Qt::Key_Delete);
    QCOMPARE(remove.size(), 1);
    QCOMPARE(remove[0][0].value<std::vector<std::int64_t>>(), (Ids{2, 1}));
    QCOMPARE(w.order().size(), std::size_t{3});  // whoever owns them deletes them
  }

  void anUntouchedOrEmptyNameIsAMadeOne() {
    RunsModel model;
    model.setRuns(threeRuns(), {});
    QSignalSpy renamed(&model, &RunsModel::renamed);
    const QModelIndex cell = model.index(0, RunsModel::name);
    QVERIFY(model.setData(cell, cell.data(Qt::EditRole)));
    QCOMPARE(renamed.size(), 0);
    QVERIFY(model.setData(cell, "  two\nlines "));
    QCOMPARE(cell.data().toString(), QString("two lines"));
    QVERIFY(model.setData(cell, ""));
    QCOMPARE(cell.data().toString(), QStringLiteral("PGD · multi-task · ε 4"));
    QCOMPARE(renamed.size(), 2);
    QCOMPARE(renamed[1][1].toString(), QString());
  }

  void actionsAskForTheRun() {
    Window w;
    QVERIFY(QTest::qWaitForWindowActive(&w.panel));
    for (const char* name : {"show-run", "run-again", "rename-run", "note-run", "pin-run",
                             "remove-runs", "copy-run-command", "wipe-runs", "export-runs"})
      QVERIFY2(!w.action(name)->isEnabled(), name);
    w.click(w.cell(2, RunsModel::strength));
    QSignalSpy again(&w.panel, &RunsPanel::runAgainRequested),
        command(&w.panel, &RunsPanel::copyCommandRequested), pinned(&w.panel, &RunsPanel::pinned),
        wipe(&w.panel, &RunsPanel::wipeRequested), exported(&w.panel, &RunsPanel::exportRequested);
    w.action("run-again")->trigger();
    w.action("copy-run-command")->trigger();
    w.action("export-runs")->trigger();
    QCOMPARE(again[0][0].toLongLong(), 2);
    QCOMPARE(command[0][0].toLongLong(), 2);
    QCOMPARE(exported[0][0].value<std::vector<std::int64_t>>(), (Ids{2}));
    w.action("pin-run")->trigger();
    QCOMPARE(pinned[0][0].toLongLong(), 2);
    QCOMPARE(pinned[0][1].toBool(), true);
    w.panel.setTicked(3, true);
    QVERIFY(!w.action("wipe-runs")->isEnabled());
    w.panel.setTicked(1, true);
    w.action("wipe-runs")->trigger();
    QCOMPARE(wipe[0][0].toLongLong(), 1);
    QCOMPARE(wipe[0][1].toLongLong(), 3);
    w.panel.setTicked(2, true);
    QVERIFY(!w.action("wipe-runs")->isEnabled());
    // The menu of the right button holds them all.
    const QPoint at = w.table->visualRect(w.cell(2, RunsModel::name)).center();
    QContextMenuEvent menu(QContextMenuEvent::Mouse, at, w.table->viewport()->mapToGlobal(at));
    QApplication::sendEvent(w.table->viewport(), &menu);
    auto* popup = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(popup != nullptr);
    QVERIFY(popup->actions().contains(w.action("copy-run-command")));
    popup->close();
  }

  void selectionOutlivesNewRuns() {
    Window w;
    w.table->selectRow(w.cell(2, 0).row());
    std::vector<KeptRun> runs = threeRuns();
    runs.push_back(runOf(4, 8));
    w.panel.setTicked(1, true);
    w.panel.setRuns(runs, {});
    QCOMPARE(w.order(), (Ids{4, 3, 2, 1}));
    const QModelIndexList chosen = w.table->chosenRows();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0].data(RunsModel::idRole).toLongLong(), 2);
    QCOMPARE(w.panel.ticked(), (Ids{1}));
  }

  void theShownRunIsMarked() {
    Window w;
    w.panel.setShown(2);
    QVERIFY(w.cell(2, RunsModel::name).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(w.cell(2, RunsModel::name).data(Qt::AccessibleTextRole).toString().contains("shown"));
    w.panel.setShown(3);
    QVERIFY(!w.cell(2, RunsModel::name).data(Qt::FontRole).isValid());
    w.panel.setShown(0);
    QVERIFY(!w.cell(3, RunsModel::name).data(Qt::FontRole).isValid());
  }

  void searchAndEmptyTexts() {
    Window w;
    auto* search = w.panel.findChild<QLineEdit*>("find-run");
    QTest::keyClicks(search, "depth");
    QCOMPARE(w.order(), (Ids{3}));
    QTest::keyClicks(search, " nothing");
    QVERIFY(w.order().empty());
    QCOMPARE(w.table->emptyText(), QString("No run has all of these words."));
    search->clear();
    QCOMPARE(w.order().size(), std::size_t{3});
    w.panel.setRuns({}, {});
    QCOMPARE(w.table->emptyText(), QString("Every run is kept here. Press Run (F5)."));
    QVERIFY(w.panel.comparison().isHidden());
    QVERIFY(w.table->horizontalHeader()->isHidden());
  }

  void tickedRunsStandSideBySide() {
    Window w;
    RunComparison& comparison = w.panel.comparison();
    QVERIFY(comparison.bars().current() == nullptr);
    w.panel.setTicked(1, true);
    w.panel.setTicked(2, true);
    QCOMPARE(comparison.common(), QStringLiteral("image 0 · PGD · multi-task"));
    const auto& panel = std::get<BarPanel>(comparison.bars().current()->panels[0]);
    QCOMPARE(panel.series, (std::vector<std::string>{"ε 4", "ε 1"}));
    QCOMPARE(panel.groups.size(), std::size_t{5});
    QVERIFY(panel.shades[0] == Shade::semantic && panel.shades[3] == Shade::geometric);
    QCOMPARE(panel.values[0][3].value, 0.5);  // RMSE 2 → 4
    QVERIFY(std::abs(panel.values[1][3].value - 1.0 / 3) < 1e-12);
    auto* options = comparison.findChild<QTableWidget*>("compared-options");
    QCOMPARE(options->verticalHeaderItem(0)->text(),
             QStringLiteral("Strength ε"));  // what differs first
    QCOMPARE(options->item(0, 0)->text(), QString("4 px"));
    QVERIFY(options->item(0, 0)->font().bold());
    QVERIFY(!options->item(1, 0)->font().bold());
    auto* ratios = comparison.findChild<QTableWidget*>("compared-ratios");
    QCOMPARE(ratios->item(3, 0)->text(), QStringLiteral("2.000 → 4.000 (0.50)"));
    // A rename is seen at once.
    KeptRun renamed = runOf(1, 4);
    renamed.name = "strong";
    w.panel.setRuns({renamed, runOf(2, 1)}, {});
    QCOMPARE(ratios->horizontalHeaderItem(0)->text(), QString("strong"));
    w.panel.setRuns({runOf(2, 1)}, {});
    QCOMPARE(ratios->columnCount(), 1);
  }

  void comparisonIsCopiedForAnyLocale() {
    QLocale::setDefault(QLocale(QLocale::German));
    Window w;
    w.panel.setTicked(1, true);
    w.panel.setTicked(2, true);
    RunComparison& comparison = w.panel.comparison();
    auto* tabs = comparison.findChild<QTabWidget*>();
    auto* copy = comparison.findChild<QToolButton*>("copy-comparison");
    tabs->setCurrentIndex(1);
    QTest::mouseClick(copy, Qt::LeftButton);
    QString csv = QGuiApplication::clipboard()->text();
    QVERIFY2(csv.startsWith("id,run,image,task,metric,clean,attacked,ratio\n"), qPrintable(csv));
    QVERIFY2(csv.contains(QStringLiteral("1,ε 4,0,depth,depth_rmse_m,2,4,0.5\n")), qPrintable(csv));
    QVERIFY2(csv.contains(QStringLiteral("1,ε 4,0,detect,ap_box,,,\n")), qPrintable(csv));
    tabs->setCurrentIndex(2);
    QTest::mouseClick(copy, Qt::LeftButton);
    csv = QGuiApplication::clipboard()->text();
    QVERIFY2(csv.startsWith(QStringLiteral("option,ε 4,ε 1\nepsilon,4,1\n")), qPrintable(csv));
    QVERIFY2(csv.contains("objective,multi-task,multi-task\n"), qPrintable(csv));
  }

  void diskUseIsShownAndAsksForTheBudget() {
    Window w;
    auto* disk = w.panel.findChild<QToolButton*>("disk-use");
    w.panel.setDiskUse(std::uint64_t{34} << 20, std::uint64_t{2} << 30);
    QVERIFY2(disk->text().endsWith(QStringLiteral(" · 34 MB of 2 GB")), qPrintable(disk->text()));
    w.panel.setDiskUse((std::uint64_t{3} << 29), std::uint64_t{2} << 30);
    QVERIFY2(disk->text().contains("1.5 GB of 2 GB"), qPrintable(disk->text()));
    QSignalSpy budget(&w.panel, &RunsPanel::budgetRequested);
    QTest::mouseClick(disk, Qt::LeftButton);
    QCOMPARE(budget.size(), 1);
  }

  void aStoppedRunSaysSo() {
    RunsModel model;
    KeptRun run = runOf(1, 4);
    run.stopped = true;
    run.facts.iterationsDone = 3;
    run.pinned = true;
    model.setRuns({run}, {});
    QVERIFY(model.index(0, RunsModel::seconds).data().toString() != QString("9.0 s"));
    const QString tip = model.index(0, RunsModel::name).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains("stopped at 3 of 5") && tip.contains("pinned"), qPrintable(tip));
  }

  void theBarsAreDrawn() {
    Window w;
    const QImage seen = w.panel.grab().toImage();
    // Of RMSE 2 → 4: the lower half of the depth's slot has the colour of the run.
    const QModelIndex cell = w.cell(1, RunsModel::retained);
    const QRect slot = RunsDelegate::barSlot(w.table->visualRect(cell), 3);
    const QColor colour = runColour("multi-task", false);
    const auto at = [&](int y) {
      return seen.pixelColor(w.table->viewport()->mapTo(&w.panel, QPoint(slot.center().x(), y)));
    };
    QCOMPARE(at(slot.bottom() - 2), colour);
    QCOMPARE(at(slot.center().y() + 2), colour);
    QVERIFY(at(slot.center().y() - 2) != colour);
    QVERIFY(at(slot.top() + 2) != colour);
  }

  void everyControlHasAName() {
    Window w;
    for (const QWidget* widget : w.panel.findChildren<QWidget*>()) {
      const bool control = qobject_cast<const QLineEdit*>(widget) != nullptr ||
                           qobject_cast<const QTableView*>(widget) != nullptr;
      if (control) QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
  }
};

QTEST_MAIN(TestRuns)
#include "tst_runs.moc"
