#include <ATen/ATen.h>

#include <QtTest>

#include "attacks/methods/hiding.h"
#include "attacks/methods/nearest_fill.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "support/attack_case.h"

using namespace uninet;

class TestHiding : public QObject {
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

  void nearestFillEqualsBruteForce_data() {
    QTest::addColumn<int>("holes");
    for (const int holes : {1, 3, 30, 300}) QTest::addRow("%d", holes) << holes;
  }

  void nearestFillEqualsBruteForce() {
    const QFETCH(int, holes);
    Random random(static_cast<std::uint64_t>(holes));
    cv::Mat mask = cv::Mat::ones(23, 31, CV_8U);
    for (int i = 0; i < holes; ++i)
      mask.at<uchar>(static_cast<int>(random.below(23)), static_cast<int>(random.below(31))) = 0;
    const cv::Mat sources = nearestOutside(mask);
    for (int y = 0; y < mask.rows; ++y)
      for (int x = 0; x < mask.cols; ++x) {
        int best = 1 << 30;
        cv::Vec2i expected;
        for (int v = 0; v < mask.rows; ++v)
          for (int u = 0; u < mask.cols; ++u) {
            const int distance = (u - x) * (u - x) + (v - y) * (v - y);
            if (mask.at<uchar>(v, u) != 0 || distance >= best) continue;
            best = distance;
            expected = {u, v};
          }
        QCOMPARE(sources.at<cv::Vec2i>(y, x), expected);
      }
    QVERIFY_EXCEPTION_THROWN(nearestOutside(cv::Mat::ones(3, 3, CV_8U)), Error);
  }

  void hidingTargetHoldsNoPixelOfTheCategory() {
    const AttackInfo& hide = attackByKey("hide-segmentation");
    const Prediction clean = engine_.predict(sample_.image);
    const AttackTarget target = hide.target(clean, *optionsOf(hide, {{"category", category_}}));
    const int label = cityscapesClasses()->semanticByName(category_);
    QCOMPARE(cv::countNonZero(target.trainIds == label), 0);
    QCOMPARE(cv::countNonZero(target.mask), cv::countNonZero(clean.trainIds == label));
    cv::Mat changed = target.trainIds != clean.trainIds;
    QCOMPARE(cv::norm(changed / 255, target.mask, cv::NORM_INF), 0.0);
  }

  void hidingLowersTheDistanceToItsTarget_data() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks())
      if (info.target != nullptr) QTest::newRow(info.key) << QString(info.key);
  }

  void hidingLowersTheDistanceToItsTarget() {
    const QFETCH(QString, key);
    const AttackInfo& hide = attackByKey(key.toStdString());
    const AttackResult result = hide.run(
        {engine_, sample_, {}},
        *optionsOf(hide, {{"category", category_}, {"alpha", 0.01}, {"iterations", 8}}), {}, {});
    QCOMPARE(result.iterationsDone, 8);
    QVERIFY(result.iterations.back().objective < result.iterations.front().objective);
  }

  // (ω Σ hidden + (1 − ω) Σ rest) / n, worked out by hand.
  void weightOfTheHidden() {
    AttackTarget target;
    target.mask = (cv::Mat_<uchar>(1, 2) << 1, 0);
    target.trainIds = (cv::Mat_<uchar>(1, 2) << 0, 0);
    target.depthMetres = (cv::Mat_<float>(1, 2) << 10, 20);
    RawOutputs outputs;
    outputs.segment = at::tensor({2.f, 0.f, 1.f, 1.f, 0.f, 2.f}).view({1, 3, 1, 2});
    outputs.depth = at::tensor({0.2f, 0.3f}).view({1, 1, 1, 2});
    const auto labels = [&](double omega) {
      return towardsLabels(engine_, target, {omega}).of(outputs).value.item<double>();
    };
    QVERIFY(std::abs(labels(0.9999) - 0.203903) < 1e-6);
    QVERIFY(std::abs(labels(0.5) - (0.407606 + 2.407606) / 4) < 1e-6);
    QVERIFY(std::abs(labels(1) - 0.407606 / 2) < 1e-6);
    const double scale = cityscapesClasses()->depthScale();
    const double hidden = 0.2 * scale - 10, rest = 0.3 * scale - 20;
    const auto depth = [&](double omega) {
      return towardsDepth(engine_, target, {omega}).of(outputs).value.item<double>();
    };
    for (const double omega : {0., 0.25, 1.})
      QVERIFY(std::abs(depth(omega) -
                       std::sqrt((omega * hidden * hidden + (1 - omega) * rest * rest) / 2)) <
              1e-4);
    QVERIFY(std::abs(depth(-1) - std::sqrt((hidden * hidden + rest * rest) / 2)) < 1e-4);
  }

  // Where steps of one size overshoot, APGD comes nearer; it keeps its best.
  void apgdComesNearer_data() { hidingLowersTheDistanceToItsTarget_data(); }
  void apgdComesNearer() {
    const QFETCH(QString, key);
    const AttackInfo& hide = attackByKey(key.toStdString());
    const auto nearest = [&](const nlohmann::json& options) {
      nlohmann::json all{{"category", category_}, {"epsilon", 2}};
      all.update(options);
      double least = 1e9;
      const AttackResult result = hide.run({engine_, sample_, {}}, *optionsOf(hide, all), {}, {});
      for (const AttackIteration& iteration : result.iterations)
        least = std::min(least, iteration.objective);
      return least;
    };
    const double fixed = nearest(nlohmann::json::object());
    const double adapted = nearest({{"rule", "apgd"}, {"iterations", 20}});
    QVERIFY2(adapted < fixed, concat(adapted, " ", fixed).c_str());
  }

  void hidingWhatIsNotThereSaysSo() {
    const Prediction clean = engine_.predict(sample_.image);
    std::string absent;
    for (std::size_t c = 0; c < cityscapesClasses()->semantic.size(); ++c)
      if (cv::countNonZero(clean.trainIds == static_cast<double>(c)) == 0)
        absent = cityscapesClasses()->semantic[c].name;
    const AttackInfo& hide = attackByKey("hide-depth");
    const AttackResult result =
        hide.run({engine_, sample_, {}}, *optionsOf(hide, {{"category", absent}}), {}, {});
    QVERIFY(same(result.image, sample_.image));
    QVERIFY(result.notes.at(0).find("nothing to hide") == 0);
  }
};

QTEST_APPLESS_MAIN(TestHiding)
#include "tst_hiding.moc"
