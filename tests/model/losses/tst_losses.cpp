#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <limits>

#include "core/base/error.h"
#include "model/losses/losses.h"
#include "model/network/bilinear.h"
#include "model/plan/kernels.h"
#include "support/parity_fill.h"
#include "support/published_case.h"
#include "support/tsv.h"

using namespace uninet;
using published::firstImage;
using published::objects;
using published::units;

namespace {

constexpr std::array<std::array<std::int64_t, 2>, 3> kLevels{{{32, 64}, {16, 32}, {8, 16}}};

Targets publishedTargets() {
  Targets targets;
  targets.objects = {
      firstImage(),
      objects({5, 5, 25, 45, 200, 100, 330, 190}, {1, 3}, {200, 21.5f}, "gt_inst_seg.1"),
      objects({}, {}, {}, "none")};
  const at::Tensor u = parity::units("segment_gt", {3, 64, 128});
  at::Tensor gt = at::floor((u + 0.5) * 20).to(at::kLong) - 1;
  std::int64_t* p = gt.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < gt.numel(); ++i)
    if (p[i] == 18 && i % 997 != 0) p[i] = 17;
  targets.segment = gt;
  const at::Tensor depth = parity::units("depth_gt", {3, 1, 64, 128}) + 0.5;
  targets.depth = at::where(depth < 0.1, at::full({}, -1.0, at::kDouble), depth).to(at::kFloat);
  return targets;
}

RawOutputs publishedOutputs() {
  RawOutputs outputs;
  for (int l = 0; l < 3; ++l) {
    const auto [h, w] = kLevels[static_cast<std::size_t>(l)];
    const std::string level = std::to_string(l);
    outputs.cls.push_back(4 * units("box_cls." + level, {3, 8, h, w}) - 2);
    outputs.reg.push_back((10 * units("box_reg." + level, {3, 4, h, w})).abs());
    outputs.centerness.push_back(4 * units("centerness." + level, {3, 1, h, w}));
    outputs.instDepth.push_back(60 * units("inst_depth." + level, {3, 1, h, w}) + 30);
    outputs.instSeg.push_back(4 * units("inst_seg." + level, {3, 60, h, w}));
  }
  outputs.segment = 6 * units("segment", {3, 19, 64, 128});
  outputs.depth = units("depth", {3, 1, 64, 128}) + 0.5;
  return outputs;
}

double value(const LossValues& values, Loss loss) {
  return values[static_cast<std::size_t>(loss)].item<double>();
}

bool close(double found, double expected, double tolerance = 1e-4) {
  return std::abs(found - expected) <= tolerance * std::abs(expected);
}

#define COMPARE_CLOSE(found, expected) \
  QVERIFY2(close(found, expected), concat("expected ", expected, ", found ", found).c_str())

}  // namespace

