// MI- and NI-FGSM: worked numbers, closed forms, and what torchattacks 3.5.1 makes of the same
// function.
#include <ATen/ATen.h>

#include <QtTest>
#include <cmath>
#include <vector>

#include "attacks/engine/gradient_attack.h"
#include "core/base/error.h"
#include "model/engine/engine.h"

using namespace uninet;

namespace {

/// Keeps the points at which a function was evaluated.
struct Seen {
  std::vector<at::Tensor> points;
  int gradients = 0;

  ImageFunction around(std::function<at::Tensor(const at::Tensor&, int gradient)> function) {
    return [this, function](const at::Tensor& pixels) {
      points.push_back(pixels.detach().clone());
      const int number = pixels.requires_grad() ? gradients++ : gradients;
      return ObjectiveValue{function(pixels, number), {}};
    };
  }
};

/// Cross entropy of class 2 of Σ_i sin(0.7 k + 0.37 i + 40 x_i) cos(0.2 i (k + 1)), k = 0 … 4.
at::Tensor waves(const at::Tensor& pixels, int = 0) {
  const at::Tensor x = (pixels / 255).flatten().unsqueeze(0);
  const at::Tensor i = at::arange(x.size(1), at::kDouble).unsqueeze(0);
  const at::Tensor k = at::arange(5, at::kDouble).unsqueeze(1);
  const at::Tensor logits =
      (at::sin(0.7 * k + 0.37 * i + 40 * x) * at::cos(0.2 * i * (k + 1))).sum(1);
  return at::logsumexp(logits, 0) - logits[2];
}

at::Tensor wavesCentre() {
  return (at::arange(48, at::kLong) * 37).remainder(256).to(at::kDouble).view({1, 3, 4, 4});
}

/// 10 steps of 1.6 within 16, decay 1.
GradientSettings published(bool nesterov) {
  GradientSettings settings;
  settings.iterations = 10;
  settings.alpha = 1.6;
  settings.momentum = 1;
  settings.nesterov = nesterov;
  return settings;
}

const std::vector<double> kMi{16,  16,  16,  6.4, 0,   3.2, 0,   16,  9.6, 6.4, 6.4, 6.4,
                              3.2, -16, 3.2, 3.2, 6.4, 9.6, 16,  -16, -16, 0,   6.4, 12.8,
                              16,  16,  -16, -16, 3.2, 16,  16,  16,  16,  16,  16,  -15,
                              -16, -16, 16,  16,  16,  16,  -16, -16, 16,  16,  16,  16};
const std::vector<double> kNi{16,  16,   9.6, 6.4,  3.2, 3.2, 0,     9.6, 6.4,   6.4, 6.4,  6.4,
                              6.4, -9.6, 3.2, 3.2,  6.4, 6.4, 6.4,   -16, -12.8, 3.2, 6.4,  6.4,
                              9.6, 16,   -16, -16,  3.2, 9.6, 16,    16,  16,    16,  12.8, -15,
                              -16, -16,  16,  12.8, 9.6, 9.6, -12.8, -16, 16,    9.6, 9.6,  9.6};

}  // namespace

