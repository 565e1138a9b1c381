#include <ATen/ATen.h>

#include <QtTest>
#include <atomic>
#include <cmath>

#include "attacks/engine/gradient_attack.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

/// Σ w · x: the optimum of the l∞ ball is x + ε · sign w.
ObjectiveValue weighted(const at::Tensor& weights, const at::Tensor& pixels) {
  return {(weights * pixels).sum(), {}};
}

}  // namespace

class TestGradientAttack : public QObject {
  Q_OBJECT

  Sample sample_ = smallSample();

 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void stoppedRunKeepsTheBestSoFar() {
    const NormBall ball(pixelsFromImage(sample_.image), Norm::linf, 8);
    std::atomic<bool> stop{false};
    GradientSettings settings;
    settings.iterations = 6;
    const ImageFunction sum = [](const at::Tensor& pixels) {
      return weighted(at::ones({}), pixels);
    };
    const AttackResult result =
        runGradientAttack(sum, ball, settings, Progress({}, &stop),
                          [&](const AttackIteration& it) { stop = it.iteration == 3; });
    QVERIFY(result.cancelled);
    QCOMPARE(result.iterationsDone, 3);
    QCOMPARE(result.norms.linf, 3.0);
  }

  void linearModelReachesTheOptimum_data() {
    QTest::addColumn<bool>("descend");
    QTest::newRow("raise") << false;
    QTest::newRow("lower") << true;
  }

  void linearModelReachesTheOptimum() {
    const QFETCH(bool, descend);
    const at::Tensor clean = at::full({1, 3, 8, 8}, 100.f);
    const at::Tensor weights = at::linspace(-1, 1, clean.numel()).view(clean.sizes());
    const ImageFunction function = [&](const at::Tensor& pixels) {
      return weighted(weights, pixels);
    };
    const double sign = descend ? -1 : 1;
    GradientSettings settings;
    settings.alpha = 4;
    settings.descend = descend;
    const AttackResult linf =
        runGradientAttack(function, NormBall(clean, Norm::linf, 4), settings, {}, {});
    QVERIFY(at::equal(pixelsFromImage(linf.image), clean + sign * 4 * at::sign(weights)));

    settings.alpha = 40;
    settings.iterations = 20;
    const NormBall ball(clean, Norm::l2, 100);
    const AttackResult l2 = runGradientAttack(function, ball, settings, {}, {});
    const double optimum = 100 * weights.norm().item<double>();
    const double reached =
        sign * (l2.iterations.back().objective - l2.iterations.front().objective);
    QVERIFY(reached >= 0.99 * optimum);
    QVERIFY(reached <= 1.0001 * optimum);
  }

  /// A split under one seed would otherwise have the same noise on each of its images.
  void randomStartsDifferBetweenImages() {
    GradientSettings settings;
    settings.randomStart = true;
    settings.seed = 3;
    // A flat function: the start is the result.
    const ImageFunction flat = [](const at::Tensor& pixels) {
      return weighted(at::zeros({}), pixels);
    };
    const auto noiseOn = [&](const at::Tensor& clean) {
      const NormBall ball(clean, Norm::linf, 8);
      return pixelsFromImage(runGradientAttack(flat, ball, settings, {}, {}).image) -
             clean.to(at::kFloat);
    };
    const at::Tensor clean = at::full({1, 3, 8, 8}, 100.f);
    at::Tensor other = clean.clone();
    other[0][2][7][7] = 101;
    const at::Tensor noise = noiseOn(clean);
    QVERIFY(noise.abs().max().item<double>() > 4);
    QVERIFY(at::equal(noise, noiseOn(clean)));
    QVERIFY(at::equal(noise, noiseOn(clean.to(at::kDouble))));
    // Of 192 values in -8 to 8 some 6 % are equal by chance.
    QVERIFY((noise == noiseOn(other)).to(at::kFloat).mean().item<double>() < 0.2);
  }

  void agreesWithAPlainLoop() {
    // A curved function with a known gradient: Σ w x² / 2 has gradient w · x.
    const at::Tensor clean = pixelsFromImage(sample_.image).slice(2, 0, 8).slice(3, 0, 8);
    const at::Tensor weights = at::linspace(-1, 1, clean.numel()).view(clean.sizes());
    GradientSettings settings;
    settings.alpha = 0.75;
    settings.iterations = 7;
    settings.momentum = 0.9;
    const NormBall ball(clean, Norm::linf, 3);
    const AttackResult result = runGradientAttack(
        [&](const at::Tensor& x) {
          return ObjectiveValue{(weights * x * x).sum() / 2, {}};
        },
        ball, settings, {}, {});

    const at::Tensor flat = clean.contiguous().flatten(), w = weights.contiguous().flatten();
    std::vector<double> x(static_cast<std::size_t>(flat.numel())), v(x.size(), 0);
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = flat[static_cast<std::int64_t>(i)].item<double>();
    const std::vector<double> start = x;
    for (int k = 0; k <= 7; ++k) {
      double value = 0, size = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double wi = w[static_cast<std::int64_t>(i)].item<double>();
        value += wi * x[i] * x[i] / 2;
        size += std::abs(wi * x[i]);
      }
      const double found = result.iterations[static_cast<std::size_t>(k)].objective;
      QVERIFY(std::abs(found - value) <= 1e-6 * size * 128);
      for (std::size_t i = 0; i < x.size(); ++i) {
        v[i] = 0.9 * v[i] + w[static_cast<std::int64_t>(i)].item<double>() * x[i] / size;
        x[i] += 0.75 * (v[i] > 0 ? 1 : v[i] < 0 ? -1 : 0);
        x[i] = std::clamp(std::clamp(x[i], start[i] - 3, start[i] + 3), 0., 255.);
      }
    }
  }

  void earlyStopEndsTheRun() {
    GradientSettings settings;
    settings.iterations = 50;
    settings.patience = 3;
    const ImageFunction flat = [](const at::Tensor& pixels) {
      return ObjectiveValue{(pixels * 0).sum() + 5, {}};
    };
    const AttackResult result = runGradientAttack(
        flat, NormBall(at::full({1, 3, 4, 4}, 9.f), Norm::linf, 4), settings, {}, {});
    QCOMPARE(result.iterationsDone, 3);
  }

  void targetedAttackStandsStillAtItsTarget() {
    // A prediction that the depth map equals already: the hidden category has its neighbour's
    // depth.
    const at::Tensor clean = at::full({1, 3, 4, 4}, 9.f);
    GradientSettings settings;
    settings.iterations = 3;
    settings.descend = true;
    const AttackResult result = runGradientAttack(
        [](const at::Tensor& pixels) {
          const at::Tensor squares = at::square(pixels - 9).mean();
          return ObjectiveValue{squares.item<double>() > 0 ? squares.sqrt() : squares, {}};
        },
        NormBall(clean, Norm::linf, 4), settings, {}, {});
    QCOMPARE(result.norms.l0, std::int64_t{0});
  }
};

QTEST_APPLESS_MAIN(TestGradientAttack)
#include "tst_gradient_attack.moc"
