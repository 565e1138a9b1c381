// Losses of earlier predictions and the truth of auxiliary tasks, against closed forms and loops.
#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/outputs/auxiliary_maps.h"
#include "model/losses/earlier_losses.h"
#include "support/parity_fill.h"

using namespace uninet;

namespace {

constexpr std::int64_t kHeight = 24, kWidth = 40;

double rootOfMeanSquare(const at::Tensor& a, const at::Tensor& b, const at::Tensor& where) {
  return std::sqrt(at::square(a - b).masked_select(where).mean().item<double>());
}

Targets targetsOf(const at::Tensor& labels, const at::Tensor& depth) {
  Targets targets;
  targets.segment = labels;
  targets.depth = depth;
  targets.pinholes.assign(static_cast<std::size_t>(depth.size(0)), {30, 32, 19, 11});
  return targets;
}

at::Tensor someLabels() {
  return at::floor((parity::units("labels", {2, kHeight / 4, kWidth / 4}) + 0.5) * 20 - 1)
      .to(at::kLong)
      .repeat_interleave(4, 1)
      .repeat_interleave(4, 2);
}

at::Tensor someDepth() {
  const at::Tensor depth = parity::units("depth", {2, 1, kHeight, kWidth}).to(at::kFloat) + 0.5;
  return at::where(depth < 0.2, at::full({}, -1.f), depth);
}

double lossOf(Task task, const at::Tensor& map, Supervision supervision, const Targets& targets) {
  RawOutputs raw;
  raw.earlier.push_back({task, "early", map, supervision});
  const auto losses = earlierLosses(raw, targets);
  return losses.at(0).defined() ? losses[0].item<double>() : -1;
}

}  // namespace