class TestMomentum : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  // Gradients (4, −1, 0, −3) and (−2, −2, 4, 0) accumulate to (1, −1.5, 2, −1.5).
  void gradientsOfMeanOneAdd() {
    const double slopes[2][4] = {{4, -1, 0, -3}, {-2, -2, 4, 0}};
    for (const double scale : {1., 1e-30}) {
      Seen seen;
      const ImageFunction function = seen.around([&](const at::Tensor& x, int number) {
        const at::Tensor slope =
            at::from_blob(const_cast<double*>(slopes[number % 2]), {4}, at::kDouble);
        return (x * slope * scale).sum();
      });
      GradientSettings settings;
      settings.iterations = 2;
      settings.alpha = std::sqrt(3 * (1 + 2.25 + 4 + 2.25));
      settings.momentum = 1;
      const NormBall ball(at::full({1, 3, 1, 4}, 100., at::kDouble), Norm::l2, 1000);
      runGradientAttack(function, ball, settings, {}, {});
      const at::Tensor step = (seen.points[2] - seen.points[1])[0][0][0];
      const at::Tensor expected = at::tensor({1., -1.5, 2., -1.5}, at::kDouble);
      QVERIFY((step - expected).abs().max().item<double>() < 1e-9);
    }
  }

  // A gradient that vanishes leaves what has been accumulated, and nothing is divided by 0.
  void vanishedGradientKeepsTheDirection() {
    Seen seen;
    const ImageFunction function = seen.around(
        [](const at::Tensor& x, int number) { return x.sum() * (number == 0 ? 1 : 0); });
    GradientSettings settings;
    settings.iterations = 3;
    settings.momentum = 0.5;
    settings.nesterov = true;
    const at::Tensor clean = at::full({1, 3, 2, 2}, 100., at::kDouble);
    const AttackResult result =
        runGradientAttack(function, NormBall(clean, Norm::linf, 8), settings, {}, {});
    QCOMPARE(result.norms.linf, 3.);
    // No momentum yet: the first gradient is that of the image.
    QVERIFY(seen.points[0].equal(clean));
    // Then the value at x₁ = x + 1, and the gradient at x₁ + α μ g = x₁ + 0.5.
    QVERIFY(seen.points[1].equal(clean + 1));
    QVERIFY(seen.points[2].equal(clean + 1.5));
    QVERIFY(seen.points[3].equal(clean + 2));
    QVERIFY(seen.points[4].equal(clean + 2.25));
  }

  void linearFunctionsAreClippedSteps() {
    const at::Tensor slope = at::cos(at::arange(48, at::kDouble)).view({1, 3, 4, 4});
    for (const bool nesterov : {false, true}) {
      Seen seen;
      const ImageFunction function =
          seen.around([&](const at::Tensor& x, int) { return (slope * x).sum(); });
      const at::Tensor clean = wavesCentre();
      GradientSettings settings = published(nesterov);
      settings.iterations = 12;
      runGradientAttack(function, NormBall(clean, Norm::linf, 16), settings, {}, {});
      std::size_t at = 0;
      for (int k = 0; k <= 12; ++k, at += nesterov && k > 1 ? 2 : 1) {
        const at::Tensor expected =
            (clean + std::min(1.6 * k, 16.) * at::sign(slope)).clamp(0, 255);
        QVERIFY2((seen.points[at] - expected).abs().max().item<double>() < 1e-9, concat(k).c_str());
      }
    }
  }

  void torchattacksGivesTheSame_data() {
    QTest::addColumn<bool>("nesterov");
    QTest::newRow("MIFGSM") << false;
    QTest::newRow("NIFGSM") << true;
  }
  void torchattacksGivesTheSame() {
    const QFETCH(bool, nesterov);
    Seen seen;
    const AttackResult result = runGradientAttack(
        seen.around(waves), NormBall(wavesCentre(), Norm::linf, 16), published(nesterov), {}, {});
    const at::Tensor expected = at::tensor(nesterov ? kNi : kMi, at::kDouble).view({1, 3, 4, 4});
    QVERIFY((seen.points.back() - wavesCentre() - expected).abs().max().item<double>() < 1e-4);
    QVERIFY(std::abs(result.iterations.front().objective - 4.383207643660137) < 1e-9);
    QVERIFY(std::abs(result.iterations.back().objective -
                     (nesterov ? 42.85303285349379 : 36.59615740247839)) < 1e-9);
  }

  // Without momentum there is nothing to look ahead to.
  void withoutMomentumItIsPgd() {
    GradientSettings settings = published(true);
    settings.momentum = 0;
    const NormBall ball(wavesCentre(), Norm::linf, 16);
    Seen ahead, plain;
    runGradientAttack(ahead.around(waves), ball, settings, {}, {});
    settings.nesterov = false;
    runGradientAttack(plain.around(waves), ball, settings, {}, {});
    QCOMPARE(ahead.points.size(), plain.points.size());
    for (std::size_t i = 0; i < plain.points.size(); ++i)
      QVERIFY(ahead.points[i].equal(plain.points[i]));
  }
};

QTEST_APPLESS_MAIN(TestMomentum)
#include "tst_momentum.moc"
