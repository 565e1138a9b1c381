#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/base/resources.h"
#include "core/streetscape/streetscape.h"
#include "model/network/forward_threads.h"
#include "support/patience.h"
#include "ui/document/document.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/toasts.h"
#include "ui/views/canvas.h"
#include "ui/window/application.h"
#include "ui/window/charts_part.h"
#include "ui/window/help_pages.h"
#include "ui/window/main_window.h"
#include "ui/window/sweep_dialog.h"

using namespace uninet;

class TestWindow : public QObject {
  Q_OBJECT

  struct Open {
    Document document{1, 0};
    MainWindow window{document};
  };
  /// A window on the demo with its first scene predicted.
  static std::unique_ptr<Open> openDemo() {
    auto open = std::make_unique<Open>();
    open->window.show();
    open->document.openDemo();
    const auto ready = [&] {
      return open->document.engine() && open->document.frame().clean &&
             !open->window.canvas().content(Row::clean, 1).picture.isNull() &&
             !open->document.jobs().busy();
    };
    return QTest::qWaitFor(ready, kPatience) ? std::move(open) : nullptr;
  }
  static QPushButton* button(Open& open, const char* name) {
    return open.window.findChild<QPushButton*>(QString::fromUtf8(name));
  }

 private Q_SLOTS:
  void startsEmpty() {
    Open open;
    open.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&open.window));
    QVERIFY(!button(open, "run")->isEnabled());
    QVERIFY(!button(open, "stop")->isEnabled());
    QCOMPARE(open.window.filmStrip().count(), 0);
    QVERIFY(open.window.charts().ratios().bars().empty());
  }

  void scenesHaveTheSizeOfTheNetwork() {
    const auto open = openDemo();
    QVERIFY(open);
    Document& document = open->document;
    QCOMPARE(document.frame().raw.image.size(), kStreetscapeSize);
    // The demo for half the size: its header says so.
    std::string bytes = readTextFile(resourceFile(kDemoCheckpoint));
    int replaced = 0;
    for (std::size_t at = bytes.find("256x512"); at != std::string::npos;
         at = bytes.find("256x512", at), ++replaced)
      bytes.replace(at, 7, "128x256");
    QVERIFY(replaced > 0);
    QTemporaryDir folder;
    const auto file = folder.filePath(QStringLiteral("half.safetensors")).toStdString();
    writeTextFile(file, bytes);
    document.openCheckpoint(file);
    QTRY_VERIFY_WITH_TIMEOUT(
        document.frame().clean && document.frame().raw.image.rows == 128 && !document.jobs().busy(),
        kPatience);
    QCOMPARE(document.engine().spec().size, cv::Size(256, 128));
    QCOMPARE(cv::norm(document.frame().raw.image,
                      openDefaultStreetscape("val", {256, 128})->image(0), cv::NORM_INF),
             0.0);
    QCOMPARE(document.frame().clean->image.rows, 128);
  }

  void attacksTheDemo() {
    const auto open = openDemo();
    QVERIFY(open);
    QCOMPARE(open->window.filmStrip().count(), 200);
    QVERIFY(button(*open, "run")->isEnabled());
    Canvas& canvas = open->window.canvas();
    for (std::size_t i = 0; i < kMeasuredPanels; ++i) {
      QVERIFY(!canvas.content(Row::clean, i).picture.isNull());
      QVERIFY(canvas.content(Row::attacked, i).picture.isNull());
    }

    open->window.attackPanel().choose("pgd", R"({"objective": "multi-task", "epsilon": 8})");
    QSignalSpy steps(&open->document, &Document::stepsChanged);
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QVERIFY(open->document.attacking());
    QVERIFY(button(*open, "stop")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas.content(Row::attacked, 5).picture.isNull(), kPatience);
    // The window never waits for the network: this thread never ran it.
    QVERIFY(forwardThreads().contains(open->document.jobs().threadId()));
    QVERIFY(!forwardThreads().contains(std::this_thread::get_id()));

    QVERIFY(steps.count() >= 11);  // iterations 0 to 10
    QCOMPARE(open->document.experiment()->result.iterationsDone, 10);
    for (std::size_t i = 0; i < kMeasuredPanels; ++i)
      QTRY_VERIFY_WITH_TIMEOUT(
          canvas.content(Row::attacked, i).picture != canvas.content(Row::clean, i).picture,
          kPatience);
    QCOMPARE(open->window.charts().ratios().bars().size(), std::size_t{5});
    for (const RatioBar& bar : open->window.charts().ratios().bars())
      QVERIFY(std::isfinite(bar.ratio));

    // Back to the start: the attacked row is the clean one again.
    open->document.showStep(0);
    QTRY_VERIFY_WITH_TIMEOUT(
        canvas.content(Row::attacked, 2).picture == canvas.content(Row::clean, 2).picture,
        kPatience);
  }

  void stopsAndKeepsTheBest() {
    const auto open = openDemo();
    QVERIFY(open);
    open->window.attackPanel().choose("pgd", R"({"objective": "seg", "iterations": 500,
                                                 "epsilon": 4})");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.steps().size() >= 2, kPatience);
    QTest::mouseClick(button(*open, "stop"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    QVERIFY(open->document.experiment()->result.cancelled);
    QVERIFY(open->document.experiment()->result.iterationsDone < 500);
    QVERIFY(button(*open, "run")->isEnabled());
  }

  void closesWhileAJobRuns() {
    auto open = openDemo();
    QVERIFY(open);
    open->window.attackPanel().choose("pgd", R"({"iterations": 500, "epsilon": 4})");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.steps().empty(), kPatience);
    QVERIFY(open->window.close());
    open.reset();
  }

  void probeReadsBothRows() {
    const auto open = openDemo();
    QVERIFY(open);
    PanelView& view = open->window.canvas().view(Row::clean, 2);
    QTest::mouseMove(&view, QPoint(view.width() / 2, view.height() - 8));
    QMouseEvent move(QEvent::MouseMove, QPointF(view.width() / 2.0, view.height() - 8.0),
                     view.mapToGlobal(QPointF(view.width() / 2.0, view.height() - 8.0)),
                     Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&view, &move);
    QVERIFY2(open->window.probeText().contains("road"), qPrintable(open->window.probeText()));
    QVERIFY(open->window.probeText().contains(" m"));
  }

  void zoomsAllPanelsTogether() {
    const auto open = openDemo();
    QVERIFY(open);
    ViewCamera& camera = open->window.canvas().camera();
    PanelView& view = open->window.canvas().view(Row::clean, 0);
    const QPointF at(view.width() / 4.0, view.height() / 2.0);
    QWheelEvent wheel(at, view.mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view, &wheel);
    QVERIFY(camera.zoom() > 1.3);
    QTest::keyClick(&view, Qt::Key_F);
    QCOMPARE(camera.zoom(), 1.0);
  }

  void undoesOptions() {
    Open open;
    AttackPanel& panel = open.window.attackPanel();
    const QString before = panel.form().json();
    panel.choose("fgsm", R"({"epsilon": 3})");
    QCOMPARE(panel.attackKey(), QString("fgsm"));
    open.document.undoStack().undo();
    QCOMPARE(panel.attackKey(), QString("pgd"));
    QCOMPARE(panel.form().json(), before);
    open.document.undoStack().redo();
    QCOMPARE(panel.attackKey(), QString("fgsm"));
  }

  void everyPresetCanBeChosen() {
    Open open;
    for (std::size_t i = 0; i < attackPresets().size(); ++i) {
      open.window.attackPanel().choosePreset(static_cast<int>(i));
      QCOMPARE(open.window.attackPanel().attackKey(), QString(attackPresets()[i].attack));
    }
  }

  void tellsWhatIsWrongWithAFile() {
    QTemporaryDir folder;
    const std::string file = folder.filePath("broken.pth").toStdString();
    writeTextFile(file, "no checkpoint");
    Open open;
    open.window.open({QString::fromStdString(file)});
    QTRY_VERIFY_WITH_TIMEOUT(open.window.toasts().text().contains("broken.pth"), kPatience);
    QVERIFY(!open.document.engine());
  }

  void anErrorOutlivesWhatOpensAfterIt() {
    QTemporaryDir folder;
    const std::string broken = folder.filePath("broken.pth").toStdString();
    const std::string notes = folder.filePath("notes.md").toStdString();
    writeTextFile(broken, "no checkpoint");
    writeTextFile(notes, "no picture");
    Open open;
    open.window.open({QString::fromStdString(broken)});
    open.document.openStreetscapeScenes("val");
    QTRY_VERIFY_WITH_TIMEOUT(open.document.frame().clean && !open.document.jobs().busy(),
                             kPatience);
    QVERIFY(open.window.toasts().text().contains("broken.pth"));
    open.window.open({QString::fromStdString(notes)});
    QTRY_COMPARE_WITH_TIMEOUT(open.window.toasts().errors(), 2, kPatience);
    QVERIFY(open.window.toasts().text().contains("notes.md"));
    QCOMPARE(open.window.filmStrip().count(), 200);
    open.document.openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(open.document.engine() && !open.document.jobs().busy(), kPatience);
    QVERIFY(open.window.toasts().text().isEmpty());
    QVERIFY(button(open, "run")->isEnabled());
  }

  void runIsThereAgainAfterAStop() {
    const auto open = openDemo();
    QVERIFY(open);
    QSemaphore begun, gate;
    open->document.jobs().start(JobKind::saving, "gate", [&](const Progress&) -> JobRunner::Finish {
      begun.release();
      gate.acquire();
      return {};
    });
    begun.acquire();
    QTest::keyClick(&open->window, Qt::Key_F5);
    QVERIFY(open->document.attacking());
    QVERIFY(!button(*open, "run")->isEnabled());
    QTest::keyClick(&open->window, Qt::Key_Escape);
    QTRY_VERIFY(button(*open, "run")->isEnabled());
    QVERIFY(!button(*open, "stop")->isEnabled());
    gate.release();
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.jobs().busy(), kPatience);
    QVERIFY(open->document.experiment() == nullptr);
    QVERIFY(button(*open, "run")->isEnabled());
  }

  void showsPicturesWithoutGroundTruth() {
    QTemporaryDir folder;
    const QString file = folder.filePath("picture.png");
    writePng(file.toStdString(), cv::Mat(300, 500, CV_8UC3, cv::Scalar(90, 120, 60)));
    auto open = openDemo();
    QVERIFY(open);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&open->window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&open->window, &drop);
    QTRY_COMPARE_WITH_TIMEOUT(open->window.filmStrip().count(), 1, kPatience);
    QVERIFY(open->window.toasts().text().contains("ground truth"));
    QTRY_VERIFY_WITH_TIMEOUT(open->document.frame().clean &&
                                 !open->window.canvas().content(Row::clean, 4).picture.isNull(),
                             kPatience);
    open->window.attackPanel().choose("pgd", R"({"objective": "depth"})");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    for (const RatioBar& bar : open->window.charts().ratios().bars())
      QVERIFY(std::isnan(bar.ratio));
  }

  void speaksGerman() {
    QTranslator german;
    QVERIFY(german.load(QStringLiteral(":/i18n/uninet_de")));
    QCOMPARE(german.translate("uninet::AttackPanel", "Run"), QString("Starten"));
    QCOMPARE(german.translate("uninet", "Depth"), QString("Tiefe"));
  }

  void writesTheChart() {
    RatioChart chart;
    chart.setBars(
        {{Task::detect, 0.4, 0.1, 0.25}, {Task::depth, 4, Metrics::kNone, Metrics::kNone}},
        "title");
    QCOMPARE(chart.csv(),
             std::string("task,metric,clean,attacked,ratio\ndetect,ap_box,0.4,0.1,0.25\n"
                         "depth,depth_rmse_m,4,,\n"));
    QVERIFY(chart.current() != nullptr);
    chart.setBars({{Task::detect, 0.4, 0.2, 0.5}, {Task::depth, 4, 5, 0.8}}, "second");
    QCOMPARE(chart.figures().size(), std::size_t{2});
    // Each figure says how what it shows came about.
    chart.setBars({{Task::detect, 0.4, 0.3, 0.75}}, "third", R"({"attack": "pgd"})");
    QCOMPARE(chart.manifest("image"), std::string(R"({"attack": "pgd"})"));
    QCOMPARE(chart.manifest("session"),
             std::string(R"({"attacks":[{},{},{"attack":"pgd"}],"figure":"session"})"));
    const auto& panel = std::get<BarPanel>(chart.figures()[1].panels[0]);
    QCOMPARE(panel.series, (std::vector<std::string>{"title", "second", "third"}));
    QCOMPARE(panel.values[0][0].value, 0.25);
  }

  // Every attack can be chosen, configured, run and stopped; its panels and numbers are there.
  void runsEveryAttack_data() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  void runsEveryAttack() {
    const QFETCH(QString, key);
    const auto open = openDemo();
    QVERIFY(open);
    const AttackInfo& info = attackByKey(key.toStdString());
    const bool dag = key.startsWith("dag");
    open->window.attackPanel().choose(key, dag ? R"({"iterations": 3})" : R"({"epsilon": 2})");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    const Experiment& experiment = *open->document.experiment();
    QCOMPARE(QString::fromStdString(experiment.attack), key);
    // Rows are drawn beside this thread: until the last one is there, an earlier iteration shows.
    const Canvas& canvas = open->window.canvas();
    QTRY_VERIFY_WITH_TIMEOUT(!canvas.content(Row::attacked, 5).picture.isNull(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(
        canvas.content(Row::attacked, 0).picture != canvas.content(Row::clean, 0).picture,
        kPatience);
    QCOMPARE(open->window.charts().ratios().bars().size(), std::size_t{5});
    if (info.target != nullptr) {
      QCOMPARE(open->document.steps()[0].iteration.iteration, -1);
      QVERIFY(cv::countNonZero(experiment.target.mask) > 0);
    }
    if (dag) QVERIFY(open->document.steps()[0].iteration.losses.contains("active targets"));
    QCOMPARE(open->window.charts().shapes().current() != nullptr, key == "dag-detection");
    const auto* result = open->window.findChild<QLabel*>("attack-result");
    QVERIFY(result != nullptr && result->text().contains("PNG"));
  }

  void restrictsAnAttackToARegion() {
    const auto open = openDemo();
    QVERIFY(open);
    auto* region = open->window.findChild<QLineEdit*>("region");
    region->setText("box:100,50,200,150");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.experiment() != nullptr, kPatience);
    const Experiment& experiment = *open->document.experiment();
    QVERIFY(experiment.result.norms.l0 > 0 && experiment.result.norms.l0 <= 100 * 100);
    region->setText("circle");
    QTest::mouseClick(button(*open, "run"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(open->window.toasts().text().contains("region"), kPatience);
    QVERIFY(button(*open, "run")->isEnabled());
  }

  void evaluatesTheSplit() {
    const auto open = openDemo();
    QVERIFY(open);
    QTemporaryDir folder;
    open->window.findChild<QAction*>("evaluate-split")->trigger();
    auto* dialog = open->window.findChild<SweepDialog*>();
    QVERIFY(dialog != nullptr);
    dialog->findChild<QComboBox*>("sweep-preset")->setCurrentIndex(0);
    dialog->findChild<QSpinBox*>("sweep-limit")->setValue(2);
    dialog->findChild<QLineEdit*>("sweep-folder")->setText(folder.path());
    dialog->accept();
    SplitResults& split = open->document.split();
    QVERIFY(split.running());
    // The window goes on meanwhile: another image is predicted.
    open->document.select(3);
    QTRY_VERIFY_WITH_TIMEOUT(open->document.frame().clean && open->document.frame().index == 3,
                             kPatience);
    // Stopped halfway, then finished. As soon as it is over the figures of all of it are there.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath("results.sqlite")), kPatience);
    split.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!split.running(), kPatience);
    if (!split.figures().empty()) QVERIFY(split.images().endsWith(" of 2 images"));
    QSignalSpy progressed(&split, &SplitResults::progressed);
    open->document.evaluateSplit(presetPlan("figure3a"), 2,
                                 folder.filePath("results.sqlite").toStdString());
    QVERIFY(split.running());
    QVERIFY(split.figures().empty());
    QTRY_VERIFY_WITH_TIMEOUT(!split.running(), kPatience);
    QVERIFY(!progressed.isEmpty());
    QCOMPARE(progressed[0][0].toString(), QString("Evaluating figure3a"));
    QCOMPARE(split.figures().size(), std::size_t{1});
    QCOMPARE(split.figures()[0].id, std::string("3a"));
    QCOMPARE(split.images(), QString("2 of 2 images"));
    QCOMPARE(split.skipped(), QString());
    open->window.drawer().open(open->window.drawer().indexOf(&open->window.charts().ratios()));
    open->window.charts().ratios().choose("3a");
    QVERIFY(open->window.charts().ratios().current() != nullptr);
    QVERIFY(open->window.charts().ratios().current()->title.ends_with("split, 2 of 2 images"));
    const auto& panel = std::get<BarPanel>(open->window.charts().ratios().current()->panels[0]);
    QCOMPARE(panel.series.size(), std::size_t{5});
    for (const auto& series : panel.values)
      for (const Estimate& e : series) QVERIFY(std::isfinite(e.value));
    QSignalSpy figures(&split, &SplitResults::figuresChanged);
    // Results that are asked for later are those that stay.
    split.show(folder.filePath("none.sqlite").toStdString());
    split.show(folder.filePath("results.sqlite").toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(figures.count() > 0 && !split.figures().empty(), kPatience);
    QVERIFY(open->window.toasts().text().isEmpty());
    const std::filesystem::path stem = folder.filePath("chart").toStdString();
    open->window.writeChart(stem);
    QCOMPARE(readTextFile(stem.string() + ".pdf").substr(0, 5), std::string("%PDF-"));
    QVERIFY(readTextFile(stem.string() + ".svg").find("<svg") != std::string::npos);
    QCOMPARE(readImage(stem.string() + ".png").cols, 992);
    QVERIFY(readTextFile(stem.string() + ".csv").find("Multi-task") != std::string::npos);
  }

  void closesWhileASweepRuns() {
    auto open = openDemo();
    QVERIFY(open);
    QTemporaryDir folder;
    open->document.evaluateSplit(presetPlan("figure5"), 2,
                                 folder.filePath("results.sqlite").toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath("results.sqlite")), kPatience);
    QVERIFY(open->window.close());
    open.reset();
  }

  /// The attack of a plugin that a person chose is there in form, presets and help, and a session
  /// that was on it finds it again. Last: it stays.
  void loadsAPlugin() {
    Open open;
    AttackPanel& panel = open.window.attackPanel();
    open.document.loadPlugin(UNINET_PLUGINS "/plugin_other_version.so");
    QTRY_VERIFY(open.window.toasts().text().contains("0.0.1"));
    QCOMPARE(attacks().size(), builtInAttacks());

    Session::Attack wanted;
    wanted.key = "still";
    wanted.options["epsilon"] = 9;
    QVERIFY_THROWS_EXCEPTION(Error, panel.setAttack(wanted));
    open.document.setAttackChoice(wanted);
    open.document.loadPlugin(UNINET_PLUGINS "/plugin_good.so");
    QCOMPARE(attacks().size(), builtInAttacks() + 1);
    QCOMPARE(panel.attackKey(), QString("still"));
    QVERIFY(panel.changedOptions() == wanted.options);
    auto* methods = open.window.findChild<QComboBox*>("attack");
    QCOMPARE(methods->count(), static_cast<int>(attacks().size()));
    QCOMPARE(methods->currentText(), QString("Still"));
    const std::string last = "preset-" + std::to_string(attackPresets().size() - 1);
    auto* preset = open.window.findChild<QAction*>(last.c_str());
    QVERIFY(preset != nullptr);
    QCOMPARE(preset->text(), QString("Still at 7"));
    preset->trigger();
    QCOMPARE(panel.changedOptions()["epsilon"].get<double>(), 7.0);
    QVERIFY(helpMarkdown("help/attack-still.md").startsWith("# Still\n"));
    QVERIFY(open.window.findChild<QAction*>("load-plugin") != nullptr);
    // A window that is made now has it from the start.
    MainWindow again(open.document);
    QCOMPARE(again.attackPanel().attackKey(), QString("still"));
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  qputenv("XDG_DATA_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  prepareApplication(application);
  TestWindow test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_window.moc"
