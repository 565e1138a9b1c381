// The l1 ball within the range of pixels, and APGD in it: worked numbers, brute force, a plain
// loop.
#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "attacks/engine/apgd_l1.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/l1_ball.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "model/engine/engine.h"
#include "model/network/network.h"

using namespace uninet;

namespace {

using Values = std::vector<double>;

at::Tensor tensorOf(const Values& values) { return at::tensor(values, at::kDouble); }

bool near(const at::Tensor& found, const at::Tensor& expected, double within) {
  const double off = (found - expected).abs().max().item<double>();
  if (off > within) qWarning("off by %g", off);
  return off <= within;
}

double sum(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.,
                         [](double total, double v) { return total + std::abs(v); });
}

/// The projection once more: λ by halving, nothing else.
Values projected(const Values& wanted, const Values& clean, double epsilon) {
  const auto at = [&](double lambda) {
    Values delta(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const double room = wanted[i] > 0 ? 255 - clean[i] : clean[i];
      delta[i] = std::copysign(std::clamp(std::abs(wanted[i]) - lambda, 0., room), wanted[i]);
    }
    return delta;
  };
  if (sum(at(0)) <= epsilon) return at(0);
  double low = 0, high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (sum(at(middle)) > epsilon ? low : high) = middle;
  }
  return at(high);
}

struct Problem {
  Values clean, slope;

  Problem(std::size_t n, std::uint64_t seed) {
    Random random(seed);
    for (std::size_t i = 0; i < n; ++i) {
      clean.push_back(std::floor(random.uniform(0, 256)));
      slope.push_back(random.uniform(-1, 1));
    }
  }
  /// Room filled by falling |slope| until `epsilon` is spent.
  double optimum(double epsilon) const {
    std::vector<std::size_t> order(slope.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return std::abs(slope[a]) > std::abs(slope[b]);
    });
    double gain = 0;
    for (const std::size_t i : order) {
      const double room = std::min(epsilon, slope[i] > 0 ? 255 - clean[i] : clean[i]);
      gain += room * std::abs(slope[i]);
      epsilon -= room;
    }
    return gain;
  }
  at::Tensor image() const {
    return tensorOf(clean).view({1, 3, 1, static_cast<std::int64_t>(clean.size() / 3)});
  }
};

}  // namespace

