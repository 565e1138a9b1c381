#include <QApplication>
#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>
#include <cmath>

#include "attacks/sweep/keep_run.h"
#include "core/data/cityscapes_writer.h"
#include "core/results/result_store.h"
#include "support/open_window.h"
#include "ui/charts/figure_canvas.h"
#include "ui/document/run_damage.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/retained_bars.h"
#include "ui/panels/runs_model.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/timeline.h"
#include "ui/panels/toasts.h"
#include "ui/views/canvas.h"
#include "ui/views/panel_view.h"
#include "ui/window/application.h"
#include "ui/window/charts_part.h"

using namespace uninet;

/// What a person does with the window, row by row: strip, charts, timeline, notes, own pictures.
class TestWorkbenchRows : public QObject {
  Q_OBJECT

  /// Of the strip's context menu, with the keyboard; 1: the first entry.
  static void chooseOrder(FilmStrip& strip, int entry) {
    auto* list = strip.findChild<QListView*>("film");
    Q_EMIT list->customContextMenuRequested({20, 20});
    auto* menu = strip.findChild<QMenu*>();
    for (int i = 0; i < entry; ++i) QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  /// A value of the figure that a tab shows; clicked with the mouse.
  static bool clickMark(OpenWindow& open, FigureView& view, const std::string& series,
                        const std::string& group) {
    Drawer& drawer = open.window->drawer();
    drawer.open(drawer.indexOf(&view));
    QCoreApplication::processEvents();
    for (const FigureMark& mark : view.canvas().map().marks)
      if ((series.empty() || mark.series == series) && mark.group == group) {
        QTest::mouseClick(&view.canvas(), Qt::LeftButton, {}, mark.area.center().toPoint());
        return true;
      }
    return false;
  }
  /// Of three images from the fifth on, of which the middle one loses most, under two attacks that
  /// also moved two feature maps.
  static void writeResults(const std::filesystem::path& file, const Dataset& data) {
    const auto options = [](const char* objective) {
      return nlohmann::json{{"objective", objective}, {"epsilon", 1.0}, {"iterations", 2}}.dump();
    };
    ResultStore store = ResultStore::create(file, {{"number of images", "3"}, {"plan", "p"}}, {},
                                            *cityscapesClasses(),
                                            {{0, "", "{}", "clean"},
                                             {1, "pgd", options("multi-task"), "Multi-task"},
                                             {2, "pgd", options("semantic"), "Semantic"}});
    for (int image = 0; image < 3; ++image) {
      store.addImage(image, data.name(static_cast<std::size_t>(image + 4)),
                     "f" + std::to_string(image));
      for (int run = 0; run < 3; ++run) {
        ImageMeasures measures(*cityscapesClasses());
        measures.hasSegment = true;
        // Pixels of road that are found, and those taken for something else.
        const int wrong = run == 0 ? 0 : image == 1 ? 80 : 10 * (image + 1);
        measures.confusion[0] = 100 - wrong;
        measures.confusion[1] = wrong;
        StoredResult result;
        result.run = run;
        result.image = image;
        result.measures[""] = measures;
        if (run > 0) result.facts.levels = {{"E2", 0.5, 0.9}, {"depth", 0.3, 0.8}};
        store.put(result);
      }
    }
  }
  static double leastRatio(const Experiment& experiment) {
    double least = 1;
    for (const RatioBar& bar : metricRatios(experiment.cleanMetrics, experiment.attackedMetrics))
      if (std::isfinite(bar.ratio)) least = std::min(least, bar.ratio);
    return least;
  }

 private Q_SLOTS:
  void init() {
    QSettings().clear();
    std::filesystem::remove_all(sessionFolder());
  }

  void aRunInDoublePrecisionSaysSo() {
    std::filesystem::path file;
    {
      const auto open = OpenWindow::demo();
      QVERIFY(open);
      QVERIFY(open->attack(4));
      open->window->attackPanel().form().setAdvancedShown(true);
      auto* precision = open->window->findChild<QComboBox*>("precision");
      precision->setFocus();
      QTest::keyClick(precision, Qt::Key_Down);
      QCOMPARE(precision->currentText(), QString("float64"));
      QVERIFY(open->run());
      QCOMPARE(open->document.experiment()->arithmetic.at("precision"), std::string("float64"));
      const std::vector<KeptRun>& runs = open->document.runs().runs();
      QCOMPARE(precisionOf(runs[0]), std::string("float32"));
      QCOMPARE(precisionOf(runs[1]), std::string("float64"));
      open->window->drawer().open(open->window->drawer().indexOf(&open->window->runsPanel()));
      auto* table = open->window->runsPanel().findChild<QTableView*>("runs");
      QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, kPatience);
      QSet<QString> names;
      for (int row = 0; row < 2; ++row)
        names << table->model()->index(row, RunsModel::name).data().toString().section("· ", -1);
      QCOMPARE(names, (QSet<QString>{"float32", "float64"}));
      file = open->document.sessionFile();
      open->document.closeSession();
    }
    OpenWindow again;
    QVERIFY(again.document.openSession(file));
    QCOMPARE(again.window->attackPanel().precision(), QString("float64"));
  }

