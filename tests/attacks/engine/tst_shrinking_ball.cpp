// APGD in balls that become smaller: its steps written out, closed forms, and that nothing outside
// of the last ball is ever the result.
#include <ATen/ATen.h>

#include <QtTest>
#include <atomic>
#include <cmath>
#include <vector>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/shrinking_ball.h"
#include "core/base/error.h"
#include "model/engine/engine.h"

using namespace uninet;

namespace {

constexpr double kEpsilon = 8;

at::Tensor centre() { return at::linspace(40, 210, 192).view({1, 3, 8, 8}); }

/// Goes to the edge of its ball, and counts.
struct ToTheEdge : StepRule {
  ToTheEdge(const NormBall& ball, std::vector<std::pair<double, int>>& calls)
      : ball_(ball), calls_(calls) {
    calls_.emplace_back(ball.epsilon(), 0);
  }
  at::Tensor next(const at::Tensor& pixels, const at::Tensor& direction, double) override {
    for (auto& [epsilon, count] : calls_)
      if (epsilon == ball_.epsilon()) ++count;
    return ball_.step(pixels, direction, 1000);
  }
  const NormBall& ball_;
  std::vector<std::pair<double, int>>& calls_;
};

double farthest(const at::Tensor& pixels) { return (pixels - centre()).abs().max().item<double>(); }

}  // namespace

class TestShrinkingBall : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void steps_data() {
    QTest::addColumn<int>("iterations");
    QTest::addColumn<QList<double>>("radii");
    QTest::addColumn<QList<int>>("steps");
    QTest::newRow("100") << 100 << QList<double>{24, 16, 8} << QList<int>{29, 29, 40};
    QTest::newRow("10") << 10 << QList<double>{24, 16, 8} << QList<int>{2, 2, 4};
    QTest::newRow("too few") << 5 << QList<double>{8} << QList<int>{5};
  }
  void steps() {
    const QFETCH(int, iterations);
    const QFETCH(QList<double>, radii);
    const QFETCH(QList<int>, steps);
    std::vector<std::pair<double, int>> calls;
    const NormBall ball(centre(), Norm::linf, kEpsilon);
    ShrinkingBall rule(ball, {3, 2, 1}, iterations, [&](const NormBall& scaled, int planned) {
      auto made = std::make_unique<ToTheEdge>(scaled, calls);
      [&] { QCOMPARE(planned, steps[static_cast<qsizetype>(calls.size()) - 1]); }();
      return made;
    });
    at::Tensor x = ball.clean();
    for (int i = 0; i < iterations; ++i) {
      // Falls from step to step: the best image of a ball is the one that it began with.
      x = rule.next(x, at::ones_like(x), -i);
      if (rule.inside()) QVERIFY(farthest(x) <= kEpsilon + 1e-4);
    }
    QVERIFY(rule.inside());
    QCOMPARE(calls.size(), static_cast<std::size_t>(radii.size()));
    for (std::size_t i = 0; i < calls.size(); ++i) {
      QCOMPARE(calls[i].first, radii[static_cast<qsizetype>(i)]);
      QCOMPARE(calls[i].second, steps[static_cast<qsizetype>(i)]);
    }
  }

  void eachBeginsAtTheBestOfTheLast() {
    std::vector<std::pair<double, int>> calls;
    const NormBall ball(centre(), Norm::linf, kEpsilon);
    ShrinkingBall rule(ball, {3, 2, 1}, 10, [&](const NormBall& scaled, int) {
      return std::make_unique<ToTheEdge>(scaled, calls);
    });
    const at::Tensor up = at::ones_like(centre());
    // Two steps to the edge, up and then down; the image after the first is the best.
    at::Tensor x = rule.next(ball.clean(), up, 1);
    QVERIFY(std::abs(farthest(x) - 24) < 1e-3);
    x = rule.next(x, -up, 3);
    x = rule.next(x, up, 2);
    QVERIFY(at::allclose(x, centre() + 16));
  }

  void linear_data() {
    QTest::addColumn<int>("norm");
    QTest::newRow("linf") << 0;
    QTest::newRow("l2") << 1;
    QTest::newRow("l1") << 2;
  }
  /// Σ c x is at its greatest at x + ε sign c, x + ε c / ‖c‖, and where the greatest |c| have all
  /// of ε.
  void linear() {
    const QFETCH(int, norm);
    const auto kind = static_cast<Norm>(norm);
    const at::Tensor slope = at::cos(at::arange(192, at::kFloat)).view({1, 3, 8, 8});
    const double epsilon = kind == Norm::linf ? kEpsilon : kind == Norm::l2 ? 300 : 600;
    const NormBall ball(centre().round(), kind, epsilon);
    GradientSettings settings;
    settings.iterations = 60;
    settings.apgd = true;
    settings.radii = {3, 2, 1};
    const auto function = [&](const at::Tensor& x) {
      return ObjectiveValue{(slope * (x - ball.clean())).sum(), {}};
    };
    const AttackResult result = runGradientAttack(function, ball, settings, {}, {});
    QCOMPARE(result.iterationsDone, 60);
    const at::Tensor delta = pixelsFromImage(result.image) - ball.clean();
    QVERIFY2(ball.length(delta) <= epsilon * (1 + 1e-6), concat(ball.length(delta)).c_str());
    settings.radii = {};
    const AttackResult plain = runGradientAttack(function, ball, settings, {}, {});
    const double reached = (slope * delta).sum().item<double>();
    const double without =
        (slope * (pixelsFromImage(plain.image) - ball.clean())).sum().item<double>();
    QVERIFY2(reached >= 0.98 * without, concat(reached, " ", without).c_str());
    // Some iterate was farther away than the ball allows.
    double greatest = 0;
    for (const AttackIteration& iteration : result.iterations)
      greatest = std::max(greatest, iteration.objective);
    QVERIFY2(greatest > 1.2 * reached, concat(greatest, " ", reached).c_str());
  }

  void stoppedEarlyIsInTheBall() {
    const NormBall ball(centre().round(), Norm::linf, kEpsilon);
    std::atomic<bool> stop{false};
    GradientSettings settings;
    settings.iterations = 40;
    settings.apgd = true;
    settings.radii = {2, 1.5, 1};
    const AttackResult result = runGradientAttack(
        [](const at::Tensor& x) {
          return ObjectiveValue{x.sum(), {}};
        },
        ball, settings, Progress({}, &stop),
        [&](const AttackIteration& it) {
          stop = it.iteration == 5;
          const cv::Mat clean = imageFromPixels(ball.clean());
          QVERIFY(cv::norm(it.image, clean, cv::NORM_INF) <= kEpsilon);
        });
    QVERIFY(result.cancelled);
    QCOMPARE(result.norms.linf, kEpsilon);
  }
};

QTEST_APPLESS_MAIN(TestShrinkingBall)
#include "tst_shrinking_ball.moc"