class TestL1Ball : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void workedNumbers() {
    const at::Tensor wanted = tensorOf({30, -20, 6, 50, -2});
    // Where the range does not matter it is the ball of Duchi et al.: θ = 40/3.
    const at::Tensor middle = at::full({5}, 127., at::kDouble);
    QVERIFY(near(nearestWithinL1(wanted, middle, 60), tensorOf({50. / 3, -20. / 3, 0, 110. / 3, 0}),
                 1e-9));
    const at::Tensor clean = tensorOf({100, 10, 128, 240, 50});
    QVERIFY(near(nearestWithinL1(wanted, clean, 60), tensorOf({29, -10, 5, 15, -1}), 1e-9));
    // Inside: only the range.
    QVERIFY(near(nearestWithinL1(wanted, clean, 200), tensorOf({30, -10, 6, 15, -2}), 1e-9));
    QVERIFY(near(nearestWithinL1(tensorOf({0.5}), tensorOf({7.}), 0.1), tensorOf({0.1}), 1e-12));
    QVERIFY(near(nearestWithinL1(wanted, clean, 0), at::zeros({5}, at::kDouble), 1e-12));
  }

  void equalsHalving() {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      const Problem problem(3 + 40 * (seed % 5), seed);
      Random random(seed + 1000);
      Values wanted;
      for (std::size_t i = 0; i < problem.clean.size(); ++i)
        // Ties, zeros and whole values too.
        wanted.push_back(seed % 2 == 0 ? random.uniform(-300, 300)
                                       : std::round(random.uniform(-4, 4)));
      const double epsilon = random.uniform(0, 2) * 10 * static_cast<double>(seed % 7 + 1);
      const Values expected = projected(wanted, problem.clean, epsilon);
      const at::Tensor found = nearestWithinL1(tensorOf(wanted), tensorOf(problem.clean), epsilon);
      QVERIFY(near(found, tensorOf(expected), 1e-6));
      QVERIFY(found.abs().sum().item<double>() <= epsilon + 1e-9);
    }
  }

  void roundingTruncates() {
    const at::Tensor clean = at::tensor({100.f, 10.f, 128.f, 240.f, 50.f, 9.f}).view({1, 3, 1, 2});
    const NormBall ball(clean, Norm::l1, 60);
    const auto rounded = [&](const Values& delta) {
      return ball.rounded(clean + tensorOf(delta).to(at::kFloat).view(clean.sizes())) - clean;
    };
    const auto row = [&](const Values& delta) {
      return tensorOf(delta).to(at::kFloat).view(clean.sizes());
    };
    QVERIFY(rounded({29.7, -9.9, 4.6, 14.5, -0.8, 0.5}).equal(row({29, -9, 4, 14, 0, 0})));
    // Noise of float32 costs no unit, unless the ball does not hold it.
    QVERIFY(rounded({28.99999, -10, 5, 15, -1, 0}).equal(row({29, -10, 5, 15, -1, 0})));
    QVERIFY(rounded({29.99999, -10, 5, 15, -1, 0}).equal(row({29, -10, 5, 15, -1, 0})));
    // The projection that ends at whole values comes out whole.
    const at::Tensor found = ball.rounded(ball.project(clean + row({30, -20, 6, 50, -2, 0})));
    QVERIFY((found - clean).equal(row({29, -10, 5, 15, -1, 0})));
  }

  void sparseStepsOfTheGreatest() {
    const at::Tensor slope = at::arange(1, 11, at::kDouble) *
                             at::tensor({1., -1., 1., -1., 1., -1., 1., -1., 1., -1.}, at::kDouble);
    // Rank ⌊0.8 · 10⌋ = 8, from 0: the two greatest.
    QVERIFY(near(sparseDirection(slope, 0.2, 10), tensorOf({0, 0, 0, 0, 0, 0, 0, 0, 0.5, -0.5}),
                 1e-12));
    QVERIFY(near(sparseDirection(slope, 0, 10), tensorOf({0, 0, 0, 0, 0, 0, 0, 0, 0, -1}), 1e-12));
    QVERIFY(near(sparseDirection(at::zeros({10}, at::kDouble), 0.2, 10),
                 at::zeros({10}, at::kDouble), 0));
    // A region of 5 values: the greatest fifth of those.
    const at::Tensor inside = slope * (at::arange(10, at::kLong) < 5);
    QVERIFY(near(sparseDirection(inside, 0.2, 5), tensorOf({0, 0, 0, 0, 1, 0, 0, 0, 0, 0}), 1e-12));
    QVERIFY(near(sparseDirection(inside, 1, 5),
                 tensorOf({0.2, -0.2, 0.2, -0.2, 0.2, 0, 0, 0, 0, 0}), 1e-12));
  }

  // 100 steps come within 0.3 % of the optimum of a linear function.
  void linearFunctionNearItsOptimum_data() {
    QTest::addColumn<int>("values");
    QTest::addColumn<double>("epsilon");
    QTest::newRow("few") << 300 << 2000.;
    QTest::newRow("less") << 300 << 300.;
    QTest::newRow("many") << 3000 << 5000.;
  }
  void linearFunctionNearItsOptimum() {
    const QFETCH(int, values);
    const QFETCH(double, epsilon);
    const Problem problem(static_cast<std::size_t>(values), 5);
    const at::Tensor slope = tensorOf(problem.slope).view(problem.image().sizes());
    const NormBall ball(problem.image(), Norm::l1, epsilon);
    ApgdL1 apgd(ball, 100);
    at::Tensor x = ball.clean();
    double best = 0;
    for (int k = 0; k < 100; ++k) {
      x = apgd.next(x, slope, (slope * x).sum().item<double>());
      QVERIFY(ball.length(x - ball.clean()) <= epsilon * (1 + 1e-9));
      QVERIFY(x.min().item<double>() >= 0 && x.max().item<double>() <= 255);
      best = std::max(best, (slope * (x - ball.clean())).sum().item<double>());
    }
    const double optimum = problem.optimum(epsilon);
    QVERIFY(best <= optimum * (1 + 1e-9));
    QVERIFY2(best >= 0.997 * optimum, concat(best / optimum).c_str());
  }

  // The rule written once more on plain numbers; a curved function, so that it goes back as well.
  void plainLoopGivesTheSame_data() {
    QTest::addColumn<int>("steps");
    QTest::newRow("few") << 20;
    QTest::newRow("many") << 100;
  }
  void plainLoopGivesTheSame() {
    const QFETCH(int, steps);
    const Problem problem(192, 3);
    const double epsilon = 900;
    const auto value = [&](const Values& x) {
      double total = 0;
      for (std::size_t i = 0; i < x.size(); ++i)
        total += problem.slope[i] * x[i] + 8 * std::sin(0.05 * x[i] + static_cast<double>(i));
      return total;
    };
    const auto slope = [&](const Values& x) {
      Values g(x.size());
      for (std::size_t i = 0; i < x.size(); ++i)
        g[i] = problem.slope[i] + 0.4 * std::cos(0.05 * x[i] + static_cast<double>(i));
      return g;
    };
    const NormBall ball(problem.image(), Norm::l1, epsilon);
    ApgdL1 apgd(ball, steps);
    at::Tensor pixels = ball.clean();

    Values x = problem.clean, best = x;
    const auto n = static_cast<double>(x.size());
    double bestValue = value(x), eta = epsilon, kappa = 0.2, before = n;
    const int window = std::max(static_cast<int>(0.04 * steps), 1);
    int restarts = 0, slower = 0;
    for (int k = 0; k < steps; ++k) {
      pixels = apgd.next(pixels, tensorOf(slope(x)).view(pixels.sizes()), value(x));
      if (value(x) > bestValue) {
        bestValue = value(x);
        best = x;
      }
      if (k > 0 && k % window == 0) {
        double changed = 0;
        for (std::size_t i = 0; i < x.size(); ++i) changed += best[i] != problem.clean[i] ? 1 : 0;
        kappa = changed / (1.5 * n);
        if (changed < 0.95 * before) {
          eta = epsilon;
          x = best;
          ++restarts;
        } else {
          eta = std::max(eta / 1.5, epsilon / 10);
          ++slower;
        }
        before = changed;
      }
      const Values g = slope(x);
      Values sizes;
      for (const double v : g) sizes.push_back(std::abs(v));
      std::sort(sizes.begin(), sizes.end());
      const double least =
          sizes[std::min(static_cast<std::size_t>((1 - kappa) * n), sizes.size() - 1)];
      const auto chosen = static_cast<double>(
          std::count_if(g.begin(), g.end(), [&](double v) { return std::abs(v) >= least; }));
      Values wanted(x.size());
      for (std::size_t i = 0; i < x.size(); ++i)
        wanted[i] = x[i] - problem.clean[i] +
                    (std::abs(g[i]) >= least ? std::copysign(eta / chosen, g[i]) : 0);
      x = projected(wanted, problem.clean, epsilon);
      for (std::size_t i = 0; i < x.size(); ++i) x[i] += problem.clean[i];
      QVERIFY2(near(pixels.flatten(), tensorOf(x), 1e-6), concat("step ", k + 1).c_str());
    }
    QCOMPARE(apgd.step(), eta);
    QVERIFY(restarts > 0 && slower > 0);
  }

  // As an attack: in the ball and in the region, with its size in l1 said.
  void attackOnALinearFunction() {
    const Problem problem(300, 9);
    const at::Tensor clean = problem.image().to(at::kFloat);
    const at::Tensor slope = tensorOf(problem.slope).to(at::kFloat).view(clean.sizes());
    at::Tensor region = at::zeros({1, 1, 1, 100});
    region.narrow(3, 20, 50).fill_(1);
    for (const bool apgd : {false, true}) {
      const NormBall ball(clean, Norm::l1, 700, region);
      QCOMPARE(ball.freeValues(), std::int64_t{150});
      GradientSettings settings;
      settings.iterations = 60;
      settings.alpha = 70;
      settings.apgd = apgd;
      settings.randomStart = true;
      const AttackResult result = runGradientAttack(
          [&](const at::Tensor& x) {
            return ObjectiveValue{(slope * x).sum(), {}};
          },
          ball, settings, {}, {});
      const at::Tensor delta = pixelsFromImage(result.image) - clean;
      QVERIFY((delta * (1 - region)).abs().max().item<double>() == 0);
      const double size = delta.abs().sum().item<double>();
      QVERIFY2(size <= 700 && size > 500, concat(size).c_str());
      QCOMPARE(result.notes, (std::vector<std::string>{concat(
                                 "the changes of all values add up to ", size, " px (l1)")}));
      Problem inside = problem;
      for (std::size_t i = 0; i < 300; ++i)
        if (i % 100 < 20 || i % 100 >= 70) inside.slope[i] = 0;
      const double reached = (slope * delta).sum().item<double>();
      const double share = reached / inside.optimum(700);
      // Steps of one size spread the sum over a fifth of the values.
      QVERIFY2(share > (apgd ? 0.9 : 0.75), concat(share).c_str());
    }
  }
};

QTEST_APPLESS_MAIN(TestL1Ball)
#include "tst_l1_ball.moc"