class TestEarlierLosses : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void contoursAreWhereLabelsChange() {
    const at::Tensor labels = someLabels();
    const at::Tensor found = contourTarget(labels);
    for (std::int64_t n = 0; n < 2; ++n)
      for (std::int64_t y = 0; y < kHeight; ++y)
        for (std::int64_t x = 0; x < kWidth; ++x) {
          bool same = true;
          for (std::int64_t v = std::max<std::int64_t>(0, y - 1); v <= std::min(kHeight - 1, y + 1);
               ++v)
            for (std::int64_t u = std::max<std::int64_t>(0, x - 1);
                 u <= std::min(kWidth - 1, x + 1); ++u)
              same = same && labels[n][v][u].item<int>() == labels[n][y][x].item<int>();
          QCOMPARE(found[n][0][y][x].item<float>(), same ? 0.f : 1.f);
        }
  }

  void normalsOfPlanes_data() {
    QTest::addColumn<double>("nx");
    QTest::addColumn<double>("ny");
    QTest::addColumn<double>("nz");
    QTest::newRow("wall ahead") << 0. << 0. << 1.;
    QTest::newRow("road") << 0. << 1. << 0.05;
    QTest::newRow("slanted") << 0.4 << -0.3 << 0.8;
  }
  // All points of a plane have its normal, whatever the pinhole.
  void normalsOfPlanes() {
    QFETCH(double, nx);
    QFETCH(double, ny);
    QFETCH(double, nz);
    const double length = std::sqrt(nx * nx + ny * ny + nz * nz);
    const Pinhole pinhole{30, 32, 19, 11};
    at::Tensor depth = at::full({1, 1, kHeight, kWidth}, -1, at::kDouble);
    std::int64_t seen = 0;
    for (std::int64_t y = 0; y < kHeight; ++y)
      for (std::int64_t x = 0; x < kWidth; ++x) {
        const double rx = (static_cast<double>(x) - pinhole.u0) / pinhole.fx;
        const double ry = (static_cast<double>(y) - pinhole.v0) / pinhole.fy;
        const double ray = std::sqrt(rx * rx + ry * ry + 1);
        const double t = 0.3 / ((nx * rx + ny * ry + nz) / ray);
        if (t > 0 && t < 5) {
          depth[0][0][y][x] = t;
          ++seen;
        }
      }
    QVERIFY(seen > 300);
    const Normals normals = normalsOfDepth(depth, {pinhole});
    int compared = 0;
    // At the border the repeated pixels bend the plane.
    for (std::int64_t y = 1; y + 1 < kHeight; ++y)
      for (std::int64_t x = 1; x + 1 < kWidth; ++x) {
        bool whole = true;
        for (int v = -1; v <= 1; ++v)
          for (int u = -1; u <= 1; ++u)
            whole = whole && depth[0][0][y + v][x + u].item<double>() > 0;
        QCOMPARE(normals.known[0][0][y][x].item<bool>(), whole);
        if (!whole) continue;
        const at::Tensor n = normals.vectors[0].select(1, y).select(1, x);
        QVERIFY(std::abs(n[0].item<double>() - nx / length) < 1e-5);
        QVERIFY(std::abs(n[1].item<double>() - ny / length) < 1e-5);
        QVERIFY(std::abs(n[2].item<double>() - nz / length) < 1e-5);
        ++compared;
      }
    QVERIFY(compared > 200);
  }

  // What is drawn as truth is what training aims at.
  void drawnTruthIsThatOfTraining() {
    Sample sample;
    sample.pinhole = {30, 32, 19, 11};
    sample.image = cv::Mat(kHeight, kWidth, CV_8UC3, cv::Scalar(0, 0, 0));
    sample.trainIds.create(sample.image.size(), CV_8U);
    sample.depthMetres.create(sample.image.size(), CV_32F);
    cv::RNG random(5);
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) {
        sample.trainIds.at<std::uint8_t>(y, x) =
            x / 8 == 2 ? kIgnoreLabel : static_cast<std::uint8_t>(x / 8 + 4 * (y / 6));
        sample.depthMetres.at<float>(y, x) =
            x < 6 && y < 9 ? -1.f : static_cast<float>(5 + 0.3 * x + random.uniform(0., 2.));
      }
    const Targets targets = makeTargets({&sample}, {}, 0);
    const at::Tensor contours = contourTarget(targets.segment);
    const Normals normals = normalsOfDepth(targets.depth, targets.pinholes);
    const cv::Mat drawnContours = contoursOfLabels(sample.trainIds);
    const cv::Mat drawn = normalsOfDepth(sample.depthMetres, sample.pinhole, *sample.classes);
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) {
        QCOMPARE(drawnContours.at<float>(y, x), contours[0][0][y][x].item<float>());
        const cv::Vec3f& normal = drawn.at<cv::Vec3f>(y, x);
        const bool known = normals.known[0][0][y][x].item<bool>();
        QCOMPARE(normal != cv::Vec3f::all(0), known);
        for (int c = 0; known && c < 3; ++c)
          QVERIFY(std::abs(normal[c] - normals.vectors[0][c][y][x].item<float>()) < 1e-5f);
      }
  }

  // At the output's size the truth is taken at floor(dst · scale).
  void depthAtTheOutputsSize() {
    const Targets targets = targetsOf(someLabels(), someDepth());
    const at::Tensor map = parity::units("map", {2, 1, kHeight / 4, kWidth / 4}).to(at::kFloat);
    const at::Tensor truth = targets.depth.slice(2, 0, kHeight, 4).slice(3, 0, kWidth, 4);
    const double expected = rootOfMeanSquare(map, truth, truth > 0);
    const double found = lossOf(Task::depth, map, Supervision::outputSize, targets);
    QVERIFY2(std::abs(found - expected) < 1e-6, concat(found, " ", expected).c_str());
    const at::Tensor full = parity::units("full", {2, 1, kHeight, kWidth}).to(at::kFloat);
    const double whole = rootOfMeanSquare(full, targets.depth, targets.depth > 0);
    QVERIFY(std::abs(lossOf(Task::depth, full, Supervision::truthSize, targets) - whole) < 1e-6);
  }

  // −0.95 y log p − 0.05 (1 − y) log (1 − p), mean over all pixels.
  void contoursAreBalanced() {
    const Targets targets = targetsOf(someLabels(), someDepth());
    const at::Tensor logits = 4 * parity::units("logits", {2, 1, kHeight, kWidth}).to(at::kFloat);
    const at::Tensor y = contourTarget(targets.segment);
    double sum = 0;
    for (std::int64_t i = 0; i < logits.numel(); ++i) {
      const double p = 1 / (1 + std::exp(-logits.flatten()[i].item<double>()));
      sum -= y.flatten()[i].item<float>() > 0 ? 0.95 * std::log(p) : 0.05 * std::log(1 - p);
    }
    const double expected = sum / static_cast<double>(logits.numel());
    const double found = lossOf(Task::semCont, logits, Supervision::truthSize, targets);
    QVERIFY2(std::abs(found - expected) < 1e-6, concat(found, " ", expected).c_str());
  }

  // The right direction costs nothing, however long it is; the opposite one twice its components.
  void normalsByDirection() {
    const Targets targets = targetsOf(someLabels(), at::full({1, 1, kHeight, kWidth}, 0.4f));
    const Normals truth = normalsOfDepth(targets.depth, targets.pinholes);
    const auto loss = [&](double factor) {
      return lossOf(Task::surNor, factor * truth.vectors, Supervision::truthSize, targets);
    };
    QVERIFY(std::abs(loss(3)) < 1e-5);
    const double expected = 2 * at::abs(truth.vectors)
                                    .masked_select(truth.known.expand_as(truth.vectors))
                                    .mean()
                                    .item<double>();
    QVERIFY(std::abs(loss(-1) - expected) < 1e-5);
  }

  // An image that has edges and normals is held against them, the other against what follows from
  // its labels and depth.
  void edgesAndNormalsOfTheData() {
    Sample with, without;
    for (Sample* sample : {&with, &without}) {
      sample->image = cv::Mat(kHeight, kWidth, CV_8UC3, cv::Scalar::all(1));
      sample->trainIds = cv::Mat(kHeight, kWidth, CV_8U, cv::Scalar(3));
      sample->trainIds.colRange(0, 17).setTo(5);
      sample->depthMetres = cv::Mat(kHeight, kWidth, CV_32F, cv::Scalar(20));
      sample->pinhole = {30, 32, 19, 11};
    }
    with.edges = cv::Mat::zeros(kHeight, kWidth, CV_8U);
    with.edges.rowRange(4, 6).setTo(1);
    with.normals = cv::Mat(kHeight, kWidth, CV_32FC3, cv::Scalar(0.6, 0, -0.8));
    with.normals.colRange(0, 10).setTo(cv::Scalar::all(0));
    const Targets bare = makeTargets({&without, &without}, {}, 0);
    QVERIFY(!bare.edges.defined() && !bare.normals.defined());
    const Targets targets = makeTargets({&without, &with}, {}, 0);

    const at::Tensor logits = 4 * parity::units("logits", {2, 1, kHeight, kWidth}).to(at::kFloat);
    at::Tensor edges = contourTarget(targets.segment);
    QCOMPARE(edges.sum().item<int>(), 2 * 2 * static_cast<int>(kHeight));
    edges[1].zero_();
    edges[1][0].narrow(0, 4, 2).fill_(1);
    const at::Tensor p = at::sigmoid(logits.to(at::kDouble)), y = edges.to(at::kDouble);
    const double expected =
        -(0.95 * y * at::log(p) + 0.05 * (1 - y) * at::log(1 - p)).mean().item<double>();
    const double found = lossOf(Task::semCont, logits, Supervision::truthSize, targets);
    QVERIFY2(std::abs(found - expected) < 1e-6, concat(found, " ", expected).c_str());
    // At a smaller size the truth is taken at floor(dst · scale).
    const at::Tensor small = logits.slice(2, 0, kHeight, 4).slice(3, 0, kWidth, 4).contiguous();
    const at::Tensor ps = at::sigmoid(small.to(at::kDouble));
    const at::Tensor ys = y.slice(2, 0, kHeight, 4).slice(3, 0, kWidth, 4);
    const double expectedSmall =
        -(0.95 * ys * at::log(ps) + 0.05 * (1 - ys) * at::log(1 - ps)).mean().item<double>();
    QVERIFY(std::abs(lossOf(Task::semCont, small, Supervision::outputSize, targets) -
                     expectedSmall) < 1e-6);

    // Right in both images: nothing. Opposite in the second: 2 (0.6 + 0.8) a pixel that is known.
    const Normals ofDepth = normalsOfDepth(bare.depth, bare.pinholes);
    at::Tensor map = ofDepth.vectors.clone();
    map[1][0].fill_(0.6);
    map[1][1].fill_(0);
    map[1][2].fill_(-0.8);
    QVERIFY(std::abs(lossOf(Task::surNor, map, Supervision::truthSize, targets)) < 1e-5);
    map[1].neg_();
    const double known = ofDepth.known[0].sum().item<double>(), here = kHeight * (kWidth - 10);
    QVERIFY(std::abs(lossOf(Task::surNor, map, Supervision::truthSize, targets) -
                     2 * 1.4 * here / (3 * (known + here))) < 1e-5);
    // Without labels and depth they are enough.
    with.trainIds.release();
    with.depthMetres.release();
    const Targets alone = makeTargets({&with, &with}, {}, 0);
    QVERIFY(lossOf(Task::semCont, logits, Supervision::truthSize, alone) > 0);
    QVERIFY(lossOf(Task::surNor, map, Supervision::truthSize, alone) > 0);
  }

  void unknownTruthHasNoLoss() {
    const Targets none = targetsOf(at::full({2, kHeight, kWidth}, -1, at::kLong),
                                   at::full({2, 1, kHeight, kWidth}, -1.f));
    const auto map = [](std::int64_t channels) { return at::ones({2, channels, kHeight, kWidth}); };
    QCOMPARE(lossOf(Task::segment, map(19), Supervision::truthSize, none), -1.);
    QCOMPARE(lossOf(Task::depth, map(1), Supervision::truthSize, none), -1.);
    QCOMPARE(lossOf(Task::semCont, map(1), Supervision::truthSize, none), -1.);
    QCOMPARE(lossOf(Task::surNor, map(3), Supervision::truthSize, none), -1.);
  }

  void countInTheGeometricMean() {
    LossValues values;
    values[0] = at::full({}, 2.f);
    const std::vector<at::Tensor> more{at::full({}, 4.f), at::Tensor(), at::full({}, 8.f)};
    QVERIFY(std::abs(geometricMean(values, 6, more).item<double>() - 2) < 1e-6);
    QVERIFY(std::abs(weightedSum(values, more).item<double>() - 14) < 1e-6);
  }
};

QTEST_APPLESS_MAIN(TestEarlierLosses)
#include "tst_earlier_losses.moc"
