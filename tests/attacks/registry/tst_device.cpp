#include <ATen/ATen.h>

#include <QtTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "attacks/measures/gradient_matrix.h"
#include "attacks/measures/levels.h"
#include "attacks/measures/shape_bias.h"
#include "attacks/registry/registry.h"
#include "attacks/sweep/attack_images.h"
#include "core/base/error.h"
#include "model/engine/device.h"
#include "model/engine/raw_outputs.h"
#include "model/losses/earlier_losses.h"
#include "support/attack_case.h"
#include "support/pretend_device.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

std::string refusal(const Engine& engine, const std::string& device) {
  try {
    engine.onDevice(device);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

bool samePrediction(const Prediction& a, const Prediction& b) {
  if (!same(a.trainIds, b.trainIds) || !same(a.depthMetres, b.depthMetres) ||
      a.detections.size() != b.detections.size() || !(a.tasks == b.tasks))
    return false;
  for (std::size_t i = 0; i < a.detections.size(); ++i) {
    const Detection &p = a.detections[i], &q = b.detections[i];
    if (!(p.box == q.box) || p.classId != q.classId || p.score != q.score ||
        p.depthMetres != q.depthMetres || !same(p.mask, q.mask))
      return false;
  }
  return true;
}

bool isNear(double found, double expected, double relative) {
  return std::abs(found - expected) <= relative * std::abs(expected);
}

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

/// Networks, losses, attacks and measures on another device than the CPU: one that computes with
/// the CPU's operations, and therefore to the same numbers as LibTorch's there, but that refuses
/// what a graphics card would.
class TestDevice : public QObject {
  Q_OBJECT

  /// The case with its network on the CPU and on the device. Gradients in float64: in float32 the
  /// CPU resizes backwards in its own way.
  AttackCase here_, there_;
  Engine boxes_ = smallEngine(kSmallSize, true).withArithmetic(Arithmetic::aten);

  static AttackResult run(const AttackCase& on, const std::string& key, const Json& values) {
    const AttackInfo& attack = attackByKey(key);
    return attack.run({on.engine, on.sample, {}}, *contractOptions(attack, on, values), {}, {});
  }

  void eachKind() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("reads");  // for each iteration; −1: it does not iterate
    const auto add = [](const char* name, const char* key, const char* options, int reads) {
      QTest::newRow(name) << QString(key) << QString(options) << reads;
    };
    add("fgsm", "fgsm", R"({"epsilon": 2})", -1);
    add("pgd", "pgd", R"({"epsilon": 8})", 1);
    add("pgd, single loss", "pgd", R"({"epsilon": 8, "objective": "reg"})", 1);
    add("pgd, geometric", "pgd", R"({"epsilon": 8, "objective": "geometric"})", 1);
    add("pgd, l2", "pgd", R"({"epsilon": 300, "alpha": 100, "norm": "l2"})", 1);
    // The nearest point of the ball is looked for on the CPU.
    add("pgd, l1", "pgd", R"({"epsilon": 50000, "alpha": 20000, "norm": "l1"})", 2);
    add("random start", "pgd", R"({"epsilon": 8, "random-start": true, "seed": 3})", 1);
    add("random start, l2", "pgd",
        R"({"epsilon": 300, "alpha": 100, "norm": "l2", "random-start": true})", 1);
    add("momentum", "pgd", R"({"epsilon": 8, "momentum": 1})", 1);
    // A pass for the value beside the one for the gradient, which is only made of other pixels.
    add("look ahead", "pgd", R"({"epsilon": 8, "momentum": 1, "nesterov": true})", 2);
    add("diversity", "pgd", R"({"epsilon": 8, "diversity": 1})", 2);
    add("apgd", "pgd", R"({"epsilon": 8, "rule": "apgd"})", 1);
    add("segpgd", "pgd", R"({"epsilon": 8, "objective": "segpgd"})", 1);
    add("cospgd", "pgd", R"({"epsilon": 8, "objective": "cospgd"})", 1);
    add("cospgd of depth", "pgd", R"({"epsilon": 8, "objective": "cospgd-depth"})", 1);
    add("hide", "hide-segmentation", R"({"epsilon": 8})", 1);
    add("hide, weights", "hide-segmentation",
        R"({"epsilon": 8, "omega": 0.7, "gate": 0.75, "pixel-weights": "segpgd"})", 1);
    add("hide from depth", "hide-depth", R"({"epsilon": 8})", 1);
    add("dag, detection", "dag-detection", R"({"threshold": 0})", 1);
    add("dag, segmentation", "dag-segmentation", R"({"gamma": 1})", 1);
    add("dag, untargeted", "dag-untargeted", R"({"head": "segmentation", "gamma": 1})", 1);
    add("noise", "noise-uniform", R"({"epsilon": 4})", -1);
    add("signs", "noise-sign", R"({"epsilon": 4})", -1);
  }

 private Q_SLOTS:
  void initTestCase() {
#ifdef UNINET_CUDA
    QSKIP("a LibTorch with CUDA asks for its driver where gradients are taken on another device");
#endif
    configureCompute(1);
    const Engine precise = here_.engine.withArithmetic(Arithmetic::float64);
    there_.engine = precise.onDevice(pretendDevice());
    here_.engine = precise;
  }

  void onlyWhatIsThere() {
    QCOMPARE(refusal(boxes_, "cpu"), std::string());
    QCOMPARE(refusal(boxes_, pretendDevice()), std::string());
    for (const char* text : {"", "gpu", "cuda:", "cuda:-1", "cpu:1", "xla", "cuda:x"})
      QCOMPARE(refusal(boxes_, text),
               concat("device: expected cpu, cuda or cuda:N, found \"", text, "\""));
    QCOMPARE(refusal(boxes_, "privateuseone:1"),
             std::string("device privateuseone:1: there is no such card, the only one is "
                         "privateuseone:0"));
    QCOMPARE(cards().back().device, pretendDevice());
    if (cards().size() > 1) QSKIP("there is a card");
    QVERIFY(QString::fromStdString(refusal(boxes_, "cuda")).startsWith("device cuda: "));
#ifndef UNINET_CUDA
    QCOMPARE(refusal(boxes_, "cuda:1"),
             std::string("device cuda:1: this build of the program has no CUDA and computes on the "
                         "CPU only"));
#endif
  }

  void keepsItsDevice() {
    const Engine planned = smallEngine(kSmallSize, false);
    const Engine away = planned.onDevice("privateuseone");
    QCOMPARE(away.device(), pretendDevice());
    QCOMPARE(&away.onDevice(pretendDevice()).network(), &away.network());
    for (const Engine& engine : {away.separateCopy(), away.withArithmetic(Arithmetic::float64),
                                 away.withArithmetic(Arithmetic::plan)}) {
      QCOMPARE(engine.device(), pretendDevice());
      QCOMPARE(engine.network().weights.entries().front().tensor.device().str(), pretendDevice());
      QCOMPARE(engine.arithmetic().at("code path"), std::string("ATen"));
      QCOMPARE(engine.arithmetic().at("card"), pretendDevice());
    }
    QCOMPARE(deviceText(away.device()), pretendDevice());
    const Engine back = away.onDevice("cpu");
    QCOMPARE(back.device(), std::string("cpu"));
    QCOMPARE(back.arithmetic(), planned.arithmetic());
    QVERIFY(!back.arithmetic().contains("card"));
    QVERIFY(samePrediction(back.predict(here_.sample.image), planned.predict(here_.sample.image)));
  }

  void pixelsBelongToADevice() {
    const at::Tensor pixels = pixelsFromImage(here_.sample.image);
    QVERIFY_EXCEPTION_THROWN(there_.engine.outputs(pixels, TaskSet().add(Task::depth)), c10::Error);
    const at::Tensor there = there_.engine.pixels(here_.sample.image);
    QCOMPARE(there.device().str(), pretendDevice());
    QVERIFY(same(imageFromPixels(there), here_.sample.image));
  }

  void predictsAndEvaluatesTheSame() {
    const Engine away = boxes_.onDevice(pretendDevice());
    const Engine::Evaluated a = boxes_.evaluate(here_.sample), b = away.evaluate(here_.sample);
    QVERIFY(a.prediction.tasks == b.prediction.tasks);
    QVERIFY(!a.prediction.trainIds.empty() && !a.prediction.depthMetres.empty());
    // Float32 maps in another order of channels: pixels between two classes may fall to either.
    const auto pixels = static_cast<double>(a.prediction.trainIds.total());
    QVERIFY(cv::countNonZero(a.prediction.trainIds != b.prediction.trainIds) <= 1e-3 * pixels);
    QVERIFY(cv::norm(a.prediction.depthMetres, b.prediction.depthMetres, cv::NORM_INF) <=
            1e-4 * cv::norm(a.prediction.depthMetres, cv::NORM_INF));
    QCOMPARE(b.losses.size(), std::size_t{7});
    for (const auto& [key, loss] : a.losses)
      QVERIFY2(isNear(b.losses.at(key), loss, 1e-4), key.c_str());
  }

  void writesRawOutputs() {
    const QTemporaryDir folder;
    const auto file = [&](const char* name) {
      return std::filesystem::path(folder.filePath(name).toStdString());
    };
    writeRawOutputs(boxes_, here_.sample.image, file("a"));
    writeRawOutputs(boxes_.onDevice(pretendDevice()), here_.sample.image, file("b"));
    QVERIFY(!bytesOf(file("a")).empty());
    QCOMPARE(bytesOf(file("a")).size(), bytesOf(file("b")).size());  // the same maps
  }

  void attacksToTheSameImage_data() { eachKind(); }

  void attacksToTheSameImage() {
    const QFETCH(QString, key);
    const QFETCH(QString, options);
    Json values = Json::parse(options.toStdString());
    QFETCH(int, reads);
    // Input diversity resizes the pixels in float32, whose rounding turns signs of gradients near
    // 0, and each step more of them.
    const bool rounded = values.contains("diversity");
    if (reads >= 0) values["iterations"] = rounded ? 1 : 3;
    const AttackResult a = run(here_, key.toStdString(), values),
                       b = run(there_, key.toStdString(), values);
    const cv::Mat differ = (a.image != b.image);
    const int allowed = rounded ? static_cast<int>(differ.total()) * 3 / 1000 : 0;
    const int apart = cv::countNonZero(differ.reshape(1));
    QVERIFY2(apart <= allowed, concat(apart, " values of ", differ.total() * 3).c_str());
    QVERIFY(!same(a.image, here_.sample.image));
    QCOMPARE(b.notes, a.notes);
    QCOMPARE(b.iterations.size(), a.iterations.size());
    for (std::size_t i = 0; i < a.iterations.size(); ++i) {
      const AttackIteration &p = a.iterations[i], &q = b.iterations[i];
      // Only gradients are taken in double precision; losses beside them are float32.
      const double near = rounded ? 1e-3 : 1e-6;
      QVERIFY(isNear(q.objective, p.objective, near));
      for (const auto& [key, loss] : p.losses)
        QVERIFY2(isNear(q.losses.at(key), loss, near),
                 concat(key, ": ", loss, " and ", q.losses.at(key)).c_str());
      QVERIFY(isNear(q.gradientMax, p.gradientMax, rounded ? 1e-2 : 1e-6));
      QVERIFY(std::abs(q.gradientZeroShare - p.gradientZeroShare) <= 1e-6);
    }
  }

  void keepsTheContract_data() { addContractRows(); }

  void keepsTheContract() {
    const QFETCH(QString, key);
    const QFETCH(int, rule);
    Json values{{"iterations", 4}};
    if (key == "dag-untargeted") values["head"] = "segmentation";
    const std::string broken = contractRules()[static_cast<std::size_t>(rule)].broken(
        attackByKey(key.toStdString()), there_, values);
    QVERIFY2(broken.empty(), broken.c_str());
  }

  // As on a card, where several images share a pass.
  void imagesTogetherAreThoseOfEachAlone() {
    std::vector<AttackInput> inputs;
    for (int i = 0; i < 3; ++i) {
      Sample sample = there_.sample;
      sample.image += cv::Scalar(5 * i, 9 * i, 2 * i);
      inputs.push_back({there_.engine, sample});
    }
    std::vector<const AttackInput*> pointers;
    for (const AttackInput& input : inputs) pointers.push_back(&input);
    for (const char* key : {"pgd", "hide-depth", "dag-segmentation"}) {
      const AttackInfo& attack = attackByKey(key);
      const auto options = contractOptions(attack, there_, {{"epsilon", 4}, {"iterations", 3}});
      ImageBatch batch(there_.engine, 3);
      const int before = there_.engine.passes().gradients;
      const auto found = attackImages(attack, *options, pointers, batch, {},
                                      [](std::size_t, const AttackIteration&) {});
      QVERIFY(there_.engine.passes().gradients - before <= 3);
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        QCOMPARE(found[i].problem, std::string());
        QVERIFY(!same(found[i].result.image, inputs[i].sample.image));
        QVERIFY(same(found[i].result.image, attack.run(inputs[i], *options, {}, {}).image));
      }
    }
  }

  void followsTheSameGradientInFloat32() {
    const auto gradientOn = [this](const Engine& engine) {
      return gradientMatrix({engine, here_.sample, {}}, here_.sample.image).norms;
    };
    const Engine single = here_.engine.withArithmetic(Arithmetic::aten);
    const std::vector<double> a = gradientOn(single),
                              b = gradientOn(single.onDevice(pretendDevice()));
    QCOMPARE(a.size(), std::size_t{7});
    for (std::size_t i = 0; i < a.size(); ++i) QVERIFY(std::abs(a[i] - b[i]) <= 1e-4 * a[i]);
  }

  void waitsOncePerIteration_data() { eachKind(); }

  void waitsOncePerIteration() {
    const QFETCH(QString, key);
    const QFETCH(QString, options);
    const QFETCH(int, reads);
    static const std::set<QString> kOther{"pgd",  "pgd, l2",       "pgd, l1",       "look ahead",
                                          "apgd", "hide, weights", "dag, detection"};
    if (reads < 0 || !kOther.contains(QTest::currentDataTag())) return;
    const auto count = [&](int iterations) {
      Json values = Json::parse(options.toStdString());
      values["iterations"] = iterations;
      const std::int64_t before = readsOfPretendDevice();
      const int done = run(there_, key.toStdString(), values).iterationsDone;
      return std::pair(readsOfPretendDevice() - before, done);
    };
    const auto few = count(2), more = count(3);
    QCOMPARE(few.second, 2);
    QCOMPARE(more.second, 3);
    QCOMPARE(more.first - few.first, std::int64_t{reads});
  }

  void measuresTheSame() {
    const cv::Mat attacked = run(here_, "pgd", {{"epsilon", 4}}).image;
    const GradientMatrix near = gradientMatrix({here_.engine, here_.sample, {}}, attacked),
                         far = gradientMatrix({there_.engine, there_.sample, {}}, attacked);
    QCOMPARE(far.losses, near.losses);
    QCOMPARE(far.norms.size(), near.norms.size());
    for (std::size_t i = 0; i < near.norms.size(); ++i)
      QVERIFY(isNear(far.norms[i], near.norms[i], 1e-5));

    const Engine away = boxes_.onDevice(pretendDevice());
    const auto a = levelDrift(boxes_, here_.sample.image, attacked),
               b = levelDrift(away, here_.sample.image, attacked);
    QVERIFY(!a.empty());
    for (std::size_t i = 0; i < a.size(); ++i) {
      QVERIFY(isNear(b[i].drift, a[i].drift, 1e-5));
    }

    const Prediction before = boxes_.predict(here_.sample.image), after = boxes_.predict(attacked);
    const ShapeRecord r = shapeRecord(boxes_, here_.sample, before, after),
                      s = shapeRecord(away, here_.sample, before, after);
    QVERIFY(!r.locations.empty());
    QCOMPARE(s.locations.size(), r.locations.size());
    for (std::size_t i = 0; i < r.locations.size(); ++i) {
      QCOMPARE(s.locations[i].classId, r.locations[i].classId);
      QVERIFY(isNear(s.locations[i].attacked.width, r.locations[i].attacked.width, 1e-4));
    }
  }

  void lossesOfEarlierPredictionsAreTheSame() {
    Sample sample = here_.sample;
    sample.pinhole = {100, 100, 80, 64};
    const Targets targets = makeTargets({&sample}, {}, 0);
    RawOutputs outputs;
    const auto add = [&](Task task, std::int64_t channels, Supervision supervision) {
      outputs.earlier.push_back({task, "", at::rand({1, channels, 32, 40}), supervision});
    };
    add(Task::segment, 19, Supervision::outputSize);
    add(Task::depth, 1, Supervision::truthSize);
    add(Task::semCont, 1, Supervision::outputSize);
    add(Task::surNor, 3, Supervision::truthSize);
    const std::vector<at::Tensor> a = earlierLosses(outputs, targets);
    for (auto& output : outputs.earlier) output.map = output.map.to(at::Device(pretendDevice()));
    const std::vector<at::Tensor> b = earlierLosses(outputs, targets);
    QCOMPARE(b.size(), a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      QVERIFY(a[i].defined() && b[i].defined());
      QVERIFY(isNear(b[i].cpu().item<double>(), a[i].item<double>(), 1e-5));
    }
  }
};

QTEST_APPLESS_MAIN(TestDevice)
#include "tst_device.moc"
