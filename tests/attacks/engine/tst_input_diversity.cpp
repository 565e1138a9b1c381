// Diverse inputs: the map and its transpose, targets that move along, and draws.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/input_diversity.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

/// Bilinear with half-pixel centres, of one plane, by its definition.
double sampled(const at::Tensor& plane, double y, double x) {
  const std::int64_t rows = plane.size(0), columns = plane.size(1);
  y = std::clamp(y, 0., static_cast<double>(rows - 1));
  x = std::clamp(x, 0., static_cast<double>(columns - 1));
  const auto y0 = static_cast<std::int64_t>(y), x0 = static_cast<std::int64_t>(x);
  const std::int64_t y1 = std::min(y0 + 1, rows - 1), x1 = std::min(x0 + 1, columns - 1);
  const double v = y - static_cast<double>(y0), u = x - static_cast<double>(x0);
  const auto value = [&](std::int64_t i, std::int64_t j) { return plane[i][j].item<double>(); };
  return (1 - v) * ((1 - u) * value(y0, x0) + u * value(y0, x1)) +
         v * ((1 - u) * value(y1, x0) + u * value(y1, x1));
}

const ShrunkImage kShrunk{20, 30, 18, 27, 1, 2};

}  // namespace

class TestInputDiversity : public QObject {
  Q_OBJECT

  AttackCase given_;

  AttackResult run(const nlohmann::json& values, Arithmetic arithmetic = Arithmetic::plan) {
    const AttackInfo& pgd = attackByKey("pgd");
    nlohmann::json options{{"objective", "seg"}, {"epsilon", 4}};
    options.update(values);
    return pgd.run({given_.engine.withArithmetic(arithmetic), given_.sample},
                   *optionsOf(pgd, options), {}, {});
  }

 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void imageShrinksIntoItsFrame() {
    const at::Tensor image = at::sin(at::arange(3 * 600, at::kDouble)).view({1, 3, 20, 30}) * 99;
    const at::Tensor pad = at::tensor({1., 2., 3.}, at::kDouble).view({1, 3, 1, 1});
    const at::Tensor made = kShrunk.of(image, pad);
    QCOMPARE(made.sizes(), image.sizes());
    for (std::int64_t c = 0; c < 3; ++c)
      for (std::int64_t y = 0; y < 20; ++y)
        for (std::int64_t x = 0; x < 30; ++x) {
          const double v = static_cast<double>(y - 1), u = static_cast<double>(x - 2);
          const bool inside = v >= 0 && v < 18 && u >= 0 && u < 27;
          const double expected =
              inside ? sampled(image[0][c], (v + 0.5) * 20 / 18 - 0.5, (u + 0.5) * 30 / 27 - 0.5)
                     : static_cast<double>(c + 1);
          QVERIFY(std::abs(made[0][c][y][x].item<double>() - expected) < 1e-9);
        }
  }

  // ⟨T v, u⟩ = ⟨v, Tᵀ u⟩.
  void gradientIsTheTranspose() {
    const at::AutoGradMode mode(true);
    const at::Tensor v =
        at::sin(at::arange(1800, at::kDouble)).view({1, 3, 20, 30}).requires_grad_(true);
    const at::Tensor u = at::cos(at::arange(1800, at::kDouble) * 1.7).view({1, 3, 20, 30});
    const at::Tensor product = (kShrunk.of(v, at::zeros({1, 3, 1, 1}, at::kDouble)) * u).sum();
    const at::Tensor transposed = torch::autograd::grad({product}, {v})[0];
    QVERIFY(std::abs(product.item<double>() - (v * transposed).sum().item<double>()) < 1e-9);
    QVERIFY(transposed.abs().max().item<double>() > 0.5);
  }

