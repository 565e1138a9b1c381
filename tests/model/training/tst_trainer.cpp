#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/streetscape/streetscape.h"
#include "model/checkpoint/checkpoint.h"
#include "model/engine/engine.h"
#include "model/losses/losses.h"
#include "model/networks/registry.h"
#include "model/training/step_guard.h"
#include "model/training/trainer.h"
#include "support/small_training.h"

using namespace uninet;
namespace fs = std::filesystem;

class TestTrainer : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<Dataset> training_, validation_;

  fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
  Network train(const TrainOptions& options, const fs::path& folder, const Progress& progress = {},
                const std::function<void(const EpochReport&)>& report = {}) const {
    return trainNetwork(options, *training_, *validation_, folder, progress, report);
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    training_ = openStreetscape("train", 40, 1, {256, 128});
    validation_ = openStreetscape("val", 2, 1, {256, 128});
  }

  void resumesBitEqual_data() {
    QTest::addColumn<QString>("optimiser");
    QTest::addColumn<int>("stopAt");
    QTest::newRow("AdamW, after an epoch") << "adamw" << 8;
    QTest::newRow("RAdam, within an epoch") << "radam" << 10;
  }
  void resumesBitEqual() {
    const QFETCH(QString, optimiser);
    const QFETCH(int, stopAt);
    // Twelve steps: a row of losses.csv is the mean of ten.
    TrainOptions options = smallTraining(3, 8);
    options.optimiser = optimiser.toStdString();
    const fs::path whole = path(qPrintable(optimiser + "-whole"));
    const fs::path parts = path(qPrintable(optimiser + "-parts"));
    train(options, whole);

    std::atomic<bool> stop{false};
    const Progress stopping(
        [&](const ProgressReport& report) {
          if (report.total == 24 && report.done >= stopAt) stop = true;
        },
        &stop);
    QVERIFY_EXCEPTION_THROWN(train(options, parts, stopping), Cancelled);
    QVERIFY(fs::exists(parts / "state.safetensors"));
    train(options, parts);
    QVERIFY(readTextFile(whole / "network.safetensors") ==
            readTextFile(parts / "network.safetensors"));
    const std::string losses = readTextFile(whole / "losses.csv");
    QCOMPARE(std::ranges::count(losses, '\n'), 2);
    QVERIFY(readTextFile(parts / "losses.csv") == losses);
  }

  // A step takes the dense outputs before their last resize: the losses are the same, and so are
  // the gradients of all weights; in double precision, for rounding differs between processors.
  void lossesBeforeTheLastResize_data() {
    QTest::addColumn<QString>("network");
    for (const NetworkInfo* info : networks()) QTest::addRow("%s", info->key) << info->key;
  }
  void lossesBeforeTheLastResize() {
    const QFETCH(QString, network);
    TrainOptions options = smallTraining(3, 4);
    options.network = network.toStdString();
    Network made = makeNetwork(options.spec(), 3);
    std::vector<at::Tensor> weights;
    std::vector<std::string> keys;
    for (WeightEntry& entry : made.weights.entries()) {
      if (entry.tensor.is_floating_point()) entry.tensor = entry.tensor.to(at::kDouble);
      if (entry.buffer) continue;
      weights.push_back(entry.tensor.requires_grad_(true));
      keys.push_back(entry.key);
    }
    std::vector<Sample> samples;
    std::vector<const Sample*> batch;
    for (const std::size_t i : {0, 1})
      samples.push_back(resizeSample(makeSample(training_->load(i)), made.spec.size));
    for (const Sample& sample : samples) batch.push_back(&sample);
    const Targets targets = makeTargets(batch, {}, 0);
    const at::AutoGradMode mode(true);
    const auto gradientsOf = [&](bool beforeResize, LossValues& values) {
      at::manual_seed(5);
      const at::Tensor input = at::cat({normalise(pixelsFromImage(samples[0].image)),
                                        normalise(pixelsFromImage(samples[1].image))});
      const RawOutputs outputs = made.forward(input.to(at::kDouble), made.spec.tasks, true,
                                              Precision::float32, {}, wholeBatch(), beforeResize);
      values = computeLosses(outputs, targets);
      return torch::autograd::grad({weightedSum(values)}, weights, {}, c10::nullopt, false, true);
    };
    LossValues full, before;
    const auto expected = gradientsOf(false, full), found = gradientsOf(true, before);
    for (std::size_t i = 0; i < full.size(); ++i) {
      QCOMPARE(before[i].defined(), full[i].defined());
      if (!full[i].defined()) continue;
      const double right = full[i].item<double>();
      QVERIFY(std::abs(before[i].item<double>() - right) <= 1e-9 * std::abs(right));
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (!expected[i].defined()) continue;
      const double size = expected[i].norm().item<double>();
      const double off = (found[i] - expected[i]).norm().item<double>();
      QVERIFY2(off <= 1e-9 * size + 1e-12, concat(keys[i], ": ", off, " of ", size).c_str());
    }
  }

  // Whatever the head is called in the network.
  void startsPositive_data() {
    QTest::addColumn<QString>("network");
    QTest::newRow("uninet") << "uninet";
    QTest::newRow("mti-net") << "mti-net";
  }
  void startsPositive() {
    const QFETCH(QString, network);
    TrainOptions options = smallTraining(1, 2);
    options.network = network.toStdString();
    options.tasks = "detect,segment,inst_seg,depth,inst_depth";
    options.rate = 1e-8;
    const Network trained = train(options, path(qPrintable(network)));
    int found = 0;
    for (const WeightEntry& entry : trained.weights.entries())
      for (const auto& [end, start] :
           {std::pair(".bbox_pred.bias", 2.), std::pair(".inst_depth_logits.bias", 20.)})
        if (entry.key.ends_with(end)) {
          ++found;
          QVERIFY2(at::allclose(entry.tensor, at::full_like(entry.tensor, start)),
                   entry.key.c_str());
        }
    QVERIFY(found >= 2);
  }

  void otherOptionsAreRefused() {
    TrainOptions options = smallTraining(3, 4);
    options.epochs = 1;
    train(options, path("refuse"));
    options.rate = 2e-3;
    try {
      train(options, path("refuse"));
      QFAIL("went on with another rate");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("rate"), error.what());
    }
  }

  // Without one whole batch there would be nothing but the initial weights.
  void lessThanABatchIsRefused() {
    TrainOptions options = smallTraining(3, 4);
    options.epochs = 1;
    options.epochImages = options.batch - 1;
    try {
      train(options, path("nothing"), {}, {});
      QFAIL("it trained nothing");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("at least one batch"), error.what());
    }
    QVERIFY(!std::filesystem::exists(path("nothing") / "network.safetensors"));
  }

  void validatesAndWritesTables() {
    TrainOptions options = smallTraining(3, 4);
    options.epochs = 2;
    options.validateEvery = 1;
    int validated = 0;
    const Network network = train(options, path("tables"), {}, [&](const EpochReport& report) {
      validated += report.validation ? 1 : 0;
      QVERIFY(std::isfinite(report.trainLoss));
    });
    QCOMPARE(validated, 2);
    const QString table = QString::fromStdString(readTextFile(path("tables") / "validation.csv"));
    QCOMPARE(table.trimmed().split('\n').size(), 3);
    QVERIFY(table.startsWith("images,miou,ap_box"));
    QVERIFY(!network.maskCode.empty());
    const CheckpointFile file = readCheckpoint(path("tables") / "network.safetensors");
    QCOMPARE(file.metadata.at("train.images"), std::string("8"));
  }

  // The loss falls: the mean over the second pass is clearly below that over the first.
  void learns() {
    const auto few = openStreetscape("train", 40, 9, {256, 128});
    TrainOptions options = smallTraining(3, 4);
    options.augmentation = "none";
    options.rate = 3e-3;
    options.epochs = 2;
    options.epochImages = 80;
    std::vector<double> losses;
    trainNetwork(options, *few, *validation_, path("learns"), {},
                 [&](const EpochReport& report) { losses.push_back(report.trainLoss); });
    QVERIFY2(losses[1] < 0.9 * losses[0],
             qPrintable(QString("%1 after %2").arg(losses[1]).arg(losses[0])));
  }

  void goesOnFromACheckpointWithANewSchedule() {
    const Network first = train(smallTraining(3, 4), path("first"));
    const fs::path file = path("first") / "network.safetensors";
    NetworkSpec spec = smallTraining(3, 4).spec();
    Network network = makeNetwork(spec, 99);
    startFrom(network, file);
    for (const WeightEntry& entry : first.weights.entries())
      QVERIFY2(at::equal(network.weights.at(entry.key), entry.tensor), entry.key.c_str());
    QVERIFY(at::equal(network.maskCode.components, first.maskCode.components));
    QVERIFY(network.metadata.at("train.start").find("sha256") != std::string::npos);
    spec.width = 0.25;
    Network wider = makeNetwork(spec, 99);
    QVERIFY_EXCEPTION_THROWN(startFrom(wider, file), Error);

    // Where it began is still known after a stop.
    const auto initial = [&](Network& fresh) { startFrom(fresh, file); };
    std::atomic<bool> stop{false};
    const Progress stopping([&](const ProgressReport& report) { stop = report.done >= 4; }, &stop);
    TrainOptions options = smallTraining(3, 4);
    options.seed = 1;
    QVERIFY_EXCEPTION_THROWN(
        trainNetwork(options, *training_, *validation_, path("second"), stopping, {}, initial),
        Cancelled);
    const Network second = train(options, path("second"));
    QCOMPARE(second.metadata.at("train.start"), network.metadata.at("train.start"));
    QVERIFY(at::equal(second.maskCode.components, first.maskCode.components));
  }

  void batchesWithoutAFiniteLossChangeNothing() {
    // Activations overflow from the first layer on: every statistic of a batch is NaN.
    const auto overflowing = [](Network& network) {
      network.weights.entries().front().tensor.fill_(3e38);
    };
    Network start;
    const Network trained = trainNetwork(smallTraining(1, 6), *training_, *validation_,
                                         path("overflowing"), {}, {}, [&](Network& network) {
                                           overflowing(network);
                                           start = network;
                                           for (WeightEntry& entry : start.weights.entries())
                                             entry.tensor = entry.tensor.clone();
                                         });
    for (const WeightEntry& entry : start.weights.entries())
      QVERIFY2(at::equal(trained.weights.at(entry.key), entry.tensor), entry.key.c_str());

    try {
      trainNetwork(smallTraining(1, 80), *training_, *validation_, path("overflowing-long"), {}, {},
                   overflowing);
      QFAIL("trained without a loss");
    } catch (const Error& error) {
      QCOMPARE(error.what(), "training: no finite loss in 20 batches before image 38");
    }
  }

  void gradientsThatAreNotFiniteAreNamed() {
    const Network network = makeNetwork(smallTraining(1, 6).spec(), 0);
    std::vector<at::Tensor> gradients;
    std::vector<std::string> keys;
    for (const WeightEntry& entry : network.weights.entries())
      if (!entry.buffer) {
        gradients.push_back(at::zeros_like(entry.tensor));
        keys.push_back(entry.key);
      }
    gradients[1] = at::Tensor();
    QCOMPARE(notFinite(gradients, network), std::string());
    gradients.back().flatten()[0] = -INFINITY;
    QCOMPARE(notFinite(gradients, network), "gradient of " + keys.back());
    gradients[7].flatten()[0] = NAN;
    QCOMPARE(notFinite(gradients, network), "gradient of " + keys[7]);
  }

  void ratesFollowTheSchedule() {
    TrainOptions options;
    options.rate = 1e-4;
    QCOMPARE(learningRate(options, 0, 1000, 0), 1e-4);
    QVERIFY(std::abs(learningRate(options, 750, 1000, 9) - 1e-5) < 1e-12);
    QVERIFY(std::abs(learningRate(options, 950, 1000, 9) - 1e-6) < 1e-12);
    options = TrainOptions::demo();
    QVERIFY(learningRate(options, 0, 1000, 0) < 0.02 * options.rate);
    QVERIFY(std::abs(learningRate(options, 500, 1000, 1000) - options.rate / 2) < 1e-9);
    QVERIFY(learningRate(options, 1000, 1000, 1000) < 1e-9);
  }
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
