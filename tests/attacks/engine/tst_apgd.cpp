// The step rule of APGD: published times of its checks, closed forms, and a plain loop.
#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "attacks/engine/apgd.h"
#include "attacks/engine/gradient_attack.h"
#include "core/base/error.h"
#include "model/engine/engine.h"

using namespace uninet;

namespace {

const std::int64_t kSide = 8;

at::Tensor centre() {
  return at::linspace(20, 230, 3 * kSide * kSide, at::kDouble).view({1, 3, kSide, kSide});
}

/// A hilly function of 192 values with its gradient.
struct Hills {
  at::Tensor places = at::arange(3 * kSide * kSide, at::kDouble).view({1, 3, kSide, kSide});

  double value(const at::Tensor& x) const {
    return (at::sin(x * 0.31 + places) + 0.02 * x * at::cos(places)).sum().item<double>();
  }
  at::Tensor gradient(const at::Tensor& x) const {
    return 0.31 * at::cos(x * 0.31 + places) + 0.02 * at::cos(places);
  }
};

/// The l∞ iteration written once more, on plain numbers; all iterates.
std::vector<std::vector<double>> plainLoop(const Hills& hills, double epsilon, int n,
                                           const std::vector<int>& checks) {
  const at::Tensor start = centre().flatten();
  const auto size = static_cast<std::size_t>(start.numel());
  std::vector<double> clean(size);
  for (std::size_t i = 0; i < size; ++i)
    clean[i] = start[static_cast<std::int64_t>(i)].item<double>();
  const auto tensor = [&](const std::vector<double>& x) {
    return at::tensor(x, at::kDouble).view({1, 3, kSide, kSide});
  };
  const auto inside = [&](std::size_t i, double v) {
    return std::clamp(std::clamp(v, clean[i] - epsilon, clean[i] + epsilon), 0., 255.);
  };
  std::vector<std::vector<double>> all{clean};
  std::vector<double> f{hills.value(tensor(clean))};
  std::vector<double> best = clean, x = clean, old = clean;
  double bestValue = f[0], atCheck = f[0], eta = 2 * epsilon;
  bool halved = true;
  int last = 0;
  for (int k = 0; k < n; ++k) {
    const std::vector<double> at = x;
    if (std::find(checks.begin(), checks.end(), k) != checks.end()) {
      int rises = 0;
      for (int i = last; i < k; ++i)
        rises += f[static_cast<std::size_t>(i) + 1] > f[static_cast<std::size_t>(i)] ? 1 : 0;
      const bool seldom = rises <= 0.75 * (k - last), stuck = !halved && bestValue <= atCheck;
      halved = seldom || stuck;
      if (halved) {
        eta /= 2;
        x = best;
      }
      atCheck = bestValue;
      last = k;
    }
    const at::Tensor g = hills.gradient(tensor(x)).flatten();
    const double a = k == 0 ? 1 : 0.75;
    std::vector<double> next(size);
    for (std::size_t i = 0; i < size; ++i) {
      const double slope = g[static_cast<std::int64_t>(i)].item<double>();
      const double z = inside(i, x[i] + eta * (slope > 0 ? 1 : slope < 0 ? -1 : 0));
      next[i] = inside(i, x[i] + a * (z - x[i]) + (1 - a) * (x[i] - old[i]));
    }
    old = at;
    x = next;
    all.push_back(x);
    f.push_back(hills.value(tensor(x)));
    if (f.back() > bestValue) {
      bestValue = f.back();
      best = x;
    }
  }
  return all;
}

}  // namespace

class TestApgd : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void checks() {
    QCOMPARE(apgdChecks(100), (std::vector<int>{22, 41, 57, 70, 80, 87, 93, 99}));
    QCOMPARE(apgdChecks(20),
             (std::vector<int>{4, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}));
    QCOMPARE(apgdChecks(1), (std::vector<int>{1}));
  }

  // f = 5, 4, 6, 7, 8: three rises in four steps are not more than ¾ of them.
  void threeRisesOfFourHalve() {
    const NormBall ball(centre(), Norm::linf, 8);
    Apgd apgd(ball, 20);
    at::Tensor x = ball.clean();
    for (const double value : {5, 4, 6, 7}) {
      x = apgd.next(x, at::ones_like(x), value);
      QCOMPARE(apgd.step(), 16.);
    }
    apgd.next(x, at::ones_like(x), 8);
    QCOMPARE(apgd.step(), 8.);
    Apgd rising(ball, 20);
    x = ball.clean();
    for (const double value : {3, 4, 6, 7, 8}) x = rising.next(x, at::ones_like(x), value);
    QCOMPARE(rising.step(), 16.);
  }

  // A linear function is at its greatest after one step, in either norm.
  void linear_data() {
    QTest::addColumn<bool>("euclidean");
    QTest::newRow("linf") << false;
    QTest::newRow("l2") << true;
  }
  void linear() {
    const QFETCH(bool, euclidean);
    const at::Tensor slope = at::cos(at::arange(192, at::kDouble)).view({1, 3, kSide, kSide});
    const NormBall ball(centre(), euclidean ? Norm::l2 : Norm::linf, 8);
    Apgd apgd(ball, 20);
    const at::Tensor reached = apgd.next(ball.clean(), slope, 0);
    const at::Tensor best =
        ball.clean() + (euclidean ? 8 * slope / slope.norm() : 8 * at::sign(slope));
    QVERIFY((reached - best).abs().max().item<double>() < 1e-9);
  }

  void plainLoopGivesTheSame_data() {
    QTest::addColumn<int>("steps");
    QTest::newRow("few") << 20;
    QTest::newRow("many") << 100;
  }
  void plainLoopGivesTheSame() {
    const QFETCH(int, steps);
    const Hills hills;
    const auto expected = plainLoop(hills, 12, steps, apgdChecks(steps));
    const NormBall ball(centre(), Norm::linf, 12);
    Apgd apgd(ball, steps);
    at::Tensor x = ball.clean();
    for (int k = 0; k < steps; ++k) {
      x = apgd.next(x, hills.gradient(x), hills.value(x));
      const at::Tensor loop = at::tensor(expected[static_cast<std::size_t>(k) + 1], at::kDouble);
      QVERIFY2((x.flatten() - loop).abs().max().item<double>() < 1e-9,
               concat("step ", k + 1).c_str());
    }
    QVERIFY(apgd.step() < 24);
  }

  // As an attack it closes in on a summit that steps of one size jump over.
  void closesIn() {
    const NormBall ball(centre().to(at::kFloat), Norm::linf, 12);
    const at::Tensor summit = ball.clean() + 5.3 * at::cos(Hills().places.to(at::kFloat));
    const ImageFunction function = [&](const at::Tensor& pixels) {
      ObjectiveValue found;
      found.value = -at::square(pixels - summit).mean();
      return found;
    };
    const auto farthest = [&](bool apgd) {
      GradientSettings settings;
      settings.iterations = 100;
      settings.alpha = 4;
      settings.apgd = apgd;
      settings.keepBest = true;
      const AttackResult result = runGradientAttack(function, ball, settings, {}, {});
      double greatest = -1e9;
      for (const AttackIteration& iteration : result.iterations)
        greatest = std::max(greatest, iteration.objective);
      return std::sqrt(-greatest);
    };
    QVERIFY2(farthest(true) < 0.5, concat(farthest(true)).c_str());
    QVERIFY2(farthest(false) > 1, concat(farthest(false)).c_str());
  }
};

QTEST_APPLESS_MAIN(TestApgd)
#include "tst_apgd.moc"
