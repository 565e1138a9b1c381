// Auxiliary tasks and earlier predictions as what an attack raises.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/engine/gradient_attack.h"
#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/outputs/auxiliary_maps.h"
#include "core/streetscape/streetscape.h"
#include "model/losses/earlier_losses.h"
#include "model/network/network.h"
#include "model/network/read_together.h"
#include "support/parity_fill.h"

using namespace uninet;

namespace {

/// A small network with auxiliary tasks, whose features reach its outputs.
Engine engineOf(const std::string& key, const char* tasks = "segment,depth,sem_cont,sur_nor") {
  NetworkSpec spec;
  spec.network = key;
  spec.tasks = TaskSet::parse(tasks);
  spec.neck = key == "uninet" ? Neck::none : Neck::fpn;
  spec.width = 0.125;
  spec.size = {128, 64};
  Engine engine = makeUntrainedEngine(spec, 4);
  parity::fill(engine.network());
  return engine;
}

std::vector<std::string> namesOf(const std::string& network) {
  return lossKeys(engineOf(network).spec());
}

}  // namespace

class TestNamedLosses : public QObject {
  Q_OBJECT

  Sample sample_;

  ObjectiveOptions custom(const std::string& losses) const {
    ObjectiveOptions options;
    options.objective = "custom";
    options.losses = losses;
    return options;
  }
  /// Of the truth of the sample.
  Objective objectiveOf(const Engine& engine, const std::string& losses) const {
    return {engine, makeTargets({&sample_}, {}, 0), custom(losses)};
  }
  double valueAt(const Engine& engine, const std::string& losses, const at::Tensor& pixels) const {
    return onImage(engine, objectiveOf(engine, losses).function())(pixels).value.item<double>();
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    const auto scenes = openStreetscape("val", 1, 1, {512, 256});
    sample_ = resizeSample(makeSample(scenes->load(0)), {128, 64});
  }

  void names() {
    QCOMPARE(lossKeys(engineOf("pad-net").spec()),
             (std::vector<std::string>{"seg", "depth", "sem_cont", "sur_nor", "initial_segment",
                                       "initial_depth", "initial_sem_cont", "initial_sur_nor"}));
    const std::vector<std::string> scales = namesOf("mti-net");
    QCOMPARE(scales.size(), std::size_t{2 + 2 + 16});
    QCOMPARE(scales.back(), std::string("scale_0.sur_nor"));
    QCOMPARE(lossKeys(engineOf("mti-net", "segment,depth").spec()).size(), std::size_t{2 + 8});
    QCOMPARE(lossKeys(engineOf("uninet", "segment,depth").spec()),
             (std::vector<std::string>{"seg", "depth"}));
  }

