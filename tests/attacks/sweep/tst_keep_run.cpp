#include <QProcess>
#include <QtTest>
#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/engine/region.h"
#include "attacks/measures/diagnostics.h"
#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "core/base/pictures.h"
#include "core/streetscape/streetscape.h"
#include "support/small_engine.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const cv::Size kSize{256, 128};

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() &&
         (a.empty() || cv::norm(a, b, cv::NORM_INF) == 0);
}

/// The words that a shell makes of a command line.
QStringList wordsOf(const std::string& command) {
  QProcess shell;
  shell.start("sh", {"-c", "printf '%s\\n' " + QString::fromStdString(command)});
  shell.waitForFinished();
  QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split('\n');
  words.removeLast();
  return words;
}

}  // namespace

class TestKeepRun : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  Engine engine_;
  RawFrame frame_;

  fs::path path(const char* name) { return folder_.filePath(name).toStdString(); }
  Experiment run(const char* key, const nlohmann::json& values, const std::string& region = {},
                 const Progress& progress = {}) {
    const AttackInfo& attack = attackByKey(key);
    const auto options = attack.makeOptions();
    fromJson(*options, values);
    const Sample sample = resizeSample(makeSample(frame_), engine_.spec().size);
    return runExperiment(engine_, frame_, attack, *options, progress, parseRegion(region, sample));
  }
  /// Through the file.
  KeptRun kept(const Experiment& experiment, const std::string& region, cv::Mat& attacked) {
    RunStore store = RunStore::open(path("runs.sqlite"));
    const std::int64_t id =
        store.add(keptRunOf(experiment, "Streetscape", fingerprint(frame_), region, ""),
                  experiment.sample.image, experiment.result.image);
    attacked = store.attackedImage(id);
    return store.run(id).value();
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true);
    frame_ = openStreetscape("val", 1, 1, {512, 256})->load(0);
  }

  void comesBackAsItWas_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("region");
    QTest::newRow("pgd") << "pgd"
                         << R"({"objective": "multi-task", "epsilon": 3})"
                         << "";
    QTest::newRow("region") << "pgd"
                            << R"({"objective": "seg"})"
                            << "box:10,20,90,100";
    QTest::newRow("detection") << "dag-detection"
                               << R"({"iterations": 2})"
                               << "";
    QTest::newRow("noise") << "noise-sign"
                           << R"({"epsilon": 8, "seed": 3})"
                           << "";
  }
  void comesBackAsItWas() {
    const QFETCH(QString, key);
    const QFETCH(QString, options);
    const QFETCH(QString, region);
    const Experiment before =
        run(key.toUtf8(), nlohmann::json::parse(options.toStdString()), region.toStdString());
    cv::Mat attacked;
    const KeptRun kept = this->kept(before, region.toStdString(), attacked);
    const Experiment after = restoredExperiment(engine_, frame_, kept, attacked);

    QCOMPARE(after.attack, before.attack);
    QCOMPARE(after.optionsJson, before.optionsJson);
    QCOMPARE(after.frame, before.frame);
    QCOMPARE(after.engineTitle, before.engineTitle);
    QCOMPARE(after.engineHash, before.engineHash);
    QVERIFY(same(after.sample.image, before.sample.image));
    QVERIFY(same(after.result.image, before.result.image));
    for (const TaskInfo& info : tasks()) {
      QVERIFY2(sameOutput(info.task, after.clean, before.clean), info.key);
      QVERIFY2(sameOutput(info.task, after.attacked, before.attacked), info.key);
    }
    const auto ratios = metricRatios(before.cleanMetrics, before.attackedMetrics);
    const auto again = metricRatios(after.cleanMetrics, after.attackedMetrics);
    int defined = 0;
    for (std::size_t i = 0; i < ratios.size(); ++i) {
      if (std::isfinite(ratios[i].ratio)) ++defined;
      QVERIFY(ratios[i].ratio == again[i].ratio ||
              (std::isnan(ratios[i].ratio) && std::isnan(again[i].ratio)));
    }
    QVERIFY(defined > 0);
    QCOMPARE(after.cleanMetrics.toJson().dump(), before.cleanMetrics.toJson().dump());
    QCOMPARE(after.attackedMetrics.toJson().dump(), before.attackedMetrics.toJson().dump());
    QCOMPARE(after.result.norms.l2, before.result.norms.l2);
    QCOMPARE(after.result.norms.l0, before.result.norms.l0);
    QCOMPARE(after.result.seed, before.result.seed);
    QCOMPARE(after.result.notes, before.result.notes);
    QCOMPARE(after.result.iterationsPlanned, before.result.iterationsPlanned);
    QCOMPARE(after.result.iterationsDone, before.result.iterationsDone);
    QCOMPARE(after.result.iterations.size(), before.result.iterations.size());
    for (std::size_t i = 0; i < after.result.iterations.size(); ++i) {
      QCOMPARE(after.result.iterations[i].iteration, before.result.iterations[i].iteration);
      QCOMPARE(after.result.iterations[i].objective, before.result.iterations[i].objective);
      QVERIFY(after.result.iterations[i].losses == before.result.iterations[i].losses);
    }
    QCOMPARE(diagnosticsLine(after.diagnostics), diagnosticsLine(before.diagnostics));
    QCOMPARE(after.shapes.objects.size(), before.shapes.objects.size());
    QCOMPARE(after.shapes.locations.size(), before.shapes.locations.size());
    QCOMPARE(experimentManifest(after), experimentManifest(before));

    const fs::path first = path("before"), second = path("after");
    writeExperiment(before, first);
    writeExperiment(after, second);
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(first)) {
      const fs::path other = second / entry.path().filename();
      QVERIFY2(fs::exists(other), other.c_str());
      if (entry.path().extension() == ".png")
        QVERIFY2(same(readImage(entry.path()), readImage(other)), other.c_str());
      ++files;
    }
    QVERIFY(files > 10);
    fs::remove_all(first);
    fs::remove_all(second);
  }

  // The target of a hiding attack is not kept: it follows from the prediction.
  void targetOfAHidingAttack() {
    const Prediction clean = engine_.predict(resizeSample(makeSample(frame_), kSize).image);
    std::string category;
    for (std::size_t c = 0; c < cityscapesClasses()->semantic.size(); ++c) {
      const int pixels = cv::countNonZero(clean.trainIds == static_cast<double>(c));
      if (pixels > 0 && pixels < kSize.area()) category = cityscapesClasses()->semantic[c].name;
    }
    QVERIFY(!category.empty());
    const Experiment before = run("hide-segmentation", {{"category", category}});
    cv::Mat attacked;
    const Experiment after =
        restoredExperiment(engine_, frame_, kept(before, "", attacked), attacked);
    QVERIFY(!after.target.mask.empty());
    QVERIFY(same(after.target.mask, before.target.mask));
    QVERIFY(same(after.target.trainIds, before.target.trainIds));
  }

  void aStoppedRunSaysSo() {
    std::atomic<bool> stop{false};
    const Progress progress([&](const ProgressReport& report) { stop = report.done >= 2; }, &stop);
    const Experiment before = run("pgd", {{"iterations", 50}}, "", progress);
    QVERIFY(before.result.cancelled);
    cv::Mat attacked;
    const KeptRun kept = this->kept(before, "", attacked);
    QVERIFY(kept.stopped);
    const Experiment after = restoredExperiment(engine_, frame_, kept, attacked);
    QVERIFY(after.result.cancelled);
    QCOMPARE(after.result.iterationsPlanned, 50);
    QCOMPARE(after.result.iterationsDone, before.result.iterationsDone);
  }

  void anotherNetworkOrImageIsRefused() {
    const Experiment experiment = run("noise-sign", nlohmann::json::object());
    cv::Mat attacked;
    KeptRun kept = this->kept(experiment, "", attacked);
    RawFrame changed = frame_;
    changed.image = frame_.image.clone();
    changed.image.at<cv::Vec3b>(0, 0)[0] ^= 1;
    QVERIFY(messageOf([&] {
              restoredExperiment(engine_, changed, kept, attacked);
            }).contains("has changed since"));
    changed.name = "other";
    QVERIFY(messageOf([&] {
              restoredExperiment(engine_, changed, kept, attacked);
            }).contains("is not the one given"));
    const Engine large = smallEngine({512, 256}, true);
    QVERIFY(messageOf([&] {
              restoredExperiment(large, frame_, kept, attacked);
            }).contains("made at network size 128x256; the network is open at 256x512"));
    kept.networkHash = "other";
    QVERIFY(messageOf([&] {
              restoredExperiment(engine_, frame_, kept, attacked);
            }).contains("made with another network"));
  }

  void commandLine_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QStringList>("words");
    const QStringList none;
    QTest::newRow("defaults") << "pgd"
                              << "{}" << none;
    QTest::newRow("numbers") << "pgd"
                             << R"({"epsilon": 0.1, "iterations": 7, "seed": 5})"
                             << QStringList{"--epsilon", "0.1", "--iterations", "7", "--seed", "5"};
    QTest::newRow("flag") << "pgd"
                          << R"({"random-start": true})" << QStringList{"--random-start"};
    QTest::newRow("text") << "pgd"
                          << R"({"objective": "custom", "losses": "seg, depth"})"
                          << QStringList{"--losses", "seg, depth", "--objective", "custom"};
    QTest::newRow("class") << "hide-depth"
                           << R"({"category": "traffic light"})"
                           << QStringList{"--category", "traffic light"};
  }
  void commandLine() {
    const QFETCH(QString, key);
    const QFETCH(QString, options);
    const QFETCH(QStringList, words);
    KeptRun run;
    run.id = 7;
    run.image = "berlin_1";
    run.attack = key.toStdString();
    const auto all = attackByKey(run.attack).makeOptions();
    fromJson(*all, nlohmann::json::parse(options.toStdString()));
    run.options = toJson(*all).dump();
    run.networkFrom.kind = Session::Network::Kind::demo;
    run.dataFrom = {Session::Data::Kind::streetscape, {}, "val"};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", "streetscape", "--split", "val", "--image",
                          "berlin_1", "--attack", key} +
              words + QStringList{"--out", "run-7"}));
  }

  void commandLineSaysThePrecision() {
    KeptRun run;
    run.attack = "fgsm";
    run.options = "{}";
    run.networkFrom.kind = Session::Network::Kind::demo;
    run.dataFrom = {Session::Data::Kind::streetscape, {}, "val"};
    for (const char* silent : {"", "{}", R"({"arithmetic": {"precision": "float32"}})"}) {
      run.manifest = silent;
      QCOMPARE(precisionOf(run), std::string("float32"));
      QVERIFY(!wordsOf(attackCommand(run, {})).contains("--precision"));
    }
    run.manifest = R"({"arithmetic": {"precision": "float64"}})";
    QCOMPARE(wordsOf(attackCommand(run, {})).mid(7),
             (QStringList{"", "--attack", "fgsm", "--precision", "float64", "--out", "run-0"}));
  }

  void commandLineIsQuoted() {
    KeptRun run;
    run.image = "it's $HOME; \"x\" `y` *";
    run.attack = "pgd";
    run.options = "{}";
    run.region = "mask:/a b/ü.png";
    Session session;
    session.network = {
        Session::Network::Kind::file, "/n/my net.pth", "/n/pca.npz", "-minus", "256x512", ""};
    session.data = {Session::Data::Kind::path, {"/d/city scapes"}, "train"};
    QCOMPARE(wordsOf(attackCommand(run, session)), (QStringList{"uninet",
                                                                "attack",
                                                                "--checkpoint",
                                                                "/n/my net.pth",
                                                                "--weights=-minus",
                                                                "--size",
                                                                "256x512",
                                                                "--mask-components",
                                                                "/n/pca.npz",
                                                                "--data",
                                                                "/d/city scapes",
                                                                "--split",
                                                                "train",
                                                                "--image",
                                                                QString::fromStdString(run.image),
                                                                "--attack",
                                                                "pgd",
                                                                "--region",
                                                                "mask:/a b/ü.png",
                                                                "--out",
                                                                "run-0"}));
  }

  void commandLineOfLabelsAndScenes() {
    KeptRun run;
    run.image = "b";
    run.attack = "fgsm";
    run.options = "{}";
    run.networkFrom.kind = Session::Network::Kind::demo;
    run.dataFrom = {Session::Data::Kind::streetscape, {}, "val", {}, 50};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", "streetscape", "--split", "val", "--scenes",
                          "50", "--image", "b", "--attack", "fgsm", "--out", "run-0"}));
    run.dataFrom = {Session::Data::Kind::path, {"/d/tree"}, "val", "train-ids"};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", "/d/tree", "--split", "val", "--labels",
                          "train-ids", "--image", "b", "--attack", "fgsm", "--out", "run-0"}));
    run.dataFrom = {Session::Data::Kind::path, {"/d/tree"}, "val", {}, 0, 0.25};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", "/d/tree", "--split", "val", "--depth-unit",
                          "0.25", "--image", "b", "--attack", "fgsm", "--out", "run-0"}));
  }

  void firstFailuresAreKept() {
    Experiment before = run("fgsm", {{"epsilon", 1}});
    const auto bars = [](double segment, double depth) {
      return std::vector<RatioBar>{{Task::segment, 1, segment, segment},
                                   {Task::depth, 1, depth, depth},
                                   {Task::detect, 0, 0, Metrics::kNone}};
    };
    noteFailures(before.firstFailures, bars(1, 1), 0);
    noteFailures(before.firstFailures, bars(0.5, 0.3), 1);
    noteFailures(before.firstFailures, bars(0.4, 0.2), 2);
    const std::map<Task, int> fell{{Task::segment, 2}, {Task::depth, 1}};
    cv::Mat attacked;
    const KeptRun kept = this->kept(before, "", attacked);
    const Experiment after = restoredExperiment(engine_, frame_, kept, attacked);
    for (const Experiment* experiment : {&std::as_const(before), &after})
      QVERIFY((std::map<Task, int>(experiment->firstFailures.begin(),
                                   experiment->firstFailures.end()) == fell));
  }

  void remediesAreKept() {
    Experiment before = run("fgsm", {{"epsilon", 1}});
    before.diagnostics.remedies = {{"rule", "apgd", "--rule apgd halves steps that overshoot"}};
    cv::Mat attacked;
    const KeptRun kept = this->kept(before, "", attacked);
    const Experiment after = restoredExperiment(engine_, frame_, kept, attacked);
    QVERIFY(after.diagnostics.remedies == before.diagnostics.remedies);
  }

  // The picture itself, of several that were dropped; folders have no splits.
  void commandLineOfPictures() {
    fs::create_directories(path("pictures"));
    const cv::Mat picture(40, 40, CV_8UC3, cv::Scalar(1, 2, 3));
    for (const char* name : {"pictures/a.png", "pictures/b.png"}) writePng(path(name), picture);
    KeptRun run;
    run.image = "b";
    run.attack = "fgsm";
    run.options = "{}";
    run.networkFrom.kind = Session::Network::Kind::demo;
    run.dataFrom = {
        Session::Data::Kind::pictures, {path("pictures/a.png"), path("pictures/b.png")}, ""};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", folder_.filePath("pictures/b.png"),
                          "--attack", "fgsm", "--out", "run-0"}));
    run.dataFrom = {Session::Data::Kind::path, {path("pictures")}, "val"};
    QCOMPARE(wordsOf(attackCommand(run, {})),
             (QStringList{"uninet", "attack", "--data", folder_.filePath("pictures"), "--image",
                          "b", "--attack", "fgsm", "--out", "run-0"}));
  }

  void commandLineOfWhatIsNotKnown() {
    KeptRun run;
    run.attack = "pgd";
    run.options = "{}";
    QVERIFY(messageOf([&] { attackCommand(run, {}); }).contains("where its network came from"));
    run.networkFrom.kind = Session::Network::Kind::demo;
    QVERIFY(messageOf([&] { attackCommand(run, {}); }).contains("where its image came from"));
  }
};

QTEST_GUILESS_MAIN(TestKeepRun)
#include "tst_keep_run.moc"
