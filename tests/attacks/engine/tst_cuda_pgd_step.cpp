// The update of gradient attacks as kernels, against NormBall and the gradient loop.
#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/norm_ball.h"
#include "core/base/random.h"
#include "model/cuda/pgd_step_body.h"
#include "support/cuda_grid.h"

using namespace uninet;

namespace {

using Floats = std::vector<float>;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

at::Tensor image(Floats& values, int height, int width) {
  return at::from_blob(values.data(), {1, 3, height, width}, at::kFloat);
}

/// The same bits; any NaN for a NaN.
bool same(const Floats& found, const at::Tensor& expected) {
  const at::Tensor dense = expected.contiguous();
  const float* const e = dense.data_ptr<float>();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (std::isnan(found[i]) && std::isnan(e[i])) continue;
    if (std::bit_cast<std::uint32_t>(found[i]) == std::bit_cast<std::uint32_t>(e[i])) continue;
    qWarning("value %zu: expected %.9g, found %.9g", i, e[i], found[i]);
    return false;
  }
  return found.size() == static_cast<std::size_t>(dense.numel());
}

double greatestDifference(Floats found, const at::Tensor& expected) {
  return (at::from_blob(found.data(), expected.sizes(), at::kFloat) - expected)
      .abs()
      .max()
      .item<double>();
}

/// An attack half-way: clean image, pixels around it, gradient and region.
struct Case {
  int height, width;
  Floats clean, pixels, gradient, region;

  Case(int height, int width, std::uint64_t seed) : height(height), width(width) {
    Random random(seed);
    for (int i = 0; i < 3 * height * width; ++i) {
      clean.push_back(static_cast<float>(std::floor(random.uniform(0, 256))));
      pixels.push_back(
          std::clamp(clean.back() + static_cast<float>(random.uniform(-3, 3)), 0.f, 255.f));
      gradient.push_back(random.chance(0.1) ? 0 : static_cast<float>(random.uniform(-1e-5, 1e-5)));
    }
    for (int i = 0; i < height * width; ++i) region.push_back(random.chance(0.6) ? 1 : 0);
  }
};

}  // namespace

class TestCudaPgdStep : public QObject {
  Q_OBJECT

  static void cases() {
    QTest::addColumn<bool>("card");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("region");
    QTest::addColumn<double>("alpha");
    // The last size is more than all threads at once.
    for (const bool card : cuda::machines())
      for (const auto& [height, width] : {std::pair(1, 1), {7, 13}, {64, 128}, {300, 400}})
        for (const bool region : {false, true})
          for (const double alpha : {1., -0.37})
            QTest::addRow("%s, %dx%d%s, alpha %g", cuda::nameOf(card), height, width,
                          region ? ", region" : "", alpha)
                << card << height << width << region << alpha;
  }

  /// The step by the kernel; in place unless `apart`.
  static Floats stepped(bool card, Norm norm, const Case& given, bool region, double alpha,
                        double epsilon, bool apart = true, cuda::GradientSums* found = nullptr) {
    cuda::Values<float> pixels(card, given.pixels), clean(card, given.clean),
        gradient(card, given.gradient), free(card, given.region), other(card, given.pixels.size());
    cuda::Values<cuda::GradientSums> sums(card, cuda::kPgdSums);
    cuda::PgdStep step;
    step.pixels = pixels.data();
    step.clean = clean.data();
    step.direction = gradient.data();
    step.region = region ? free.data() : nullptr;
    step.out = apart ? other.data() : pixels.data();
    step.plane = static_cast<std::int64_t>(given.height) * given.width;
    step.alpha = alpha;
    step.epsilon = epsilon;
    if (norm == Norm::linf)
      CUDA_RUN(card, stepLinf, step, sums.data());
    else
      CUDA_RUN(card, stepL2, step, sums.data());
    if (found != nullptr) *found = sums.read().front();
    return (apart ? other : pixels).read();
  }

  static at::Tensor expected(Norm norm, Case& given, bool region, double alpha, double epsilon) {
    const at::Tensor free =
        region ? at::from_blob(given.region.data(), {1, 1, given.height, given.width}, at::kFloat)
               : at::Tensor();
    const NormBall ball(image(given.clean, given.height, given.width), norm, epsilon, free);
    const at::Tensor gradient = image(given.gradient, given.height, given.width);
    return ball.step(image(given.pixels, given.height, given.width),
                     alpha < 0 ? -gradient : gradient, std::abs(alpha));
  }

  static Floats withVelocity(bool card, const Floats& gradient, Floats before, double momentum,
                             bool first) {
    cuda::Values<float> given(card, gradient), velocity(card, std::move(before));
    cuda::Values<cuda::GradientSums> sums(card, cuda::kPgdSums);
    const cuda::VelocityStep step{given.data(), velocity.data(),
                                  static_cast<std::int64_t>(gradient.size()), momentum, first};
    CUDA_RUN(card, updateVelocity, step, sums.data());
    return velocity.read();
  }

