// Losses and gradients of ranks that share a batch against one process that has all of it.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"
#include "model/losses/earlier_losses.h"
#include "model/losses/losses.h"
#include "model/networks/registry.h"
#include "model/training/optimiser.h"
#include "support/thread_ranks.h"

using namespace uninet;

namespace {

struct Step {
  std::vector<double> losses;  ///< NaN: none
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> statistics;
};

Network doubled(const NetworkSpec& spec, const MaskCode& code) {
  Network network = makeNetwork(spec, 5);
  for (WeightEntry& entry : network.weights.entries())
    if (entry.tensor.is_floating_point()) entry.tensor = entry.tensor.to(at::kDouble);
  network.maskCode = code;
  return network;
}

/// One step of training on `samples`, without the update; gradients are over all ranks.
Step stepOf(const NetworkSpec& spec, const MaskCode& code, const std::vector<Sample>& all,
            bool geometric, const BatchShare& share) {
  Network network = doubled(spec, code);
  Optimiser optimiser(network.weights, {});
  const std::size_t each = all.size() / static_cast<std::size_t>(share.size());
  std::vector<const Sample*> samples;
  std::vector<at::Tensor> pixels;
  for (std::size_t i = 0; i < each; ++i) {
    samples.push_back(&all[static_cast<std::size_t>(share.rank()) * each + i]);
    pixels.push_back(pixelsFromImage(samples.back()->image).to(at::kDouble));
  }
  const Targets targets = makeTargets(samples, network.maskCode, 9, share);
  const RawOutputs outputs =
      network.forward(normalise(at::cat(pixels)), spec.tasks, true, Precision::float32, {}, share);
  const LossValues values = computeLosses(outputs, targets, share);
  const std::vector<at::Tensor> earlier = earlierLosses(outputs, targets, share);
  const at::Tensor combined =
      geometric ? geometricMean(values, 6, earlier) : weightedSum(values, earlier);
  Step step;
  const auto note = [&](const at::Tensor& value) {
    step.losses.push_back(value.defined() ? value.item<double>() : std::nan(""));
  };
  for (const at::Tensor& value : values) note(value);
  for (const at::Tensor& value : earlier) note(value);
  note(combined);
  for (const at::Tensor& gradient : torch::autograd::grad(
           {combined}, optimiser.parameters(), {}, c10::nullopt, false, /*allow_unused=*/true))
    step.gradients.push_back(gradient.defined() ? share.sum(gradient) : gradient);
  for (const WeightEntry& entry : network.weights.entries())
    if (entry.buffer) step.statistics.push_back(entry.tensor.to(at::kDouble));
  return step;
}

NetworkSpec specOf(const char* network, const char* tasks, const char* neck) {
  NetworkSpec spec;
  spec.network = network;
  spec.tasks = TaskSet::parse(tasks);
  spec.neck = neckByName(neck);
  spec.width = 0.125;
  spec.size = {128, 128};
  return spec;
}

}  // namespace

class TestSharedBatch : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!RankGroup::available()) QSKIP("this build has no Gloo");
    configureCompute(1);
  }

  void equalsTheWholeBatch_data() {
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("neck");
    QTest::addColumn<int>("ranks");
    QTest::addColumn<QString>("lacking");
    const QString five = "detect,segment,inst_seg,depth,inst_depth";
    QTest::newRow("UniNet") << "uninet" << five << "none" << 2 << "";
    QTest::newRow("an image without objects") << "uninet" << five << "none" << 2 << "objects";
    QTest::newRow("nothing known of an image") << "uninet" << five << "none" << 4 << "all";
    QTest::newRow("earlier predictions") << "mti-net"
                                         << "segment,depth,sem_cont,sur_nor"
                                         << "fpn" << 2 << "";
    QTest::newRow("earlier predictions, nothing known of an image")
        << "mti-net"
        << "segment,depth,sem_cont,sur_nor"
        << "fpn" << 4 << "all";
  }
  void equalsTheWholeBatch() {
    const QFETCH(QString, network);
    const QFETCH(QString, tasks);
    const QFETCH(QString, neck);
    const QFETCH(int, ranks);
    const QFETCH(QString, lacking);
    const NetworkSpec spec = specOf(qPrintable(network), qPrintable(tasks), qPrintable(neck));
    const auto scenes = openStreetscape("train", 4, 1, {256, 256});
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < 4; ++i)
      samples.push_back(resizeSample(makeSample(scenes->load(i)), spec.size));
    // Of the last image, which is a rank's only one where there are four.
    if (!lacking.isEmpty()) samples.back().instances.clear();
    if (lacking == "all") {
      samples.back().hasInstances = false;
      samples.back().trainIds = cv::Mat();
      samples.back().depthMetres = cv::Mat();
    }
    MaskCode code;
    if (spec.tasks.has(Task::instSeg)) {
      at::manual_seed(2);
      const std::int64_t grid = MaskCode::kGrid * MaskCode::kGrid;
      code.components = at::randn({spec.maskCode, grid}) / 28;
      code.explainedVariance = at::rand({spec.maskCode}) + 0.5;
      code.mean = at::randn({grid});
    }
    const bool geometric = lacking.isEmpty();
    const Step whole = stepOf(spec, code, samples, geometric, wholeBatch());
    std::vector<Step> shares(static_cast<std::size_t>(ranks));
    QCOMPARE(onRanks(ranks,
                     [&](const RankGroup& group) {
                       shares[static_cast<std::size_t>(group.rank())] =
                           stepOf(spec, code, samples, geometric, group);
                     }),
             std::string());
    for (const Step& share : shares) {
      QCOMPARE(share.losses.size(), whole.losses.size());
      for (std::size_t i = 0; i < whole.losses.size(); ++i)
        QVERIFY2((std::isnan(share.losses[i]) && std::isnan(whole.losses[i])) ||
                     std::abs(share.losses[i] - whole.losses[i]) <= 1e-9 * whole.losses[i],
                 concat("loss ", i, ": ", share.losses[i], ", ", whole.losses[i]).c_str());
      QCOMPARE(share.gradients.size(), whole.gradients.size());
      double greatest = 0;
      for (const at::Tensor& gradient : whole.gradients)
        if (gradient.defined()) greatest = std::max(greatest, gradient.abs().max().item<double>());
      QVERIFY(greatest > 0);
      for (std::size_t i = 0; i < whole.gradients.size(); ++i) {
        const at::Tensor &found = share.gradients[i], &right = whole.gradients[i];
        QCOMPARE(found.defined(), right.defined());
        if (!right.defined()) continue;
        QVERIFY(at::equal(found, shares[0].gradients[i]));
        // By the length of each; those of convolutions before a batch norm are 0 but for rounding.
        const double error = (found - right).norm().item<double>();
        const double scale = right.norm().item<double>();
        QVERIFY2(error <= 1e-7 * scale + 1e-12 * greatest,
                 concat("gradient ", i, ": off by ", error, " of ", scale).c_str());
      }
      for (std::size_t i = 0; i < whole.statistics.size(); ++i)
        QVERIFY(at::allclose(share.statistics[i], whole.statistics[i], 1e-5, 1e-9));
    }
  }
};

QTEST_APPLESS_MAIN(TestSharedBatch)
#include "tst_shared_batch.moc"