  void targetsMoveAlong() {
    Targets targets;
    targets.segment = at::arange(600, at::kLong).view({1, 20, 30});
    targets.depth = at::arange(600, at::kFloat).view({1, 1, 20, 30});
    Targets::Objects objects;
    objects.boxes = at::tensor({10.f, 5.f, 20.f, 15.f}).view({1, 4});
    objects.labels = at::ones({1}, at::kLong);
    objects.depths = at::full({1}, 12.f);
    targets.objects = {objects};
    targets.pinholes = {{100, 80, 15, 9}};
    targets.edges = targets.depth.remainder(2);
    targets.normals =
        at::stack({targets.depth[0][0], targets.depth[0][0], targets.depth[0][0]}).unsqueeze(0);
    const Targets moved = kShrunk.of(targets);
    for (std::int64_t y = 0; y < 20; ++y)
      for (std::int64_t x = 0; x < 30; ++x) {
        const double v = static_cast<double>(y - 1), u = static_cast<double>(x - 2);
        const bool inside = v >= 0 && v < 18 && u >= 0 && u < 27;
        const auto row = static_cast<std::int64_t>(std::floor((v + 0.5) * 20 / 18));
        const auto column = static_cast<std::int64_t>(std::floor((u + 0.5) * 30 / 27));
        const std::int64_t expected = inside ? row * 30 + column : -1;
        QCOMPARE(moved.segment[0][y][x].item<std::int64_t>(), expected);
        QCOMPARE(moved.depth[0][0][y][x].item<float>(), static_cast<float>(expected));
        // Outside of the image there is neither an edge known nor a normal.
        QCOMPARE(moved.edges[0][0][y][x].item<float>(),
                 expected < 0 ? -1.f : static_cast<float>(expected % 2));
        QCOMPARE(moved.normals[0][1][y][x].item<float>(),
                 expected < 0 ? 0.f : static_cast<float>(expected));
      }
    const float box[] = {10 * 0.9f + 2, 5 * 0.9f + 1, 20 * 0.9f + 2, 15 * 0.9f + 1};
    for (int i = 0; i < 4; ++i)
      QVERIFY(std::abs(moved.objects[0].boxes[0][i].item<float>() - box[i]) < 1e-5f);
    QCOMPARE(moved.objects[0].depths[0].item<float>(), 12.f);
    // Surface normals are made with it: the middle of each pixel goes where its value went.
    const Pinhole& pinhole = moved.pinholes[0];
    QVERIFY(std::abs(pinhole.fx - 90) < 1e-9 && std::abs(pinhole.fy - 72) < 1e-9);
    QVERIFY(std::abs(pinhole.u0 - 15.45) < 1e-9 && std::abs(pinhole.v0 - 9.05) < 1e-9);
    // The given ones stay.
    QCOMPARE(targets.objects[0].boxes[0][0].item<float>(), 10.f);
    QCOMPARE(targets.segment[0][0][0].item<std::int64_t>(), std::int64_t{0});
  }

