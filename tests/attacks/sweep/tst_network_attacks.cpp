// Every network can be attacked in each way that its tasks allow, and says which it does not.
#include <QtTest>
#include <nlohmann/json.hpp>

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
