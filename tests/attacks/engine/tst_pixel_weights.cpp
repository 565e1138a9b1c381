// SegPGD and CosPGD: worked numbers, closed forms, and both ways to compute the network.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <cmath>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/pixel_weights.h"
#include "core/base/error.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

/// Logits (2, 1, 0) and (0, 1, 2), both with label 0: one right, one wrong.
struct TwoPixels {
  at::Tensor logits = at::tensor({2., 0., 1., 1., 0., 2.}, at::kDouble).view({1, 3, 1, 2});
  at::Tensor labels = at::zeros({1, 1, 2}, at::kLong);

  TwoPixels() { logits.requires_grad_(true); }
  /// With a third pixel that is void.
  static TwoPixels withVoid() {
    TwoPixels made;
    made.logits = at::cat({made.logits.detach(), at::full({1, 3, 1, 1}, 7., at::kDouble)}, 3)
                      .requires_grad_(true);
    made.labels = at::cat({made.labels, at::full({1, 1, 1}, -1, at::kLong)}, 2);
    return made;
  }
};

bool near(double found, double expected, double within = 1e-6) {
  if (std::abs(found - expected) <= within) return true;
  qWarning("expected %.8g, found %.8g", expected, found);
  return false;
}

double weighed(const at::Tensor& logits, const WeighedLabels& target, double done = 0) {
  return weighedCrossEntropy(logits, target).differentiated(done).item<double>();
}

double depthWeight(double predicted, double truth, double farthest = 1) {
  const ObjectiveValue found = cosPgdOfDepth(at::full({1, 1, 1, 1}, predicted, at::kDouble),
                                             at::full({1, 1, 1, 1}, truth, at::kDouble), farthest);
  return found.differentiated(0).item<double>() / found.value.item<double>();
}

}  // namespace

class TestPixelWeights : public QObject {
  Q_OBJECT

  AttackCase given_;

 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void cosineOfSoftmaxAndLabel() {
    const at::AutoGradMode mode(true);
    for (const TwoPixels& two : {TwoPixels(), TwoPixels::withVoid()}) {
      const WeighedLabels target{two.labels, PixelWeights::cosPgd};
      QVERIFY(near(weighed(two.logits, target), 0.341427));
      QVERIFY(near(weighedCrossEntropy(two.logits, target).value.item<double>(), 1.407606));
      WeighedLabels towards = target;
      towards.towards = true;
      QVERIFY(near(weighed(two.logits, towards), 1.066179));

      const at::Tensor gradient = torch::autograd::grad(
          {weighedCrossEntropy(two.logits, target).differentiated(0)}, {two.logits})[0];
      const double expected[2][3] = {{-0.155835, 0.113925, 0.041910},
                                     {-0.057329, 0.015418, 0.041910}};
      for (int x = 0; x < 2; ++x)
        for (int c = 0; c < 3; ++c)
          QVERIFY(near(gradient[0][c][0][x].item<double>(), expected[x][c]));
    }
    // Equal logits: 1/√C.
    const WeighedLabels flat{at::zeros({1, 1, 1}, at::kLong), PixelWeights::cosPgd};
    QVERIFY(
        near(weighed(at::zeros({1, 19, 1, 1}, at::kDouble), flat), std::log(19.) / std::sqrt(19.)));
  }

  void rightAndWrongPixels() {
    for (const TwoPixels& two : {TwoPixels(), TwoPixels::withVoid()}) {
      WeighedLabels target{two.labels, PixelWeights::segPgd};
      const double expected[] = {0.203803, 0.328803, 0.453803, 0.578803};
      for (int t = 1; t <= 4; ++t)
        QVERIFY(near(weighed(two.logits, target, (t - 1) / 4.), expected[t - 1]));
      // Towards a target the pixel that is there begins with no weight.
      target.towards = true;
      QVERIFY(near(weighed(two.logits, target, 0), 2.407606 / 2));
      QVERIFY(near(weighed(two.logits, target, 0.5), (2.407606 * 0.75 + 0.407606 * 0.25) / 2));
      // The value that is kept and shown has no such weights.
      QVERIFY(near(weighedCrossEntropy(two.logits, target).value.item<double>(), 1.407606));
    }
  }

  // Probabilities of the target: 0.665241 and 0.090031.
  void gateLeavesOutWhatIsReached() {
    const TwoPixels two;
    WeighedLabels target{two.labels, PixelWeights::alike, true, {}, 0.66};
    QVERIFY(near(weighed(two.logits, target), 2.407606 / 2));
    target.gate = 0.67;
    QVERIFY(near(weighed(two.logits, target), 1.407606));
    target.fixed = at::tensor({0.9999, 0.0001}, at::kDouble).view({1, 1, 2});
    QVERIFY(near(weighed(two.logits, target), 0.203903));
    QVERIFY(near(weighedCrossEntropy(two.logits, target).value.item<double>(), 0.203903));
    // The second pixel is not at its target, however little probable that has to be.
    target.gate = 0.05;
    QVERIFY(near(weighed(two.logits, target), 0.0001 * 2.407606 / 2));
    target.gate = 1;
    QVERIFY(!weighedCrossEntropy(two.logits, target).differentiated);
  }