class TestLosses : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Value and gradient without the resized logits, against resize and cross entropy in double.
  void segmentBeforeResize_data() {
    QTest::addColumn<int>("images");
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("factor");
    QTest::newRow("Cityscapes") << 1 << 19 << 24 << 40 << 4;
    QTest::newRow("forty classes") << 1 << 40 << 11 << 9 << 4;
    QTest::newRow("five classes, twice") << 1 << 5 << 33 << 17 << 2;
    QTest::newRow("one row") << 1 << 19 << 1 << 3 << 4;
    QTest::newRow("a batch") << 3 << 19 << 24 << 40 << 4;
    QTest::newRow("more classes than the kernel takes") << 2 << 600 << 3 << 4 << 4;
  }
  void segmentBeforeResize() {
    QFETCH(int, images);
    QFETCH(int, classes);
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(int, factor);
    if (plan::kernels() == nullptr) QSKIP("this processor has no plan");
    at::manual_seed(4);
    const at::Tensor logits =
        (8 * at::randn({images, classes, height, width})).requires_grad_(true);
    Targets targets;
    targets.segment =
        at::randint(-1, classes, {images, height * factor, width * factor}, at::kLong);
    // As if one image of the batch had no label at all: its pixels do not count.
    if (images > 1) targets.segment[1].fill_(-1);
    RawOutputs before, full;
    before.segmentBeforeResize = logits;
    const at::Tensor exact = logits.detach().to(at::kDouble).requires_grad_(true);
    full.segment = resizeBilinear(exact, height * factor, width * factor);
    const auto loss = static_cast<std::size_t>(Loss::segment);
    const at::AutoGradMode mode(true);
    const at::Tensor found = computeLosses(before, targets)[loss];
    const at::Tensor again = computeLosses(before, targets)[loss];
    QVERIFY(found.equal(again));
    const at::Tensor right = computeLosses(full, targets)[loss];
    QVERIFY(close(found.item<double>(), right.item<double>(), 1e-6));
    const at::Tensor gradient = torch::autograd::grad({found}, {logits})[0];
    const at::Tensor expected = torch::autograd::grad({right}, {exact})[0];
    const double off = ((gradient - expected).abs().max() / expected.abs().max()).item<double>();
    QVERIFY2(off < 1e-5, qPrintable(QString::number(off)));
  }

  void publishedNumbers() {
    const LossValues values = computeLosses(publishedOutputs(), publishedTargets());
    COMPARE_CLOSE(value(values, Loss::cls), 44.603394);
    COMPARE_CLOSE(value(values, Loss::reg), 0.73264343);
    COMPARE_CLOSE(value(values, Loss::cent), 0.83158612);
    COMPARE_CLOSE(value(values, Loss::instSeg), 2.1369438);
    COMPARE_CLOSE(value(values, Loss::instDepth), 37.150364);
    COMPARE_CLOSE(value(values, Loss::segment), 4.021883);
    COMPARE_CLOSE(value(values, Loss::depth), 0.393275);
    COMPARE_CLOSE(geometricMean(values).item<double>(), 3.3305676);

    RawOutputs dense = publishedOutputs();
    dense.cls.clear();
    dense.reg.clear();
    dense.centerness.clear();
    dense.instDepth.clear();
    dense.instSeg.clear();
    COMPARE_CLOSE(geometricMean(computeLosses(dense, publishedTargets())).item<double>(),
                  1.5265204);
  }

  void publishedAssignment() {
    const Assignment a = assignLocations(publishedTargets(), {kLevels.begin(), kLevels.end()});
    QCOMPARE(a.positivesPerLevel, (std::vector<std::int64_t>{27, 15, 7}));
    QCOMPARE(a.labels.size(0), std::int64_t{4096 + 1024 + 256});
    // First positives of each level: row within the level, label, distances in strides.
    struct Row {
      std::int64_t row, label;
      std::array<float, 4> ltrb;
    };
    const std::vector<Row> rows{{388, 1, {2, 2.75f, 3, 4.75f}},
                                {452, 1, {2, 3.75f, 3, 3.75f}},
                                {4096 + 280, 5, {5.75f, 4.75f, 6.75f, 6.5f}},
                                {4096 + 313, 5, {6.75f, 5.75f, 5.75f, 5.5f}},
                                {5120 + 59, 5, {2.125f, 1.625f, 4.125f, 4}},
                                {5120 + 75, 5, {2.125f, 2.625f, 4.125f, 3}}};
    for (const Row& row : rows) {
      QCOMPARE(a.labels[row.row].item<std::int64_t>(), row.label);
      for (int side = 0; side < 4; ++side)
        QCOMPARE(a.ltrb[row.row][side].item<float>(), row.ltrb[static_cast<std::size_t>(side)]);
    }
  }

  // Positives per level of one box, as the released assignment gives them.
  void sizeRanges_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<QList<qint64>>("positives");
    QTest::newRow("6") << 6 << QList<qint64>{0, 0, 0};
    QTest::newRow("10") << 10 << QList<qint64>{4, 0, 0};
    QTest::newRow("100") << 100 << QList<qint64>{4, 0, 0};
    QTest::newRow("130") << 130 << QList<qint64>{0, 4, 0};
    QTest::newRow("200") << 200 << QList<qint64>{0, 4, 0};
    QTest::newRow("260") << 260 << QList<qint64>{0, 0, 4};
    QTest::newRow("400") << 400 << QList<qint64>{0, 0, 4};
    QTest::newRow("520") << 520 << QList<qint64>{0, 0, 0};
  }
  void sizeRanges() {
    QFETCH(int, width);
    QFETCH(QList<qint64>, positives);
    const auto w = static_cast<float>(width), h = static_cast<float>(std::min(width, 480));
    Targets targets;
    // Centred between grid points of every level, so that a box has at least four neighbours.
    targets.objects = {
        objects({512 - w / 2, 256 - h / 2, 512 + w / 2, 256 + h / 2}, {1}, {10}, "code")};
    const Assignment a = assignLocations(targets, {{64, 128}, {32, 64}, {16, 32}});
    for (int l = 0; l < 3; ++l)
      QCOMPARE(a.positivesPerLevel[static_cast<std::size_t>(l)] > 0, positives[l] > 0);
  }

  // There are strides and ranges of three levels.
  void moreLevelsAreRefused() {
    QVERIFY_EXCEPTION_THROWN(
        assignLocations(publishedTargets(), {{32, 64}, {16, 32}, {8, 16}, {4, 8}}), Error);
  }

  // Where the released code crashes or gives NaN.
  void degenerateBatches() {
    RawOutputs outputs = publishedOutputs();
    Targets targets = publishedTargets();
    targets.objects = {objects({100, 100, 103, 103}, {1}, {10}, "tiny"),
                       objects({}, {}, {}, "none"), objects({}, {}, {}, "none")};
    LossValues values = computeLosses(outputs, targets);
    QVERIFY(std::isfinite(value(values, Loss::cls)) && value(values, Loss::cls) > 0);
    QVERIFY(!values[static_cast<std::size_t>(Loss::reg)].defined());
    QVERIFY(!values[static_cast<std::size_t>(Loss::instSeg)].defined());

    targets.objects = std::vector<Targets::Objects>(3);
    targets.segment.fill_(-1);
    targets.depth.fill_(-1);
    values = computeLosses(outputs, targets);
    for (const at::Tensor& loss : values) QVERIFY(!loss.defined());
    QVERIFY(!geometricMean(values).defined());
  }

  void zeroLossKeepsFiniteGradient() {
    RawOutputs outputs;
    outputs.depth = at::full({1, 1, 4, 4}, 0.5f).requires_grad_(true);
    Targets targets;
    targets.depth = at::full({1, 1, 4, 4}, 0.5f);
    const at::Tensor total = geometricMean(computeLosses(outputs, targets));
    const auto gradient = torch::autograd::grad({total}, {outputs.depth});
    QVERIFY(gradient[0].isfinite().all().item<bool>());
  }

  void unknownDepthIsLeftOut() {
    Targets targets;
    targets.objects = {firstImage()};
    RawOutputs outputs = publishedOutputs();
    for (auto* levels :
         {&outputs.cls, &outputs.reg, &outputs.centerness, &outputs.instDepth, &outputs.instSeg})
      for (at::Tensor& level : *levels) level = level.narrow(0, 0, 1);
    outputs.segment = outputs.depth = at::Tensor();
    const auto all = instanceDepthSums(outputs, targets);
    QVERIFY(all.has_value());
    const double mean = all->smoothL1[0] / static_cast<double>(all->positives[0]);
    COMPARE_CLOSE(mean, value(computeLosses(outputs, targets), Loss::instDepth));
    targets.objects[0].depths[2] = std::numeric_limits<float>::quiet_NaN();
    const auto known = instanceDepthSums(outputs, targets);
    QCOMPARE(known->positives[5], std::int64_t{0});
    QVERIFY(known->positives[0] < all->positives[0]);
  }

  // Gradients with respect to the normalised input of the published five-task network.
  void inputGradients() {
    const published::Case given = published::fiveTasks();
    const at::Tensor input = normalise(given.pixels).requires_grad_(true);
    const RawOutputs outputs = given.network.forward(input, given.network.spec.tasks);
    const LossValues values = computeLosses(outputs, given.targets);
    const auto of = [&](Loss loss) { return values[static_cast<std::size_t>(loss)]; };
    const std::map<std::string, at::Tensor> objectives{
        {"cls", of(Loss::cls)},
        {"reg", of(Loss::reg)},
        {"ctr", of(Loss::cent)},
        {"mask", of(Loss::instSeg)},
        {"idepth", of(Loss::instDepth)},
        {"seg", of(Loss::segment)},
        {"depth", of(Loss::depth)},
        {"semantic", of(Loss::reg) + of(Loss::cls) + of(Loss::segment) + of(Loss::instSeg)},
        {"geometric", of(Loss::depth) + of(Loss::instDepth)},
        {"mtl", geometricMean(values)}};
    int compared = 0;
    for (const auto& row : readTsv("parity/input_gradients_uninet_cs_5tasks_256x512.tsv")) {
      const auto objective = objectives.find(row[0]);
      if (objective == objectives.end()) continue;
      const auto gradient = torch::autograd::grad({objective->second}, {input}, {},
                                                  /*retain_graph=*/true)[0]
                                .contiguous()
                                .to(at::kDouble)
                                .flatten();
      COMPARE_CLOSE(objective->second.item<double>(), std::stod(row[1]));
      QVERIFY2(close(gradient.norm().item<double>(), std::stod(row[2]), 1e-3), row[0].c_str());
      const double largest = std::stod(row[4]);
      const std::int64_t n = gradient.numel();
      const std::array<std::int64_t, 5> samples{0, n / 3, n / 2, 2 * n / 3, n - 1};
      for (std::size_t i = 0; i < samples.size(); ++i)
        QVERIFY2(
            std::abs(gradient[samples[i]].item<double>() - std::stod(row[5 + i])) <= 5e-3 * largest,
            row[0].c_str());
      ++compared;
    }
    QCOMPARE(compared, 10);
  }
};

QTEST_APPLESS_MAIN(TestLosses)
#include "tst_losses.moc"
