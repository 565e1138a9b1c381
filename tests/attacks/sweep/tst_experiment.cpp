#include <QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/sweep/experiment.h"
#include "core/base/pictures.h"
#include "core/data/dataset.h"
#include "core/streetscape/streetscape.h"

using namespace uninet;
namespace fs = std::filesystem;

class TestExperiment : public QObject {
  Q_OBJECT

  Engine engine_;
  RawFrame frame_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    NetworkSpec spec;
    spec.width = 0.125;
    spec.size = {256, 128};
    spec.tasks = TaskSet::parse("detect,segment,depth,inst_depth");
    engine_ = makeUntrainedEngine(spec, 1);
    frame_ = openStreetscape("val", 1, 1, {512, 256})->load(0);
  }

  void runsAndReports() {
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = pgd.makeOptions();
    fromJson(*options, {{"objective", "seg"}, {"epsilon", 2}});
    std::vector<int> seen;
    std::vector<RatioBar> last;
    const Experiment experiment =
        runExperiment(engine_, frame_, pgd, *options, {}, {},
                      [&](const AttackIteration& iteration, const Prediction& prediction,
                          const std::vector<RatioBar>& ratios) {
                        seen.push_back(iteration.iteration);
                        QCOMPARE(prediction.trainIds.size(), cv::Size(256, 128));
                        last = ratios;
                      });
    // The last iterate is the one that is kept: what is left of each task is the same.
    const auto kept = metricRatios(experiment.cleanMetrics, experiment.attackedMetrics);
    for (std::size_t i = 0; i < kept.size(); ++i)
      QVERIFY(last[i].ratio == kept[i].ratio ||
              (std::isnan(last[i].ratio) && std::isnan(kept[i].ratio)));
    QCOMPARE(seen, (std::vector<int>{0, 1, 2, 3}));
    QVERIFY(experiment.result.norms.linf > 0 && experiment.result.norms.linf <= 2);
    QCOMPARE(metricRatios(experiment.cleanMetrics, experiment.attackedMetrics).size(),
             tasks().size());

    const nlohmann::json report = reportJson(experiment);
    QCOMPARE(report["options"]["objective"].get<std::string>(), std::string("seg"));
    QCOMPARE(report["options"].size(), optionTable(*options).size());
    QCOMPARE(report["iterations"].size(), std::size_t{4});
    QCOMPARE(report["iterations_done"].get<int>(), 3);
    QVERIFY(report["clean"]["metrics"]["miou"].is_number());
    QVERIFY(report["clean"]["metrics"]["ap_mask"].is_null());

    QTemporaryDir folder;
    const fs::path out = fs::path(folder.path().toStdString()) / "run";
    writeExperiment(experiment, out);
    for (const char* name :
         {"clean.png", "adversarial.png", "report.json", "clean_segment.png",
          "attacked_segment.png", "clean_depth.png", "attacked_depth.png", "clean_instances.json",
          "attacked_instances.json", "attacked_detect.png", "attacked_inst_depth.png"})
      QVERIFY2(fs::exists(out / name), name);
    QVERIFY(!fs::exists(out / "clean_inst_seg.png"));
    QCOMPARE(cv::norm(readImage(out / "adversarial.png"), experiment.result.image, cv::NORM_INF),
             0.0);
    QCOMPARE(cv::norm(readImage(out / "clean.png"), experiment.sample.image, cv::NORM_INF), 0.0);
  }

  // Nothing is computed twice: a gradient an iteration, the clean and the attacked prediction.
  void passes_data() {
    QTest::addColumn<QByteArray>("attack");
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("pgd") << QByteArray("pgd")
                         << QByteArray(R"({"objective": "seg", "epsilon": 2})");
    QTest::newRow("multi-task") << QByteArray("pgd")
                                << QByteArray(R"({"objective": "multi-task", "epsilon": 2})");
    QTest::newRow("fgsm") << QByteArray("fgsm") << QByteArray(R"({"objective": "depth"})");
    QTest::newRow("noise") << QByteArray("noise-uniform") << QByteArray("{}");
  }
  void passes() {
    QFETCH(QByteArray, attack);
    QFETCH(QByteArray, options);
    const AttackInfo& info = attackByKey(attack.toStdString());
    const auto values = info.makeOptions();
    fromJson(*values, nlohmann::json::parse(options.constData()));
    const Engine engine = engine_.separateCopy();
    const Experiment experiment = runExperiment(engine, frame_, info, *values, {});
    const bool takesGradients = !attack.startsWith("noise");
    QCOMPARE(engine.passes().gradients, takesGradients ? experiment.result.iterationsDone : 0);
    QCOMPARE(engine.passes().predictions, 2);
  }

  void ratiosOfThePaper_data() {
    QTest::addColumn<double>("clean");
    QTest::addColumn<double>("attacked");
    QTest::addColumn<bool>("higher");
    QTest::addColumn<double>("printed");
    QTest::newRow("OD seg") << 35.23 << 8.95 << true << 0.25;
    QTest::newRow("OD depth") << 35.23 << 13.85 << true << 0.39;
    QTest::newRow("D seg") << 5.02 << 9.15 << false << 0.55;
    QTest::newRow("ID seg") << 0.16 << 0.29 << false << 0.54;
  }
  void ratiosOfThePaper() {
    const QFETCH(double, clean);
    const QFETCH(double, attacked);
    const QFETCH(bool, higher);
    const QFETCH(double, printed);
    QVERIFY(std::abs(metricRatio(clean, attacked, higher) - printed) <= 0.015);
  }

  void undefinedRatios() {
    QVERIFY(std::isnan(metricRatio(0, 0.3, true)));
    QVERIFY(std::isnan(metricRatio(3, 0, false)));
    QVERIFY(std::isnan(metricRatio(Metrics::kNone, 0.3, true)));
  }
};

QTEST_APPLESS_MAIN(TestExperiment)
#include "tst_experiment.moc"