 private Q_SLOTS:
  void linfIsThatOfTheBall_data() { cases(); }
  void linfIsThatOfTheBall() {
    const QFETCH(bool, card);
    const QFETCH(int, height);
    const QFETCH(int, width);
    const QFETCH(bool, region);
    const QFETCH(double, alpha);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(height, width, 1);
    for (const double epsilon : {0., 0.25, 2.}) {
      const at::Tensor right = expected(Norm::linf, given, region, alpha, epsilon);
      QVERIFY(same(stepped(card, Norm::linf, given, region, alpha, epsilon), right));
      QVERIFY(same(stepped(card, Norm::linf, given, region, alpha, epsilon, false), right));
    }
  }

  void l2IsThatOfTheBall_data() { cases(); }
  void l2IsThatOfTheBall() {
    const QFETCH(bool, card);
    const QFETCH(int, height);
    const QFETCH(int, width);
    const QFETCH(bool, region);
    const QFETCH(double, alpha);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(height, width, 2);
    // Outside of the ball, and inside. Twice the distance of two float32 below 256.
    for (const double epsilon : {0., 5., 1e4}) {
      const at::Tensor right = expected(Norm::l2, given, region, 30 * alpha, epsilon);
      const Floats found = stepped(card, Norm::l2, given, region, 30 * alpha, epsilon);
      QVERIFY(greatestDifference(found, right) <= 2 * 0x1p-16);
      QCOMPARE(stepped(card, Norm::l2, given, region, 30 * alpha, epsilon, false), found);
    }
  }

  void strangeGradients_data() { cuda::addMachines(); }
  void strangeGradients() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(9, 11, 3);
    given.gradient[5] = kNan;
    given.gradient[17] = -kInfinity;
    given.gradient[100] = kInfinity;
    given.gradient[101] = -0.f;
    given.gradient[102] = std::numeric_limits<float>::denorm_min();
    for (const bool region : {false, true})
      for (const Norm norm : {Norm::linf, Norm::l2})
        QVERIFY(
            same(stepped(card, norm, given, region, 1, 2), expected(norm, given, region, 1, 2)));
    given.pixels[8] = given.clean[30] = kNan;
    QVERIFY(same(stepped(card, Norm::linf, given, true, 1, 2),
                 expected(Norm::linf, given, true, 1, 2)));
    given.gradient.assign(given.gradient.size(), 0);
    given.pixels[8] = given.clean[30] = 30;
    for (const Norm norm : {Norm::linf, Norm::l2})
      QVERIFY(same(stepped(card, norm, given, true, 1, 1e4), expected(norm, given, true, 1, 1e4)));
  }

  void sumsOfTheGradient_data() { cases(); }
  void sumsOfTheGradient() {
    const QFETCH(bool, card);
    const QFETCH(int, height);
    const QFETCH(int, width);
    const QFETCH(bool, region);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(height, width, 4);
    const at::Tensor gradient = image(given.gradient, height, width).to(at::kDouble);
    for (const Norm norm : {Norm::linf, Norm::l2}) {
      cuda::GradientSums found{}, again{};
      stepped(card, norm, given, region, 1, 2, true, &found);
      stepped(card, norm, given, region, 1, 2, true, &again);
      QCOMPARE(found.squares, again.squares);
      QCOMPARE(found.absolute, again.absolute);
      QCOMPARE(double{found.largest}, gradient.abs().max().item<double>());
      QCOMPARE(found.zeros, gradient.eq(0).sum().item<std::int64_t>());
      const double l2 = gradient.norm().item<double>(), mean = gradient.abs().mean().item<double>();
      QVERIFY(std::abs(found.l2() - l2) <= 1e-13 * l2);
      QVERIFY(std::abs(found.meanAbsolute(gradient.numel()) - mean) <= 1e-13 * mean);
    }
    given.gradient.back() = kNan;
    cuda::GradientSums found{};
    stepped(card, Norm::linf, given, region, 1, 2, true, &found);
    QVERIFY(std::isnan(found.largest) && std::isnan(found.l2()));
  }

  void velocityIsThatOfTheLoop_data() { cuda::addMachines(); }
  void velocityIsThatOfTheLoop() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(64, 96, 5);
    // As gradient_attack.cpp has it.
    const auto ofMeanOne = [](const at::Tensor& gradient) {
      const double largest = gradient.abs().max().item<double>();
      if (!(largest > 0)) return gradient;
      const at::Tensor scaled = gradient / largest;
      return scaled / scaled.abs().mean(at::kDouble).item<double>();
    };
    // Far below what float32 can square, zeros only, and with a NaN.
    Floats tiny = given.gradient, none(tiny.size(), 0), broken = given.gradient;
    for (float& value : tiny) value *= 1e-30f;
    broken[3] = kNan;
    for (Floats gradient : {given.gradient, tiny, none}) {
      const at::Tensor first = ofMeanOne(image(gradient, 64, 96));
      const at::Tensor second = first + 0.9 * image(given.pixels, 64, 96);
      QVERIFY(greatestDifference(withVelocity(card, gradient, given.pixels, 0.9, true), first) <=
              4 * 0x1p-23);
      QVERIFY(greatestDifference(withVelocity(card, gradient, given.pixels, 0.9, false), second) <=
              2 * 0x1p-16);
    }
    QVERIFY(same(withVelocity(card, broken, given.pixels, 0.9, true), image(broken, 64, 96)));
  }
};

QTEST_APPLESS_MAIN(TestCudaPgdStep)
#include "tst_cuda_pgd_step.moc"