  void unknownNames_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("losses");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("misspelt") << QByteArray("pad-net") << QByteArray("seg,initial_contours")
                              << QByteArray(
                                     "losses: \"initial_contours\" is not one of those of this "
                                     "network: seg, depth, sem_cont, sur_nor, initial_segment, "
                                     "initial_depth, initial_sem_cont, initial_sur_nor");
    QTest::newRow("of another network")
        << QByteArray("uninet") << QByteArray("sem_cont")
        << QByteArray("losses: \"sem_cont\" is not one of those of this network: seg, depth");
  }
  void unknownNames() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, losses);
    const QFETCH(QByteArray, sentence);
    const Engine engine =
        engineOf(network.toStdString(),
                 network == "uninet" ? "segment,depth" : "segment,depth,sem_cont,sur_nor");
    try {
      objectiveOf(engine, losses.toStdString());
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(QByteArray(error.what()), sentence);
    }
  }

  // An earlier prediction has the loss that training takes of it.
  void valuesAreThoseOfTraining() {
    for (const char* network : {"pad-net", "mti-net"}) {
      const Engine engine = engineOf(network);
      const at::Tensor pixels = engine.pixels(sample_.image);
      const RawOutputs outputs = engine.outputs(pixels, engine.spec().tasks);
      const std::vector<at::Tensor> losses = earlierLosses(outputs, makeTargets({&sample_}, {}, 0));
      for (std::size_t i = 0; i < losses.size(); ++i)
        QCOMPARE(valueAt(engine, outputs.earlier[i].name, pixels), losses[i].item<double>());
    }
  }

  // The name of an auxiliary task is the map that is drawn, at the size of the image.
  void theFinalMapIsTheOneThatIsDrawn() {
    for (const char* network : {"pad-net", "mti-net"}) {
      const Engine engine = engineOf(network);
      const at::Tensor pixels = engine.pixels(sample_.image);
      const Prediction drawn = engine.predict(sample_.image);
      const cv::Mat truth = contoursOfLabels(sample_.trainIds);
      double contours = 0, normals = 0;
      int known = 0;
      const cv::Mat vectors =
          normalsOfDepth(sample_.depthMetres, sample_.pinhole, *sample_.classes);
      for (int y = 0; y < truth.rows; ++y)
        for (int x = 0; x < truth.cols; ++x) {
          const auto p = static_cast<double>(drawn.contours.at<float>(y, x));
          contours -= truth.at<float>(y, x) > 0 ? 0.95 * std::log(p) : 0.05 * std::log(1 - p);
          const cv::Vec3f v = vectors.at<cv::Vec3f>(y, x), n = drawn.normals.at<cv::Vec3f>(y, x);
          QVERIFY(std::abs(cv::norm(n) - 1) < 1e-4);
          if (v == cv::Vec3f::all(0)) continue;
          ++known;
          normals += cv::norm(v - n, cv::NORM_L1);
        }
      QVERIFY(known > 1000);
      const double ofContours = contours / static_cast<double>(truth.total());
      QVERIFY2(std::abs(valueAt(engine, "sem_cont", pixels) - ofContours) < 1e-4 * ofContours,
               concat(network, " ", ofContours).c_str());
      const double ofNormals = normals / (3 * known);
      QVERIFY2(std::abs(valueAt(engine, "sur_nor", pixels) - ofNormals) < 1e-3 * ofNormals,
               concat(network, " ", ofNormals, " ", valueAt(engine, "sur_nor", pixels)).c_str());
    }
  }

  void everyNameRises_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("loss");
    for (const char* network : {"pad-net", "mti-net"})
      for (const std::string& loss : namesOf(network))
        QTest::addRow("%s %s", network, loss.c_str())
            << QByteArray(network) << QByteArray(loss.c_str());
  }
  void everyNameRises() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, loss);
    const AttackInfo& pgd = attackByKey("pgd");
    const Engine engine = engineOf(network.toStdString());
    const AttackResult result = pgd.run({engine, sample_},
                                        *optionsOf(pgd, {{"objective", "custom"},
                                                         {"losses", loss.toStdString()},
                                                         {"epsilon", 1},
                                                         {"iterations", 4},
                                                         {"alpha", 0.25}}),
                                        {}, {});
    QVERIFY(result.notes.empty());
    const AttackIteration &first = result.iterations.front(), &last = result.iterations.back();
    QCOMPARE(first.losses.size(), std::size_t{1});
    QVERIFY(last.losses.at(loss.toStdString()) > first.losses.at(loss.toStdString()));
    // And that of the whole pixel values that are kept.
    QVERIFY(valueAt(engine, loss.toStdString(), engine.pixels(result.image)) > first.objective);
  }

  void gradientIsThatOfADifferenceQuotient_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("loss");
    for (const auto& [network, loss] : {std::pair{"pad-net", "sem_cont"},
                                        {"pad-net", "sur_nor"},
                                        {"pad-net", "initial_depth"},
                                        {"pad-net", "initial_sur_nor"},
                                        {"mti-net", "sem_cont"},
                                        {"mti-net", "scale_2.sur_nor"},
                                        {"mti-net", "scale_1.segment"}})
      QTest::addRow("%s %s", network, loss) << QByteArray(network) << QByteArray(loss);
  }
  void gradientIsThatOfADifferenceQuotient() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, loss);
    const Engine engine = engineOf(network.toStdString()).withArithmetic(Arithmetic::float64);
    const ImageFunction function =
        onImage(engine, objectiveOf(engine, loss.toStdString()).function());
    const at::Tensor image = engine.pixels(sample_.image).to(at::kDouble);
    const at::Tensor direction = parity::units("direction", image.sizes());
    // Predictions would be float32: every value is one of those whose gradient can be taken.
    const auto value = [&](double step) {
      at::Tensor x = (image + step * direction).requires_grad_(true);
      const at::Tensor found = function(x).value;
      return std::pair(found, x);
    };
    const auto [found, x] = value(0);
    QCOMPARE(found.scalar_type(), at::kDouble);
    const at::Tensor gradient = torch::autograd::grad({found}, {x})[0];
    const double analytic = (gradient * direction).sum().item<double>();
    const double step = 1e-4;
    const double quotient = (value(step).first - value(-step).first).item<double>() / (2 * step);
    // ReLU, pooling and absolute values have kinks, over some of which even a short way leads.
    const double scale = (gradient.abs() * direction.abs()).sum().item<double>();
    QVERIFY(scale > 0);
    QVERIFY2(std::abs(analytic - quotient) <= 1e-4 * std::abs(quotient) + 1e-5 * scale,
             concat("analytic ", analytic, ", quotient ", quotient, ", scale ", scale).c_str());
  }

  void combinations() {
    const Engine engine = engineOf("pad-net");
    const at::Tensor pixels = engine.pixels(sample_.image);
    const std::vector<std::string> parts{"seg", "depth", "sur_nor", "initial_segment"};
    double sum = 0, product = 8;  // λ of depth
    std::string all;
    for (const std::string& part : parts) {
      const double value = valueAt(engine, part, pixels);
      sum += value;
      product *= value;
      all += (all.empty() ? "" : ",") + part;
    }
    QVERIFY(std::abs(valueAt(engine, all, pixels) - sum) < 1e-5 * sum);
    ObjectiveOptions options = custom(all);
    options.combination = "geometric";
    const Objective geometric(engine, makeTargets({&sample_}, {}, 0), options);
    const ObjectiveValue found = onImage(engine, geometric.function())(pixels);
    QVERIFY(std::abs(found.value.item<double>() - std::pow(product, 0.25)) < 1e-5 * sum);
    QCOMPARE(found.losses.size(), std::size_t{4});
  }

  // As for the other tasks: contours and normals of what the network sees in the clean image.
  void targetsOfAnImageAlone() {
    const AttackInfo& pgd = attackByKey("pgd");
    const Engine engine = engineOf("mti-net");
    Sample alone;
    alone.image = sample_.image;
    alone.pinhole = sample_.pinhole;
    const AttackResult result = pgd.run({engine, alone},
                                        *optionsOf(pgd, {{"objective", "custom"},
                                                         {"losses", "sem_cont,sur_nor"},
                                                         {"epsilon", 2},
                                                         {"diversity", 0.5}}),
                                        {}, {});
    QCOMPARE(result.notes.size(), std::size_t{2});
    for (const std::string& note : result.notes)
      QVERIFY2(note.ends_with("the clean prediction stands in as target"), note.c_str());
    QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
  }

  void whatHasNoTargetIsLeftOut() {
    const AttackInfo& pgd = attackByKey("pgd");
    const Engine engine = engineOf("mti-net");
    Sample unknown = sample_;
    unknown.depthMetres.setTo(-1);
    const auto run = [&](const char* losses) {
      return pgd.run(
          {engine, unknown},
          *optionsOf(
              pgd,
              {{"objective", "custom"}, {"losses", losses}, {"epsilon", 1}, {"iterations", 1}}),
          {}, {});
    };
    const AttackResult result = run("sem_cont,sur_nor,scale_1.depth");
    QCOMPARE(result.notes,
             (std::vector<std::string>{"sur_nor left out: no pixel with a known depth",
                                       "scale_1.depth left out: no pixel with a known depth"}));
    QVERIFY_EXCEPTION_THROWN(run("sur_nor"), Error);
  }
};

QTEST_APPLESS_MAIN(TestNamedLosses)
#include "tst_named_losses.moc"
