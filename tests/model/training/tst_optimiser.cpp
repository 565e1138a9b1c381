#include <ATen/ATen.h>

#include <QtTest>

#include "model/training/optimiser.h"

using namespace uninet;

namespace {

/// Both update rules on one number, written out from their definitions.
struct Reference {
  double theta = 1, m = 0, v = 0;
  void adamw(double g, int t, double rate, double decay) {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    const double mHat = m / (1 - std::pow(0.9, t)), vHat = v / (1 - std::pow(0.999, t));
    theta = theta - rate * decay * theta - rate * mHat / (std::sqrt(vHat) + 1e-8);
  }
  void radam(double g, int t, double rate, double decay) {
    v = 0.999 * v + 0.001 * g * g;
    m = 0.9 * m + 0.1 * g;
    const double b2t = std::pow(0.999, t), rhoInf = 1999;
    const double rho = rhoInf - 2 * t * b2t / (1 - b2t);
    theta -= decay * rate * theta;
    if (rho >= 5) {
      const double r = std::sqrt((1 - b2t) * (rho - 4) / (rhoInf - 4) * (rho - 2) / rho * rhoInf /
                                 (rhoInf - 2)) /
                       (1 - std::pow(0.9, t));
      theta -= rate * r * m / (std::sqrt(v) + 1e-8);
    } else {
      theta -= rate / (1 - std::pow(0.9, t)) * m;
    }
  }
};

}  // namespace

class TestOptimiser : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void followsDefinition_data() {
    QTest::addColumn<bool>("radam");
    QTest::newRow("adamw") << false;
    QTest::newRow("radam") << true;
  }
  void followsDefinition() {
    QFETCH(bool, radam);
    Weights weights;
    weights.add("w", at::ones({1, 1, 1, 1}), false);
    weights.add("bias", at::ones({1}), false);
    weights.add("mean", at::ones({1}), true);
    Optimiser::Settings settings;
    settings.kind = radam ? OptimiserKind::radam : OptimiserKind::adamw;
    Optimiser optimiser(weights, settings);
    QCOMPARE(optimiser.parameters().size(), std::size_t{2});
    Reference conv, bias;
    for (int t = 1; t <= 12; ++t) {
      const double g = std::sin(t) + 0.3, rate = 0.01 * t;
      optimiser.step({at::full({1, 1, 1, 1}, g), at::full({1}, g)}, rate);
      if (radam) {
        conv.radam(g, t, rate, 0.05);
        bias.radam(g, t, rate, 0);
      } else {
        conv.adamw(g, t, rate, 0.05);
        bias.adamw(g, t, rate, 0);
      }
      QVERIFY(std::abs(weights.at("w").item<double>() - conv.theta) < 1e-5);
      QVERIFY(std::abs(weights.at("bias").item<double>() - bias.theta) < 1e-5);
    }
    QCOMPARE(weights.at("mean").item<double>(), 1.0);
  }
};

QTEST_APPLESS_MAIN(TestOptimiser)
#include "tst_optimiser.moc"
