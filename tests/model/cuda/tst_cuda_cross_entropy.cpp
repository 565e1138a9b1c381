// The fused cross entropy as kernels, against the plan's and its definition.
#include <QtTest>
#include <array>
#include <cmath>

#include "core/base/random.h"
#include "model/cuda/cross_entropy_body.h"
#include "model/plan/axis.h"
#include "model/plan/cross_entropy.h"
#include "support/cuda_grid.h"

using namespace uninet;

namespace {

/// Of the value, and of the greatest gradient.
constexpr double kBound = 1e-5;

struct Case {
  int classes, height, width, fullHeight, fullWidth;
  std::vector<float> logits, weights;
  std::vector<std::int16_t> labels;

  /// A fifth of the pixels is ignored, the second class missing, the third without weight.
  Case(int classes, int height, int width, int fullHeight, int fullWidth, double size)
      : classes(classes),
        height(height),
        width(width),
        fullHeight(fullHeight),
        fullWidth(fullWidth) {
    Random random(static_cast<std::uint64_t>(classes + 100 * fullHeight + 10'000 * fullWidth));
    for (int i = 0; i < classes * height * width; ++i)
      logits.push_back(static_cast<float>(random.uniform(-size, size)));
    for (int c = 0; c < classes; ++c)
      weights.push_back(c == 2 ? 0 : static_cast<float>(random.uniform(0.5, 3)));
    for (int i = 0; i < fullHeight * fullWidth; ++i) {
      const auto label = static_cast<int>(random.below(static_cast<std::uint64_t>(classes)));
      labels.push_back(static_cast<std::int16_t>(random.chance(0.2) || label == 1 ? -1 : label));
    }
    labels[0] = 0;
  }
};

struct Found {
  double value = 0;
  std::vector<float> gradient;
};

Found byKernels(bool card, const Case& given, bool differentiated = true) {
  cuda::Values<float> logits(card, given.logits), weights(card, given.weights),
      gradient(card, given.logits.size());
  cuda::Values<std::int16_t> labels(card, given.labels);
  cuda::Values<cuda::PixelSoftmax> softmax(card, given.labels.size());
  cuda::Values<cuda::CrossEntropySums> sums(card, cuda::kCrossEntropySums);
  const cuda::CrossEntropyTask task{
      logits.data(),  labels.data(), weights.data(), differentiated ? gradient.data() : nullptr,
      given.classes,  given.height,  given.width,    given.fullHeight,
      given.fullWidth};
  CUDA_RUN(card, crossEntropy, task, sums.data(), differentiated ? softmax.data() : nullptr);
  return {sums.read().front().value(), gradient.read()};
}

Found byPlan(const Case& given) {
  const plan::CrossEntropy loss(given.labels, given.weights, given.fullHeight, given.fullWidth,
                                given.height, given.width);
  Found found{0, std::vector<float>(given.logits.size())};
  found.value = loss.run(given.logits.data(), found.gradient.data());
  return found;
}

/// As it is defined, in float64, with the plan's tables of what an output reads.
Found byDefinition(const Case& given) {
  const plan::AxisTable rows(given.height, given.fullHeight, Resize::bilinear),
      columns(given.width, given.fullWidth, Resize::bilinear);
  const plan::Axis y = rows.view(), x = columns.view();
  const int plane = given.height * given.width;
  std::vector<double> gradient(given.logits.size());
  std::vector<double> logits(static_cast<std::size_t>(given.classes));
  double loss = 0, weights = 0;
  for (int v = 0; v < given.fullHeight; ++v)
    for (int u = 0; u < given.fullWidth; ++u) {
      const int label = given.labels[static_cast<std::size_t>(v * given.fullWidth + u)];
      if (label < 0) continue;
      const double below = y.weight[v], right = x.weight[u];
      const std::array<std::pair<int, double>, 4> read{
          {{y.low[v] * given.width + x.low[u], (1 - below) * (1 - right)},
           {y.low[v] * given.width + x.high[u], (1 - below) * right},
           {y.high[v] * given.width + x.low[u], below * (1 - right)},
           {y.high[v] * given.width + x.high[u], below * right}}};
      double all = 0;
      for (int c = 0; c < given.classes; ++c) {
        double& logit = logits[static_cast<std::size_t>(c)];
        logit = 0;
        for (const auto& [at, share] : read)
          logit += share * given.logits[static_cast<std::size_t>(c * plane + at)];
        all += std::exp(logit);
      }
      const double weight = given.weights[static_cast<std::size_t>(label)];
      weights += weight;
      loss += weight * (std::log(all) - logits[static_cast<std::size_t>(label)]);
      for (int c = 0; c < given.classes; ++c)
        for (const auto& [at, share] : read)
          gradient[static_cast<std::size_t>(c * plane + at)] +=
              share * weight *
              (std::exp(logits[static_cast<std::size_t>(c)]) / all - (c == label ? 1 : 0));
    }
  Found found{loss / weights, {}};
  for (const double value : gradient) found.gradient.push_back(static_cast<float>(value / weights));
  return found;
}

bool near(const Found& found, const Found& expected) {
  double most = 0, difference = 0;
  for (std::size_t i = 0; i < expected.gradient.size(); ++i) {
    most = std::max(most, std::abs(double{expected.gradient[i]}));
    difference =
        std::max(difference, std::abs(double{found.gradient[i]} - double{expected.gradient[i]}));
  }
  if (std::abs(found.value - expected.value) <= kBound * expected.value &&
      difference <= kBound * most)
    return true;
  qWarning("value %.9g for %.9g, gradients differ by %.3g of %.3g", found.value, expected.value,
           difference, most);
  return false;
}

}  // namespace

class TestCudaCrossEntropy : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void isThatOfThePlan_data() {
    QTest::addColumn<bool>("card");
    QTest::addColumn<QList<int>>("sizes");
    const QList<QList<int>> all{{3, 1, 1, 1, 1},     {3, 1, 1, 7, 5},      {19, 3, 5, 12, 20},
                                {19, 13, 7, 50, 29}, {4, 5, 9, 5, 9},      {3, 9, 11, 4, 5},
                                {40, 8, 16, 64, 90}, {5, 1, 20, 2, 37},    {19, 32, 64, 128, 256},
                                {2, 2, 3, 600, 601}, {19, 33, 17, 131, 67}};
    for (const bool card : cuda::machines())
      for (const QList<int>& sizes : all)
        QTest::addRow("%s, %d classes, %dx%d to %dx%d", cuda::nameOf(card), sizes[0], sizes[1],
                      sizes[2], sizes[3], sizes[4])
            << card << sizes;
  }
  void isThatOfThePlan() {
    const QFETCH(bool, card);
    const QFETCH(QList<int>, sizes);
    if (card && !cuda::hasCard()) QSKIP("no card");
    for (const double size : {0.1, 8., 60.}) {
      const Case given(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], size);
      const Found found = byKernels(card, given);
      QVERIFY(near(found, byDefinition(given)));
      if (plan::kernels() != nullptr) QVERIFY(near(found, byPlan(given)));
      const Found again = byKernels(card, given);
      QVERIFY(found.value == again.value && found.gradient == again.gradient);
      QCOMPARE(byKernels(card, given, false).value, found.value);
    }
  }

  void fewLabels_data() { cuda::addMachines(); }
  void fewLabels() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Case given(5, 6, 8, 24, 32, 4);
    std::fill(given.labels.begin(), given.labels.end(), std::int16_t{-1});
    const Found nothing = byKernels(card, given);
    QVERIFY(std::isnan(nothing.value));
    given.labels[24 * 32 - 1] = 3;
    QVERIFY(near(byKernels(card, given), byDefinition(given)));
    // Only labels without weight.
    std::fill(given.labels.begin(), given.labels.end(), std::int16_t{2});
    QVERIFY(std::isnan(byKernels(card, given).value));
  }

  void readersLoseNone() {
    for (int in = 1; in <= 40; ++in)
      for (int out = 1; out <= 170; ++out)
        for (int o = 0; o < out; ++o) {
          const cuda::AxisSource source = cuda::sourceOf(o, in, out);
          for (const int i : {source.low, source.high}) {
            const cuda::Readers readers = cuda::readersOf(i, in, out);
            QVERIFY(source.shareOf(i) == 0 || (readers.first <= o && o < readers.end));
          }
        }
  }
};

QTEST_APPLESS_MAIN(TestCudaCrossEntropy)
#include "tst_cuda_cross_entropy.moc"