  void theStripIsSortedByDamage() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    FilmStrip& strip = open->window->filmStrip();
    QVERIFY(!strip.model().hasDamage());
    QVERIFY(open->attack(0.25));
    const double mild = 1 - leastRatio(*open->document.experiment());
    for (int i = 0; i < 2; ++i) QTest::keyClick(open->window.get(), Qt::Key_PageDown);
    QVERIFY(open->idle());
    QVERIFY(open->attack(16, "multi-task"));
    const double strong = 1 - leastRatio(*open->document.experiment());
    QVERIFY(strong > mild);
    QCOMPARE(strip.model().damage().size(), std::size_t{2});
    QCOMPARE(strip.model().damage().at(0), mild);
    QCOMPARE(strip.model().damage().at(2), strong);
    chooseOrder(strip, 2);
    QCOMPARE(strip.model().indexAt(0), 2);
    QCOMPARE(strip.model().indexAt(1), 0);
    // Without the run its image has lost nothing; with it again it has.
    open->window->drawer().open(open->window->drawer().indexOf(&open->window->runsPanel()));
    auto* table = open->window->runsPanel().findChild<QTableView*>("runs");
    const std::int64_t strongest = open->document.shownRun();
    Q_EMIT open->window->runsPanel().removeRequested({strongest});
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kPatience);
    QCOMPARE(strip.model().damage().size(), std::size_t{1});
    QCOMPARE(strip.model().indexAt(0), 0);
    open->action("undo")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(strip.model().damage().size(), std::size_t{2}, kPatience);
    QCOMPARE(strip.model().indexAt(0), 2);
    // The latest run of an image counts.
    open->document.select(0);
    QVERIFY(open->idle());
    QVERIFY(open->attack(0));
    QCOMPARE(strip.model().damage().at(0), 0.0);
  }

  void aBarLeadsToThePanelOfItsTask() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(8));
    Canvas& canvas = open->window->canvas();
    QVERIFY(clickMark(*open, open->window->charts().ratios(), {}, "Depth"));
    QCOMPARE(canvas.layoutKind(), CanvasLayout::focus);
    QCOMPARE(panelTitle(canvas.focusPanel()), panelTitle(4));
    open->document.undoStack().undo();
    QCOMPARE(canvas.layoutKind(), CanvasLayout::grid);
  }

  void aBarOfTheAttackPanelLeadsToThePanelOfItsTask() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(8));
    auto* bars = open->window->attackPanel().findChild<RetainedBars*>("retained");
    QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(3).center());
    QCOMPARE(open->window->canvas().layoutKind(), CanvasLayout::focus);
    QCOMPARE(open->window->canvas().focusPanel(), std::size_t{4});
  }

  void anArrowLeadsToItsObject() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    open->window->attackPanel().choose(QStringLiteral("dag-detection"),
                                       QStringLiteral(R"({"iterations": 2})"));
    QVERIFY(open->run());
    FigureView& shapes = open->window->charts().shapes();
    Drawer& drawer = open->window->drawer();
    drawer.open(drawer.indexOf(&shapes));
    QCoreApplication::processEvents();
    QVERIFY(shapes.current() != nullptr);
    const std::vector<FigureMark> marks = shapes.canvas().map().marks;
    Canvas& canvas = open->window->canvas();
    const std::vector<Instance>& instances = open->document.experiment()->sample.instances;
    std::vector<int> shaped;  // place in the instances of each object of the chart
    for (std::size_t i = 0; i < instances.size(); ++i)
      if (!instances[i].crowd) shaped.push_back(static_cast<int>(i));
    std::set<std::int64_t> reached;
    for (const FigureMark& mark : marks) {
      if (mark.item < 0) continue;  // a bar of all objects
      // Where arrows lie over each other a click is on one of them: what is said there counts.
      const QPoint middle =
          mark.line.isNull() ? mark.area.center().toPoint() : mark.line.center().toPoint();
      const FigureMark* there = shapes.canvas().map().at(middle, 9);
      if (there == nullptr || there->item != mark.item || reached.contains(mark.item)) continue;
      canvas.camera().fit();
      QTest::mouseClick(&shapes.canvas(), Qt::LeftButton, {}, middle);
      const int instance = shaped.at(static_cast<std::size_t>(mark.item));
      const auto& objects = open->document.scene().objects;
      const auto row = std::find_if(objects.begin(), objects.end(), [&](const ObjectRow& object) {
        return object.match.truth == instance;
      });
      QVERIFY(row != objects.end());
      QCOMPARE(canvas.selectedObject(), row->match.number);
      // It is in the part that is seen.
      const Box& box = row->truth.box;
      const cv::Size size = open->document.frame().sample.image.size();
      const QPointF at((box.x0 + box.x1) / 2 / size.width, (box.y0 + box.y1) / 2 / size.height);
      const double half = 0.5 / canvas.camera().zoom();
      const QPointF centre = canvas.camera().centre();
      QVERIFY(half < 0.5);
      QVERIFY(QRectF(centre - QPointF(half, half), QSizeF(2 * half, 2 * half)).contains(at));
      reached.insert(mark.item);
    }
    QVERIFY(!reached.empty());
    QCOMPARE(open->window->filmStrip().current(), 0);
  }

  void aBarOfTheSessionLeadsToItsRun() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(1));
    const std::int64_t first = open->document.shownRun();
    QTest::keyClick(open->window.get(), Qt::Key_PageDown);
    QVERIFY(open->idle());
    QVERIFY(open->attack(8));
    QVERIFY(open->document.shownRun() != first);
    RatioChart& chart = open->window->charts().ratios();
    chart.choose(QStringLiteral("session"));
    const auto& panel = std::get<BarPanel>(chart.current()->panels.front());
    QCOMPARE(panel.items.front(), first);
    QVERIFY(clickMark(*open, chart, panel.series.front(), "Segmentation"));
    QTRY_COMPARE_WITH_TIMEOUT(open->document.shownRun(), first, kPatience);
    QCOMPARE(open->window->filmStrip().current(), 0);
  }

  void aBarOfTheSplitLeadsToTheWorstImages() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("split.sqlite").toStdString();
    const Dataset& data = *open->document.dataset();
    writeResults(file, data);
    open->document.split().show(file);
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.split().figures().empty(), kPatience);
    RatioChart& chart = open->window->charts().ratios();
    QVERIFY(chart.current() != nullptr);
    const auto& panel = std::get<BarPanel>(chart.current()->panels.front());
    const auto at = std::find(panel.items.begin(), panel.items.end(), 2);
    QVERIFY(at != panel.items.end());
    const std::string series =
        panel.series[static_cast<std::size_t>(std::distance(panel.items.begin(), at))];
    QVERIFY(clickMark(*open, chart, series, "Segmentation"));
    QTRY_COMPARE_WITH_TIMEOUT(open->window->filmStrip().current(), 5, kPatience);
    FilmStrip& strip = open->window->filmStrip();
    QCOMPARE(strip.model().indexAt(0), 5);
    QCOMPARE(strip.model().indexAt(1), 6);
    QCOMPARE(strip.model().indexAt(2), 4);
    QCOMPARE(panelTitle(open->window->canvas().focusPanel()), panelTitle(2));
    // One key runs the attack on it.
    QCOMPARE(open->window->attackPanel().attackKey(), QStringLiteral("pgd"));
    QCOMPARE(open->window->attackPanel().changedOptions()["objective"].get<std::string>(),
             std::string("semantic"));
    // The strip's menu goes back to the runs of the session, of which there is none.
    chooseOrder(strip, 3);
    QVERIFY(!strip.model().hasDamage());
    QCOMPARE(strip.model().indexAt(0), 0);
  }

  void aLevelLeadsToTheChangeOfItsFeatureMap() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("split.sqlite").toStdString();
    writeResults(file, *open->document.dataset());
    open->document.split().show(file);
    FigureView& levels = open->window->charts().levels();
    QTRY_VERIFY_WITH_TIMEOUT(levels.current() != nullptr, kPatience);
    const auto& panel = std::get<BarPanel>(levels.current()->panels.front());
    const auto seriesOf = [&](std::int64_t run) {
      const auto at = std::find(panel.items.begin(), panel.items.end(), run);
      return panel.series.at(static_cast<std::size_t>(std::distance(panel.items.begin(), at)));
    };
    const std::string multi = seriesOf(1), semantic = seriesOf(2);
    // The attack that is shown is the one whose bar is clicked: its image stays.
    QVERIFY(open->attack(1, "multi-task"));
    Canvas& canvas = open->window->canvas();
    const PanelContent& change = canvas.content(Row::change, 0);
    const QImage perturbation = change.picture;
    QVERIFY(clickMark(*open, levels, multi, "E2"));
    QCOMPARE(canvas.focusPanel(), std::size_t{0});
    QCOMPARE(canvas.layoutKind(), CanvasLayout::focus);
    QVERIFY(canvas.rowOn(Row::change));
    QTRY_VERIFY_WITH_TIMEOUT(change.note.startsWith("E2: "), kPatience);
    const QImage e2 = change.picture;
    QVERIFY(e2.size() == perturbation.size() && e2 != perturbation);
    QCOMPARE(open->window->filmStrip().current(), 0);
    QCOMPARE(open->document.session().view.level, std::string("E2"));
    QVERIFY(open->action("feature-change")->isChecked());
    // The head of a task, which has the name of the task.
    QVERIFY(clickMark(*open, levels, multi, "Depth"));
    QTRY_VERIFY_WITH_TIMEOUT(change.note.startsWith("Depth: "), kPatience);
    QVERIFY(change.picture != e2);
    open->document.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(change.picture, e2, kPatience);
    open->action("feature-change")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(change.picture, perturbation, kPatience);
    // Another attack: the image that it hurt most, and its feature map as soon as it has run.
    QVERIFY(clickMark(*open, levels, semantic, "E2"));
    QTRY_COMPARE_WITH_TIMEOUT(open->window->filmStrip().current(), 5, kPatience);
    QVERIFY(open->idle());
    QVERIFY(open->run());
    QTRY_VERIFY_WITH_TIMEOUT(change.note.startsWith("E2: "), kPatience);
    // One of the two stands there.
    open->action("input-gradient")->trigger();
    QVERIFY(!open->action("feature-change")->isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(change.note.startsWith("gradient"), kPatience);
  }

  void aPointOfTheCurveLeadsToItsIteration() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(8));
    Timeline& timeline = open->window->timeline();
    QVERIFY(timeline.data().iterations.size() >= 3);
    const int height = timeline.height() / 2;
    for (const int kept : {1, 0}) {
      const int iteration = timeline.data().iterations[static_cast<std::size_t>(kept)];
      QTest::mouseClick(&timeline, Qt::LeftButton, {},
                        {static_cast<int>(std::lround(timeline.xOf(iteration))), height});
      QCOMPARE(open->document.shownStep(), kept);
    }
  }

  void theGradientIsTheChangeByChoice() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(4));
    Canvas& canvas = open->window->canvas();
    open->action("row-change")->trigger();
    const auto picture = [&] { return canvas.content(Row::change, 0).picture; };
    const QImage perturbation = picture();
    QVERIFY(!perturbation.isNull());
    open->action("input-gradient")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(picture() != perturbation, kPatience);
    // Grey, and as bright as can be where it is greatest.
    int brightest = 0;
    for (int y = 0; y < picture().height(); ++y)
      for (int x = 0; x < picture().width(); ++x) {
        const QRgb pixel = picture().pixel(x, y);
        QVERIFY(qRed(pixel) == qGreen(pixel) && qGreen(pixel) == qBlue(pixel));
        brightest = std::max(brightest, qRed(pixel));
      }
    QCOMPARE(brightest, 255);
    QVERIFY(open->document.session().view.inputChange == Session::View::InputChange::gradient);
    open->document.undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(picture(), perturbation, kPatience);
    QVERIFY(!open->action("input-gradient")->isChecked());
    // Noise takes none: that is said, and no other picture stands there.
    open->action("input-gradient")->trigger();
    open->window->attackPanel().choose(QStringLiteral("noise-sign"), QStringLiteral("{}"));
    QVERIFY(open->run());
    QTRY_VERIFY_WITH_TIMEOUT(
        picture().isNull() && !canvas.content(Row::change, 0).emptyText.isEmpty(), kPatience);
  }

  void aSquarePictureIsNotStretched() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("square.png"));
    // A disc that fills a square.
    QImage disc(300, 300, QImage::Format_RGB32);
    for (int y = 0; y < 300; ++y)
      for (int x = 0; x < 300; ++x)
        disc.setPixel(x, y, std::hypot(x - 149.5, y - 149.5) < 149 ? 0xffff0000 : 0xff0000ff);
    QVERIFY(disc.save(file));
    open->window->open({file});
    QTRY_COMPARE_WITH_TIMEOUT(open->document.dataset()->size(), std::size_t{1}, kPatience);
    QVERIFY(open->idle());
    Canvas& canvas = open->window->canvas();
    const QImage shown = canvas.content(Row::clean, 0).picture;
    int left = shown.width(), right = 0, top = shown.height(), bottom = 0;
    for (int y = 0; y < shown.height(); ++y)
      for (int x = 0; x < shown.width(); ++x)
        if (qRed(shown.pixel(x, y)) > 200 && qGreen(shown.pixel(x, y)) < 50) {
          left = std::min(left, x);
          right = std::max(right, x);
          top = std::min(top, y);
          bottom = std::max(bottom, y);
        }
    QVERIFY(bottom - top > shown.height() * 9 / 10);
    QVERIFY2(std::abs((right - left) - (bottom - top)) <= 2,
             qPrintable(QStringLiteral("%1 x %2").arg(right - left).arg(bottom - top)));
    // On the screen a pixel of it is as wide as high.
    const ViewMap map = canvas.view(Row::clean, 0).map();
    QVERIFY(std::abs(map.image.width() / shown.width() - map.image.height() / shown.height()) <
            0.01);
    QVERIFY(open->window->toasts().text().contains(QStringLiteral("grey bars")));
  }

  void tomorrowTheTimelineIsAsToday() {
    std::vector<TimelineMark> marks;
    std::vector<std::pair<Task, int>> failures;
    QImage target;
    {
      const auto open = OpenWindow::demo();
      QVERIFY(open);
      open->window->attackPanel().choose(
          QStringLiteral("hide-depth"),
          QStringLiteral(R"({"category": "road", "epsilon": 32, "alpha": 16, "iterations": 3})"));
      QVERIFY(open->run());
      failures = open->document.firstFailures();
      marks = open->window->timeline().data().marks;
      QVERIFY2(!marks.empty(), "this attack has to make a task fall");
      QTest::keyClick(&open->window->timeline(), Qt::Key_Home);
      QTRY_VERIFY_WITH_TIMEOUT(open->document.scene().target, kPatience);
      target = open->window->canvas().content(Row::attacked, 4).picture;
      QVERIFY(open->window->close());
    }
    OpenWindow open;
    open.window->show();
    QVERIFY(open.document.startSession(true));
    QTRY_VERIFY_WITH_TIMEOUT(open.document.shownRun() != 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!open.document.jobs().busy() && open.document.scene().there[1],
                             kPatience);
    // Result in front, as before.
    QVERIFY(!open.document.scene().target);
    std::sort(failures.begin(), failures.end());
    auto kept = open.document.firstFailures();
    std::sort(kept.begin(), kept.end());
    QVERIFY(kept == failures);
    QCOMPARE(open.window->timeline().data().marks.size(), marks.size());
    // And what it aimed at, in front of all.
    QCOMPARE(open.window->timeline().data().iterations.front(), -1);
    open.window->timeline().setFocus();
    QTest::keyClick(&open.window->timeline(), Qt::Key_Home);
    QTRY_VERIFY_WITH_TIMEOUT(open.document.scene().target, kPatience);
    QCOMPARE(open.window->canvas().content(Row::attacked, 4).picture, target);
  }

  void notesAreWrittenAndKept() {
    {
      const auto open = OpenWindow::demo();
      QVERIFY(open);
      open->action("session-notes")->trigger();
      auto* text = open->window->findChild<QPlainTextEdit*>("notes");
      QVERIFY(text != nullptr && text->isVisible());
      QTest::keyClicks(text, QStringLiteral("depth follows"));
      QCOMPARE(open->document.session().notes, std::string("depth follows"));
      // What was typed in one go is one step.
      open->document.undoStack().undo();
      QCOMPARE(text->toPlainText(), QString());
      open->document.undoStack().redo();
      QCOMPARE(text->toPlainText(), QStringLiteral("depth follows"));
      text->window()->close();
      QVERIFY(open->window->close());
    }
    OpenWindow open;
    open.window->show();
    QVERIFY(open.document.startSession(true));
    open.action("session-notes")->trigger();
    auto* text = open.window->findChild<QPlainTextEdit*>("notes");
    QCOMPARE(text->toPlainText(), QStringLiteral("depth follows"));
    // Looking at them changes nothing.
    QVERIFY(!open.document.undoStack().canUndo());
  }

  void labelsAndScenesAreThereTomorrow() {
    QTemporaryDir folder;
    const std::filesystem::path tree = folder.filePath("tree").toStdString();
    {
      OpenWindow open;
      open.window->show();
      open.document.newSession();
      open.document.openDemo();
      QVERIFY(open.idle());
      open.document.openStreetscapeScenes(QStringLiteral("val"), 7);
      QTRY_COMPARE_WITH_TIMEOUT(open.document.dataset()->size(), std::size_t{7}, kPatience);
      QVERIFY(open.idle());
      writeCityscapesFrame(open.document.frame().raw, tree, "val", "demo");
      QVERIFY(open.window->close());
    }
    {
      OpenWindow open;
      open.window->show();
      QVERIFY(open.document.startSession(true));
      QVERIFY(open.idle());
      QCOMPARE(open.document.dataset()->size(), std::size_t{7});
      // Label ids read as train ids are other classes.
      open.window->open({QString::fromStdString(tree.string())}, QStringLiteral("val"), {},
                        QStringLiteral("train-ids"));
      QTRY_COMPARE_WITH_TIMEOUT(open.document.dataset()->size(), std::size_t{1}, kPatience);
      QVERIFY(open.idle());
      QVERIFY(open.window->close());
    }
    const auto labelsOf = [&](const char* labels) {
      DataOptions options;
      options.labels = parseLabelChoice(labels);
      return openDataset(tree, options)->load(0).labelIds;
    };
    OpenWindow open;
    open.window->show();
    QVERIFY(open.document.startSession(true));
    QVERIFY(open.idle());
    const cv::Mat found = open.document.frame().raw.labelIds;
    QCOMPARE(cv::norm(found, labelsOf("train-ids"), cv::NORM_INF), 0.0);
    QVERIFY(cv::norm(found, labelsOf("label-ids"), cv::NORM_INF) > 0);
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  qputenv("XDG_DATA_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  prepareApplication(application);
  TestWorkbenchRows test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_workbench_rows.moc"
