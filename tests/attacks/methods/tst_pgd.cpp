#include <ATen/ATen.h>

#include <QtTest>

#include "attacks/engine/gradient_attack.h"
#include "core/base/error.h"
#include "model/network/network.h"
#include "support/attack_case.h"

using namespace uninet;

class TestPgd : public QObject {
  Q_OBJECT

  Engine engine_;
  Sample sample_;
  std::string category_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    const AttackCase made;
    engine_ = made.engine;
    sample_ = made.sample;
    category_ = made.category;
    QVERIFY(!category_.empty());
  }

  void zeroIterationsReturnTheCleanImage() {
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample_, {}}, *optionsOf(pgd, {{"iterations", 0}}), {}, {});
    QVERIFY(same(result.image, sample_.image));
  }

  void flagsComeBackAfterAnError() {
    Network& network = engine_.network();
    at::Tensor& weight = network.weights.entries()[0].tensor;
    weight.set_requires_grad(true);
    Sample empty = sample_;
    empty.instances.clear();
    const AttackInfo& pgd = attackByKey("pgd");
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, empty, {}}, *optionsOf(pgd, {{"objective", "reg"}}), {}, {}), Error);
    QVERIFY(weight.requires_grad());
    weight.set_requires_grad(false);
  }

  void moreIterationsNeverLowerTheBest() {
    const AttackInfo& pgd = attackByKey("pgd");
    double previous = -1e300;
    for (const int iterations : {1, 2, 4, 8}) {
      const AttackResult result = pgd.run(
          {engine_, sample_, {}},
          *optionsOf(
              pgd,
              {{"objective", "seg"}, {"epsilon", 2}, {"iterations", iterations}, {"keep", "best"}}),
          {}, {});
      double best = -1e300;
      for (const AttackIteration& it : result.iterations) best = std::max(best, it.objective);
      QVERIFY(best >= previous);
      previous = best;
    }
  }

  void iterationRuleOfThePaper() {
    const std::vector<std::pair<double, int>> expected{{0, 0}, {0.25, 1}, {0.5, 1}, {1, 2},  {2, 3},
                                                       {4, 5}, {8, 10},   {16, 20}, {32, 36}};
    for (const auto& [epsilon, iterations] : expected) QCOMPARE(iterationRule(epsilon), iterations);
  }

  void everyObjectiveRises_data() {
    QTest::addColumn<QString>("objective");
    for (const ObjectiveInfo& info : objectives()) QTest::newRow(info.key) << QString(info.key);
    QTest::newRow("custom") << QString("custom");
  }

  void everyObjectiveRises() {
    const QFETCH(QString, objective);
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample_, {}},
                *optionsOf(pgd, {{"objective", objective.toStdString()}, {"epsilon", 4}}), {}, {});
    QCOMPARE(result.iterationsDone, 5);
    QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
    QVERIFY(result.notes.empty());
  }

  void lossesWithoutTargetAreLeftOut() {
    Sample sample = sample_;
    for (Instance& instance : sample.instances) instance.depthMetres = -1;
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample, {}}, *optionsOf(pgd, {{"objective", "geometric"}}), {}, {});
    QCOMPARE(result.notes.size(), std::size_t{1});
    QVERIFY(result.notes[0].find("id left out") == 0);
    QVERIFY(!result.iterations[0].losses.contains("id"));
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, sample, {}}, *optionsOf(pgd, {{"objective", "id"}}), {}, {}), Error);
  }

  void predictionStandsInForMissingTruth() {
    Sample bare;
    bare.name = "bare";
    bare.image = sample_.image;
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, bare, {}}, *optionsOf(pgd, {{"objective", "seg"}}), {}, {});
    QVERIFY(!result.notes.empty());
    QVERIFY(result.notes[0].find("stands in") != std::string::npos);
  }

  void voidPixelsHaveNoInfluence() {
    Sample voids = sample_;
    voids.trainIds = cv::Mat(kSmallSize, CV_8U, cv::Scalar(kIgnoreLabel));
    const AttackInfo& pgd = attackByKey("pgd");
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, voids, {}}, *optionsOf(pgd, {{"objective", "seg"}}), {}, {}), Error);
  }

  void wrongOptionsAreRefused_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    QTest::newRow("negative epsilon") << "epsilon"
                                      << "-1";
    QTest::newRow("no number") << "epsilon"
                               << "two";
    QTest::newRow("not a number") << "epsilon"
                                  << "nan";
    QTest::newRow("unknown objective") << "objective"
                                       << "everything";
    QTest::newRow("unknown norm") << "norm"
                                  << "l7";
    QTest::newRow("unknown option") << "epsilom"
                                    << "1";
  }

  void wrongOptionsAreRefused() {
    const QFETCH(QString, option);
    const QFETCH(QString, value);
    const auto options = attackByKey("pgd").makeOptions();
    QVERIFY_EXCEPTION_THROWN(setOption(*options, option.toStdString(), value.toStdString()), Error);
  }
};

QTEST_APPLESS_MAIN(TestPgd)
#include "tst_pgd.moc"