  void cosineOfDepths() {
    QVERIFY(near(depthWeight(0.2, 0.5), 0.857493));
    QVERIFY(near(depthWeight(0.2, 0.9), 0.348187));
    QVERIFY(near(depthWeight(2, 9, 10), 0.348187));
    QVERIFY(near(depthWeight(12, 9, 10), depthWeight(1, 0.9), 1e-9));
    // Unknown depth has no part, whatever is predicted there.
    const at::Tensor truth = at::tensor({0.5, -1.}, at::kDouble).view({1, 1, 1, 2});
    for (const double beside : {0.1, 0.9}) {
      const ObjectiveValue found =
          cosPgdOfDepth(at::tensor({0.2, beside}, at::kDouble).view({1, 1, 1, 2}), truth, 1);
      QVERIFY(near(found.value.item<double>(), 0.09));
      QVERIFY(near(found.differentiated(0).item<double>(), 0.857493 * 0.09));
    }
  }

  // The engine says after which share of the steps a gradient is taken, and ranks by the value.
  void engineFollowsWhatIsDifferentiated() {
    std::vector<double> shares;
    const ImageFunction function = [&shares](const at::Tensor& pixels) {
      ObjectiveValue found;
      found.value = pixels.sum();
      found.differentiated = [&shares, pixels](double done) {
        shares.push_back(done);
        return -pixels.sum();
      };
      return found;
    };
    GradientSettings settings;
    settings.iterations = 4;
    const at::Tensor clean = at::full({1, 3, 4, 4}, 9.f);
    const NormBall ball(clean, Norm::linf, 8);
    const AttackResult last = runGradientAttack(function, ball, settings, {}, {});
    QCOMPARE(shares, (std::vector<double>{0, 0.25, 0.5, 0.75}));
    QCOMPARE(last.iterations.back().objective, 48 * 5.);
    settings.keepBest = true;
    QCOMPARE(runGradientAttack(function, ball, settings, {}, {}).norms.l0, std::int64_t{0});
  }

  void objectives_data() {
    QTest::addColumn<QByteArray>("objective");
    QTest::addColumn<bool>("planned");
    for (const WeightedObjective& info : weightedObjectives())
      for (const bool planned : {false, true})
        QTest::addRow("%s %s", info.key, planned ? "plan" : "ATen")
            << QByteArray(info.key) << planned;
  }
  // The first gradient against one in float64, and a run whose value is the plain mean.
  void objectives() {
    const QFETCH(QByteArray, objective);
    const QFETCH(bool, planned);
    const Engine engine =
        given_.engine.withArithmetic(planned ? Arithmetic::plan : Arithmetic::aten);
    const AttackInput input{engine, given_.sample};
    ObjectiveOptions options;
    options.objective = objective.toStdString();
    std::vector<std::string> notes;
    const Targets targets = attackTargets(input, notes);
    const auto gradientOf = [&](const Engine& by) {
      const at::AutoGradMode mode(true);
      const at::Tensor pixels = pixelsFromImage(given_.sample.image).requires_grad_(true);
      const Objective made(by, attackTargets(input, notes), options);
      return torch::autograd::grad({onImage(by, made.function())(pixels).differentiated(0.5)},
                                   {pixels})[0]
          .to(at::kDouble);
    };
    const at::Tensor exact = gradientOf(engine.withArithmetic(Arithmetic::float64));
    const double off = ((gradientOf(engine) - exact).norm() / exact.norm()).item<double>();
    QVERIFY2(off < 0.02, concat(off).c_str());

    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result = pgd.run(
        input,
        *optionsOf(pgd, {{"objective", options.objective}, {"epsilon", 4}, {"keep", "best"}}), {},
        {});
    QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
    const RawOutputs outputs =
        engine.outputs(pixelsFromImage(given_.sample.image), engine.spec().tasks);
    const bool depth = objective.endsWith("depth");
    const at::Tensor terms =
        depth
            ? at::square(outputs.depth - targets.depth).masked_select(targets.depth > 0)
            : at::cross_entropy_loss(outputs.segment, targets.segment, {}, at::Reduction::None, -1)
                  .masked_select(targets.segment >= 0);
    QVERIFY(near(result.iterations.front().objective, terms.mean().item<double>(), 1e-4));
    QVERIFY(result.iterations.front().losses.contains(depth ? "depth" : "seg"));
  }

  void hidingWithWeights_data() {
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<bool>("planned");
    for (const char* values :
         {R"({"pixel-weights": "segpgd"})", R"({"pixel-weights": "cospgd"})",
          R"({"gate": 0.75, "omega": 0.9})", R"({"pixel-weights": "cospgd", "rule": "apgd"})"})
      for (const bool planned : {false, true})
        QTest::addRow("%s %s", values, planned ? "plan" : "ATen") << QByteArray(values) << planned;
  }
  void hidingWithWeights() {
    const QFETCH(QByteArray, values);
    const QFETCH(bool, planned);
    auto json = nlohmann::json::parse(values.toStdString());
    json.update({{"category", given_.category}, {"alpha", 0.01}, {"iterations", 8}});
    const AttackInfo& hide = attackByKey("hide-segmentation");
    const AttackInput input{
        given_.engine.withArithmetic(planned ? Arithmetic::plan : Arithmetic::aten), given_.sample};
    const AttackResult result = hide.run(input, *optionsOf(hide, json), {}, {});
    QCOMPARE(result.iterationsDone, 8);
    double least = 1e9;
    for (const AttackIteration& it : result.iterations) least = std::min(least, it.objective);
    QVERIFY(least < result.iterations.front().objective);
  }
};

QTEST_APPLESS_MAIN(TestPixelWeights)
#include "tst_pixel_weights.moc"
