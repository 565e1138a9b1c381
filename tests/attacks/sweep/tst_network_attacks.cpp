// Every network can be attacked in each way that its tasks allow, and says which it does not.
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <set>

#include "attacks/measures/levels.h"
#include "attacks/sweep/experiment.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/streetscape/streetscape.h"
#include "model/networks/registry.h"

using namespace uninet;

class TestNetworkAttacks : public QObject {
  Q_OBJECT

  RawFrame frame_;

  static NetworkSpec specOf(const NetworkInfo& info) {
    NetworkSpec spec;
    spec.network = info.key;
    spec.tasks = info.usual;
    spec.neck = info.usualNeck;
    spec.width = 0.125;
    spec.size = {256, 128};
    return spec;
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    frame_ = openStreetscape("val", 1, 1, {512, 256})->load(0);
  }

  void attacks_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("attack");
    QTest::addColumn<QByteArray>("options");
    for (const NetworkInfo* info : networks()) {
      const auto row = [&](const char* attack, const QByteArray& options) {
        QTest::addRow("%s %s %s", info->key, attack, options.constData())
            << QByteArray(info->key) << QByteArray(attack) << options;
      };
      row("pgd", R"({"objective": "multi-task", "epsilon": 2})");
      row("noise-sign", R"({"epsilon": 1})");
      if (info->usual.has(Task::segment)) {
        row("pgd", R"({"objective": "seg", "epsilon": 2})");
        row("hide-segmentation", R"({"category": "road", "epsilon": 2})");
        row("dag-segmentation", R"({"iterations": 2})");
      }
      if (info->usual.has(Task::depth)) row("pgd", R"({"objective": "depth", "epsilon": 2})");
    }
  }
  void attacks() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, attack);
    const QFETCH(QByteArray, options);
    const NetworkInfo& info = networkByKey(network.toStdString());
    const Engine engine = makeUntrainedEngine(specOf(info), 2);
    const AttackInfo& way = attackByKey(attack.toStdString());
    const auto chosen = way.makeOptions();
    fromJson(*chosen, nlohmann::json::parse(options.toStdString()));
    try {
      const Experiment experiment = runExperiment(engine, frame_, way, *chosen, {});
      QCOMPARE(experiment.attackedMetrics.value("miou") >= 0, info.usual.has(Task::segment));
      if (!attack.startsWith("dag")) QVERIFY(experiment.result.norms.linf <= 2);
      if (attack == "pgd" || attack == "noise-sign") QVERIFY(experiment.result.norms.linf > 0);
    } catch (const Error& error) {
      // What an untrained network predicts may hold nothing to hide or to swap.
      const QByteArray sentence = error.what();
      QVERIFY2(sentence.contains("road") || sentence.contains("DAG") || attack.startsWith("dag"),
               sentence.constData());
    }
  }

  void levels_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<QByteArray>("features");
    QTest::newRow("uninet") << QByteArray("uninet") << QByteArray()
                            << QByteArray("D2 D3 D4 D5 D6 E2 E3 E4 E5 E6 E7 P3 P4 P5");
    QTest::newRow("single-task") << QByteArray("single-task") << QByteArray("depth")
                                 << QByteArray("E2 E3 E4 E5");
    QTest::newRow("mtl-baseline") << QByteArray("mtl-baseline") << QByteArray()
                                  << QByteArray("E2 E3 E4 E5");
    QTest::newRow("cross-stitch") << QByteArray("cross-stitch") << QByteArray()
                                  << QByteArray("E2 E3 E4 E5");
    QTest::newRow("mtan") << QByteArray("mtan") << QByteArray()
                          << QByteArray("A2 A3 A4 A5 E2 E3 E4 E5");
    QTest::newRow("pad-net") << QByteArray("pad-net") << QByteArray()
                             << QByteArray("E2 E3 E4 E5 distilled features");
    QTest::newRow("mti-net++") << QByteArray("mti-net")
                               << QByteArray("detect,segment,inst_seg,depth,inst_depth")
                               << QByteArray(
                                      "E2 E3 E4 E5 P3 P4 P5 distilled_0 distilled_1 "
                                      "distilled_2 distilled_3 scale_0.features "
                                      "scale_1.features scale_2.features "
                                      "scale_3.features");
  }
  // Levels are named so that each network has some, the features of its tasks side by side.
  void levels() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, tasks);
    const QFETCH(QByteArray, features);
    NetworkSpec spec = specOf(networkByKey(network.toStdString()));
    if (!tasks.isEmpty()) spec.tasks = TaskSet::parse(tasks.toStdString());
    const Engine engine = makeUntrainedEngine(spec, 2);
    const Sample sample = resizeSample(makeSample(frame_), spec.size);
    Sample noisy = sample;
    noisy.image = sample.image.clone();
    cv::randu(noisy.image, 0, 255);

    for (const LevelDrift& level : levelDrift(engine, sample.image, sample.image))
      QCOMPARE(level.drift, 0.0);
    std::set<std::string> names;
    for (const LevelDrift& level : levelDrift(engine, sample.image, noisy.image)) {
      QVERIFY2(level.drift > 0, level.level.c_str());
      QVERIFY2(names.insert(level.level).second, level.level.c_str());
    }

    const auto patched = patchLevels(engine, noisy, sample.image);
    QByteArrayList found;
    for (const auto& [level, outcome] : patched) {
      found << QByteArray::fromStdString(level);
      QVERIFY2(names.contains(level), level.c_str());
      QVERIFY(!levelChange(engine, sample.image, noisy.image, level).empty());
    }
    QCOMPARE(found.join(' '), features);
    const auto same = patchLevels(engine, sample, sample.image);
    for (const auto& [level, outcome] : same)
      for (const auto& [key, loss] : outcome.losses)
        QCOMPARE(loss, same.begin()->second.losses.at(key));
    // All that is predicted goes through E2.
    const auto& undone = patched.at("E2");
    for (const auto& [key, loss] : undone.losses)
      QVERIFY2(std::abs(loss - same.at("E2").losses.at(key)) < 1e-6 * (1 + std::abs(loss)),
               key.c_str());
  }

  void tasksThatAreNotThere() {
    const Engine engine = makeUntrainedEngine(specOf(networkByKey("mtan")), 2);
    for (const auto& [attack, options] :
         {std::pair{"dag-detection", "{}"}, {"pgd", R"({"objective": "cls"})"}}) {
      const AttackInfo& way = attackByKey(attack);
      const auto chosen = way.makeOptions();
      fromJson(*chosen, nlohmann::json::parse(options));
      QVERIFY_EXCEPTION_THROWN(runExperiment(engine, frame_, way, *chosen, {}), Error);
    }
  }
};

QTEST_APPLESS_MAIN(TestNetworkAttacks)
#include "tst_network_attacks.moc"
