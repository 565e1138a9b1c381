// The suppression as kernels, against decodeDetections().
#include <ATen/ATen.h>

#include <QtTest>

#include "model/cuda/suppress_body.h"
#include "model/engine/decode.h"
#include "support/cuda_grid.h"
#include "support/parity_fill.h"

using namespace uninet;

namespace {

constexpr int kAll = 1'000'000;
const cv::Size kSize(512, 256);

/// Outputs of a detector; `steps`: to how many values of a unit logits are rounded, so that scores
/// are equal.
RawOutputs outputsOf(int classes, double steps) {
  const auto units = [](const std::string& name, at::IntArrayRef shape) {
    return parity::units(name, shape).to(at::kFloat);
  };
  RawOutputs outputs;
  for (int l = 0; l < 3; ++l) {
    const std::int64_t h = (kSize.height / 8) >> l, w = (kSize.width / 8) >> l;
    const std::string level = std::to_string(l);
    outputs.cls.push_back(at::round(steps * (8 * units("cls." + level, {1, classes, h, w}) - 1)) /
                          steps);
    outputs.reg.push_back((6 * units("reg." + level, {1, 4, h, w})).abs() + 1);
    outputs.centerness.push_back(at::round(steps * units("centre." + level, {1, 1, h, w})) / steps);
  }
  return outputs;
}

struct Found {
  Box box;
  int classId;
  float score;
  bool operator==(const Found&) const = default;
};

std::vector<Found> decoded(const RawOutputs& outputs, double threshold, int limit) {
  DecodeOptions options;
  options.nmsIou = threshold;
  options.perImage = limit;
  std::vector<Found> found;
  for (const Detection& d : decodeDetections(outputs, 0, kSize, {}, options))
    found.push_back({d.box, d.classId, d.score});
  return found;
}

std::vector<Found> byKernels(bool card, const std::vector<Found>& candidates, double threshold,
                             int limit) {
  std::vector<cuda::ScoredBox> boxes;
  for (const Found& f : candidates)
    boxes.push_back({f.box.x0, f.box.y0, f.box.x1, f.box.y1, f.classId, f.score});
  const int count = static_cast<int>(boxes.size());
  cuda::Values<cuda::ScoredBox> sorted(card, boxes);
  cuda::Values<std::uint64_t> words(
      card, std::vector<std::uint64_t>(cuda::suppressWords(count), ~std::uint64_t{0}));
  cuda::Values<int> kept(card, boxes.size()), keptCount(card, 1);
  const cuda::SuppressTask task{sorted.data(), count, threshold, limit};
  CUDA_RUN(card, suppress, task, words.data(), kept.data(), keptCount.data());
  std::vector<Found> found;
  for (int i = 0; i < keptCount.read().front(); ++i)
    found.push_back(candidates[static_cast<std::size_t>(kept.read()[static_cast<std::size_t>(i)])]);
  return found;
}

}  // namespace

class TestCudaSuppress : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void isThatOfDecoding_data() {
    QTest::addColumn<bool>("card");
    QTest::addColumn<int>("classes");
    QTest::addColumn<double>("steps");
    for (const bool card : cuda::machines())
      for (const int classes : {1, 8})
        for (const double steps : {2., 1e6})
          QTest::addRow("%s, %d classes, steps %g", cuda::nameOf(card), classes, steps)
              << card << classes << steps;
  }
  void isThatOfDecoding() {
    const QFETCH(bool, card);
    const QFETCH(int, classes);
    const QFETCH(double, steps);
    if (card && !cuda::hasCard()) QSKIP("no card");
    const RawOutputs outputs = outputsOf(classes, steps);
    // No IoU is above 2: all candidates.
    const std::vector<Found> candidates = decoded(outputs, 2, kAll);
    QVERIFY(candidates.size() > 500);
    for (const double threshold : {0., 0.3, 0.6})
      for (const int limit : {1, 7, 100, kAll}) {
        const std::vector<Found> expected = decoded(outputs, threshold, limit);
        QVERIFY(byKernels(card, candidates, threshold, limit) == expected);
      }
    // With equal scores there are more than the limit.
    if (steps == 2) QVERIFY(decoded(outputs, 2, 7).size() > 7);
  }

  void fewBoxes_data() { cuda::addMachines(); }
  void fewBoxes() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    QVERIFY(byKernels(card, {}, 0.6, 100).empty());
    const Found one{{1, 2, 3, 4}, 1, 0.5f}, empty{{1, 2, 1, 4}, 1, 0.5f};
    QVERIFY(byKernels(card, {one}, 0.6, 1) == std::vector<Found>{one});
    QVERIFY(byKernels(card, {one, one, empty, empty}, 0.6, 9) ==
            (std::vector<Found>{one, empty, empty}));
    // 63 to 65 boxes: around the end of a word.
    for (const std::size_t count : {63u, 64u, 65u, 128u, 129u})
      QVERIFY(byKernels(card, std::vector<Found>(count, one), 0.6, 9) == std::vector<Found>{one});
  }
};

QTEST_APPLESS_MAIN(TestCudaSuppress)
#include "tst_cuda_suppress.moc"