  // Every scale and every place, both ends included.
  void drawsCoverTheRoom() {
    std::set<std::int64_t> heights, tops, lefts;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
      Random random(seed);
      const ShrunkImage drawn = ShrunkImage::draw(random, 20, 30);
      heights.insert(drawn.height);
      QVERIFY(drawn.width >= 27 && drawn.width < 30);
      QVERIFY(drawn.top >= 0 && drawn.top + drawn.height <= 20);
      QVERIFY(drawn.left >= 0 && drawn.left + drawn.width <= 30);
      if (drawn.height == 18) tops.insert(drawn.top);
      if (drawn.width == 27) lefts.insert(drawn.left);
    }
    QCOMPARE(heights, (std::set<std::int64_t>{18, 19}));
    QCOMPARE(tops, (std::set<std::int64_t>{0, 1, 2}));
    QCOMPARE(lefts, (std::set<std::int64_t>{0, 1, 2, 3}));
  }

  void probabilityZeroChangesNothing() {
    const AttackInput input{given_.engine, given_.sample};
    std::vector<std::string> notes;
    ObjectiveOptions options;
    options.objective = "seg";
    const Objective objective(given_.engine, attackTargets(input, notes), options);
    const NormBall ball = ballOf(input, BallOptions{"linf", 4, 0});
    GradientSettings settings;
    settings.iterations = 5;
    settings.momentum = 1;
    const ImageFunction function = onImage(given_.engine, objective.function());
    const AttackResult plain = runGradientAttack(function, ball, settings, {}, {});
    settings.variant = diverseInputs(input, objective, 0);
    QVERIFY(same(runGradientAttack(function, ball, settings, {}, {}).image, plain.image));
    settings.variant = diverseInputs(input, objective, 1);
    QVERIFY(!same(runGradientAttack(function, ball, settings, {}, {}).image, plain.image));
  }

  void seedFixesTheDraws() {
    const nlohmann::json values{{"diversity", 0.5}, {"momentum", 1}, {"seed", 7}};
    const AttackResult a = run(values);
    QVERIFY(same(a.image, run(values).image));
    auto other = values;
    other["seed"] = 8;
    QVERIFY(!same(a.image, run(other).image));
  }

  void everyWay() {
    QTest::addColumn<QByteArray>("objective");
    QTest::addColumn<bool>("planned");
    for (const char* objective : {"multi-task", "segpgd", "reg"})
      for (const bool planned : {false, true})
        QTest::addRow("%s %s", objective, planned ? "plan" : "ATen")
            << QByteArray(objective) << planned;
  }

  // A short step along the gradient of a shrunk image raises the objective of that one.
  void shrunkImageRises_data() { everyWay(); }
  void shrunkImageRises() {
    const QFETCH(QByteArray, objective);
    const QFETCH(bool, planned);
    const Engine engine =
        given_.engine.withArithmetic(planned ? Arithmetic::plan : Arithmetic::aten);
    const AttackInput input{engine, given_.sample};
    std::vector<std::string> notes;
    ObjectiveOptions options;
    options.objective = objective.toStdString();
    const Objective made(engine, attackTargets(input, notes), options);
    for (const std::uint64_t draw : {1, 2, 3}) {
      const ImageFunction function = diverseInputs(input, made, 1)(draw);
      const NormBall ball = ballOf(input, BallOptions{"linf", 0.25, 0});
      GradientSettings settings;
      settings.alpha = 0.05;
      settings.iterations = 4;
      const AttackResult result = runGradientAttack(function, ball, settings, {}, {});
      QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
    }
  }

  // The objective that is shown is that of the image itself.
  void objectiveIsThatOfTheImage_data() { everyWay(); }
  void objectiveIsThatOfTheImage() {
    const QFETCH(QByteArray, objective);
    const QFETCH(bool, planned);
    const Arithmetic arithmetic = planned ? Arithmetic::plan : Arithmetic::aten;
    const nlohmann::json values{
        {"objective", objective.toStdString()}, {"momentum", 1}, {"nesterov", true}};
    auto diverse = values;
    diverse["diversity"] = 1;
    const AttackResult result = run(diverse, arithmetic), plain = run(values, arithmetic);
    QCOMPARE(result.iterationsDone, plain.iterationsDone);
    // The same but for rounding: values alone and values with a gradient are computed otherwise.
    const double before = plain.iterations.front().objective;
    QVERIFY(std::abs(result.iterations.front().objective - before) <= 1e-4 * std::abs(before));
    if (objective != "reg")
      QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
  }

  // An object whose locations are lost by shrinking: the image itself is followed then.
  void lostTargetsFallBack() {
    const AttackInput input{given_.engine, given_.sample};
    std::vector<std::string> notes;
    ObjectiveOptions options;
    options.objective = "reg";
    const Objective objective(given_.engine, attackTargets(input, notes), options);
    Targets none = objective.targets();
    none.objects[0].boxes = at::zeros({0, 4});
    QVERIFY(!objective.ofTargets(given_.engine, none));
    options.objective = "multi-task";
    const Objective all(given_.engine, attackTargets(input, notes), options);
    const auto rest = all.ofTargets(given_.engine, none);
    QVERIFY(rest.has_value());
    const at::NoGradGuard noGrad;
    const auto losses =
        onImage(given_.engine, rest->function())(pixelsFromImage(given_.sample.image)).losses;
    QCOMPARE(losses.size(), std::size_t{2});
    QVERIFY(losses.contains("seg") && losses.contains("depth"));
  }
};

QTEST_APPLESS_MAIN(TestInputDiversity)
#include "tst_input_diversity.moc"
