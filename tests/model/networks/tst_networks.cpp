// Every network of the registry against what is published of it, and what all of them must do.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/data/class_table.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"
#include "model/losses/earlier_losses.h"
#include "model/losses/losses.h"
#include "model/network/bilinear.h"
#include "model/network/network_file.h"
#include "model/networks/earlier_outputs.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"
#include "model/training/optimiser.h"
#include "support/parity_fill.h"
#include "support/tsv.h"

using namespace uninet;

namespace {

const char* const kFive = "detect,segment,inst_seg,depth,inst_depth";
const char* const kTwo = "segment,depth";
const char* const kAuxiliary = "segment,depth,sem_cont,sur_nor";

NetworkSpec specOf(const std::string& network, const std::string& tasks, const std::string& neck,
                   const Classes& classes = cityscapesClasses()) {
  NetworkSpec spec;
  spec.network = network;
  spec.tasks = TaskSet::parse(tasks);
  spec.neck = neckByName(neck);
  spec.classes = classes;
  spec.size = classes->networkSize;
  return spec;
}

/// Every network in each of its forms, small.
std::vector<NetworkSpec> smallSpecs() {
  std::vector<NetworkSpec> specs;
  const auto add = [&](const char* network, const char* tasks, const char* neck) {
    specs.push_back(specOf(network, tasks, neck));
    specs.back().width = 0.25;
    specs.back().size = {256, 128};
  };
  add("uninet", kFive, "none");
  add("single-task", "segment", "none");
  add("single-task", "depth", "none");
  add("mtl-baseline", kTwo, "none");
  add("cross-stitch", kTwo, "none");
  add("mtan", kTwo, "none");
  add("pad-net", kTwo, "none");
  add("pad-net", kAuxiliary, "fpn");
  add("mti-net", kTwo, "fpn");
  add("mti-net", kTwo, "none");
  add("mti-net", kAuxiliary, "fpn");
  add("mti-net", kFive, "fpn");
  return specs;
}

void eachSmallSpec() {
  QTest::addColumn<int>("number");
  const std::vector<NetworkSpec> specs = smallSpecs();
  for (std::size_t i = 0; i < specs.size(); ++i)
    QTest::newRow(specText(specs[i]).c_str()) << static_cast<int>(i);
}

at::Tensor pictureOf(const NetworkSpec& spec, std::int64_t images = 1) {
  return 255 * (parity::units("picture", {images, 3, spec.size.height, spec.size.width}) + 0.5)
                   .to(at::kFloat);
}

std::map<std::string, at::Tensor> tapsOf(const Network& network, const at::Tensor& input) {
  std::map<std::string, at::Tensor> taps;
  const at::NoGradGuard noGrad;
  network.forward(input, network.spec.tasks, false, Precision::float32,
                  [&](const std::string& name, const at::Tensor& x) {
                    taps[name] = x;
                    return x;
                  });
  return taps;
}

}  // namespace

class TestNetworks : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() { configureCompute(1); }

  void everyNetworkIsTested() {
    for (const NetworkInfo* info : networks()) {
      const auto specs = smallSpecs();
      QVERIFY2(std::any_of(specs.begin(), specs.end(),
                           [&](const NetworkSpec& spec) { return spec.network == info->key; }),
               info->key);
    }
  }

  void keys_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<QByteArray>("neck");
    const auto row = [](const char* file, const char* network, const char* tasks,
                        const char* neck = "none") {
      QTest::newRow(file) << QByteArray(network) << QByteArray(tasks) << QByteArray(neck);
    };
    row("zoo_single_segment", "single-task", "segment");
    row("zoo_multi", "mtl-baseline", kTwo);
    row("zoo_cross_stitch", "cross-stitch", kTwo);
    row("zoo_mtan", "mtan", kTwo);
    row("zoo_padnet_noaux", "pad-net", kTwo);
    row("zoo_padnet_aux", "pad-net", kAuxiliary);
    row("zoo_mtinet_noaux", "mti-net", kTwo, "fpn");
    row("zoo_mtinet_aux", "mti-net", kAuxiliary, "fpn");
    row("zoo_mtinetpp", "mti-net", kFive, "fpn");
  }
  // Keys, shapes, types and order of the released networks; and a file of these keys alone, without
  // a word of ours, is known again.
  void keys() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, tasks);
    const QFETCH(QByteArray, neck);
    const NetworkSpec spec = specOf(network.toStdString(), tasks.toStdString(), neck.toStdString());
    const auto rows = readTsv(concat("keys/", QTest::currentDataTag(), ".tsv"));
    const std::vector<KeyShape> keys = networkKeys(spec);
    KeyedTensors tensors;
    std::vector<TensorInfo> infos;
    infos.reserve(keys.size());
    for (std::size_t i = 0; i < std::min(rows.size(), keys.size()); ++i) {
      QCOMPARE(keys[i].key, rows[i][0]);
      QCOMPARE(shapeText(keys[i].shape), rows[i][1]);
      QCOMPARE(std::string(keys[i].integer ? "int64" : "float32"), rows[i][2]);
      infos.push_back({keys[i].key, rows[i][2], keys[i].shape});
      tensors[infos.back().key] = &infos.back();
    }
    QCOMPARE(keys.size(), rows.size());
    const auto found = recogniseNetwork(tensors, {}, {});
    QVERIFY(found.has_value());
    QCOMPARE(specText(*found), specText(spec));
    QCOMPARE(found->maskCode, spec.maskCode);
  }

  void costs_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<QByteArray>("neck");
    QTest::addColumn<bool>("indoors");
    QTest::addColumn<qint64>("parameters");
    QTest::addColumn<double>("conv");
    QTest::addColumn<double>("ptflops");
    const auto row = [](const char* network, const char* tasks, const char* neck, bool indoors,
                        qint64 parameters, double conv, double ptflops) {
      QTest::addRow("%s %s %s %s", network, tasks, neck, indoors ? "nyuv2" : "cityscapes")
          << QByteArray(network) << QByteArray(tasks) << QByteArray(neck) << indoors << parameters
          << conv << ptflops;
    };
    row("single-task", "segment", "none", false, 19997891, 34.455, 34.625);
    row("single-task", "segment", "none", true, 20003288, 20.190, 20.290);
    row("single-task", "depth", "none", false, 19993265, 34.452, 34.622);
    row("single-task", "depth", "none", true, 19993265, 20.187, 20.287);
    row("mtl-baseline", kTwo, "none", false, 24720324, 36.804, 36.976);
    row("mtl-baseline", kTwo, "none", true, 24725721, 21.566, 21.668);
    row("pad-net", kAuxiliary, "none", false, 23451356, 299.834, 300.490);
    row("pad-net", kAuxiliary, "none", true, 23462150, 175.890, 176.275);
    row("pad-net", kTwo, "none", false, 18450136, 136.055, 136.559);
    row("pad-net", kTwo, "none", true, 18460930, 79.926, 80.222);
    row("mti-net", kAuxiliary, "fpn", false, 99454820, 432.432, 433.167);
    row("mti-net", kAuxiliary, "fpn", true, 99489869, 253.773, 254.205);
    row("mti-net", kTwo, "fpn", false, 52857332, 234.231, 234.806);
    row("mti-net", kTwo, "fpn", true, 52892381, 137.640, 137.978);
    row("cross-stitch", kTwo, "none", false, 39994996, 68.907, 69.247);
    row("cross-stitch", kTwo, "none", true, 40000393, 40.377, 40.576);
    row("mtan", kTwo, "none", false, 25746788, 42.172, 42.472);
    row("mtan", kTwo, "none", true, 25752185, 24.712, 24.888);
    row("pad-net", kAuxiliary, "fpn", false, 25418972, 305.572, 306.233);
    row("pad-net", kAuxiliary, "fpn", true, 25429766, 179.252, 179.641);
    row("pad-net", kTwo, "fpn", false, 20417752, 141.793, 142.303);
    row("pad-net", kTwo, "fpn", true, 20428546, 83.288, 83.588);
    row("mti-net", kAuxiliary, "none", false, 153639556, 310.658, 311.344);
    row("mti-net", kAuxiliary, "none", true, 153679981, 182.461, 182.865);
    row("mti-net", kTwo, "none", false, 74573956, 186.927, 187.488);
    row("mti-net", kTwo, "none", true, 74614381, 109.963, 110.292);
    row("mti-net", kFive, "fpn", false, 57752641, 286.799, 287.418);
    row("mti-net", "detect,segment,inst_seg,depth,inst_depth,sem_cont,sur_nor", "fpn", false,
        104350129, 484.999, 485.779);
  }
  // Parameters to the last digit, multiply-accumulates to the printed one.
  void costs() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, tasks);
    const QFETCH(QByteArray, neck);
    const QFETCH(bool, indoors);
    const NetworkCost cost =
        networkCost(specOf(network.toStdString(), tasks.toStdString(), neck.toStdString(),
                           indoors ? nyuv2Classes() : cityscapesClasses()));
    QTEST(static_cast<qint64>(cost.parameters), "parameters");
    QTEST(std::round(static_cast<double>(cost.convMacs) / 1e6) / 1e3, "conv");
    QTEST(std::round(static_cast<double>(cost.ptflopsMacs) / 1e6) / 1e3, "ptflops");
  }

  void outputs_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("tasks");
    QTest::newRow("single") << QByteArray("single-task") << QByteArray("segment");
    QTest::newRow("multi") << QByteArray("mtl-baseline") << QByteArray(kTwo);
    QTest::newRow("mtan") << QByteArray("mtan") << QByteArray(kTwo);
    QTest::newRow("padnet") << QByteArray("pad-net") << QByteArray(kTwo);
  }
  // Published outputs of filled weights.
  void outputs() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, tasks);
    Network filled = makeNetwork(specOf(network.toStdString(), tasks.toStdString(), "none"), 1);
    parity::fill(filled);
    const auto taps = tapsOf(filled, (4 * parity::units("input", {1, 3, 128, 256})).to(at::kFloat));
    int compared = 0;
    for (const auto& row : readTsv("parity/zoo_outputs.tsv")) {
      if (row[0] != QTest::currentDataTag()) continue;
      QVERIFY2(taps.contains(row[1]), row[1].c_str());
      const at::Tensor& map = taps.at(row[1]);
      QCOMPARE(shapeText(map.sizes().vec()), row[2]);
      const at::Tensor x = map.contiguous().to(at::kDouble).flatten();
      const std::int64_t n = x.numel();
      const std::vector<double> found{x.mean().item<double>(), x.std(false).item<double>(),
                                      x[0].item<double>(), x[n / 2].item<double>(),
                                      x[n - 1].item<double>()};
      const double scale = std::stod(row[4]);
      for (std::size_t c = 0; c < found.size(); ++c) {
        const double expected = std::stod(row[c + 3]);
        QVERIFY2(
            std::abs(found[c] - expected) <= 1e-4 * std::max(std::abs(expected), scale),
            concat(row[1], " column ", c, ": expected ", expected, ", found ", found[c]).c_str());
      }
      ++compared;
    }
    QCOMPARE(compared, tasks == "segment" ? 1 : network == "pad-net" ? 4 : 2);
  }

  void saveAndOpen_data() { eachSmallSpec(); }
  void saveAndOpen() {
    const QFETCH(int, number);
    const NetworkSpec spec = smallSpecs()[static_cast<std::size_t>(number)];
    Network network = makeNetwork(spec, 3);
    const QTemporaryDir folder;
    const at::Tensor input = normalise(pictureOf(spec));
    const auto before = tapsOf(network, input);
    for (const char* name : {"n.safetensors", "n.pth"}) {
      const std::filesystem::path file = folder.filePath(name).toStdString();
      if (file.extension() == ".pth")
        saveForPython(network, file, false);
      else
        saveNetwork(network, file, false);
      const Network opened = loadNetwork(file, {});
      QCOMPARE(specText(opened.spec), specText(spec));
      QCOMPARE(sizeText(opened.spec.size), sizeText(spec.size));
      const auto after = tapsOf(opened, input);
      QCOMPARE(after.size(), before.size());
      for (const auto& [tap, x] : before) QVERIFY2(x.equal(after.at(tap)), tap.c_str());
    }
  }

  // The program predicts with it: what its tasks say is there, the rest is not.
  void predicts_data() { eachSmallSpec(); }
  void predicts() {
    const QFETCH(int, number);
    const NetworkSpec spec = smallSpecs()[static_cast<std::size_t>(number)];
    const Engine engine = makeUntrainedEngine(spec, 5);
    const cv::Mat image = imageFromPixels(pictureOf(spec));
    const Prediction prediction = engine.predict(image);
    QCOMPARE(!prediction.trainIds.empty(), spec.tasks.has(Task::segment));
    QCOMPARE(!prediction.depthMetres.empty(), spec.tasks.has(Task::depth));
    QCOMPARE(prediction.tasks.auxiliary(), spec.tasks.auxiliary());
    QCOMPARE(!prediction.contours.empty(), spec.tasks.has(Task::semCont));
    QCOMPARE(!prediction.normals.empty(), spec.tasks.has(Task::surNor));
    if (!spec.tasks.auxiliary()) return;
    // The last map of each, by the names under which `predict --raw` writes them.
    const auto taps = tapsOf(engine.network(), normalise(pixelsFromImage(image)));
    const auto last = [&](const char* task) {
      const std::string own = task, scale = "scale_0." + own;
      return resizeBilinear(taps.at(taps.contains(own) ? own : scale), spec.size.height,
                            spec.size.width);
    };
    const at::Tensor contours = at::sigmoid(last("sem_cont"));
    at::Tensor normals = last("sur_nor");
    normals = normals / normals.norm(2, 1, true);
    for (int y = 0; y < spec.size.height; y += 7)
      for (int x = 0; x < spec.size.width; x += 5) {
        QVERIFY(std::abs(prediction.contours.at<float>(y, x) - contours[0][0][y][x].item<float>()) <
                1e-5f);
        for (int c = 0; c < 3; ++c)
          QVERIFY(std::abs(prediction.normals.at<cv::Vec3f>(y, x)[c] -
                           normals[0][c][y][x].item<float>()) < 1e-4f);
      }
  }

  // The gradient of an output by the pixels that the heads of `wanted` alone would give is that of
  // a difference quotient in double.
  void gradient_data() { eachSmallSpec(); }
  void gradient() {
    const QFETCH(int, number);
    const NetworkSpec spec = smallSpecs()[static_cast<std::size_t>(number)];
    Network network = makeNetwork(spec, 9);
    parity::fill(network, at::kDouble);
    const at::Tensor input = normalise(pictureOf(spec)).to(at::kDouble);
    const at::Tensor direction = parity::units("direction", input.sizes());
    const Task task = spec.tasks.has(Task::segment) ? Task::segment : Task::depth;
    const auto value = [&](const at::Tensor& x) {
      const RawOutputs raw = network.forward(x, TaskSet{task});
      const at::Tensor& out = task == Task::segment ? raw.segment : raw.depth;
      return (out * parity::units("weights", out.sizes())).sum();
    };
    const at::Tensor x = input.clone().requires_grad_(true);
    const at::Tensor gradient = torch::autograd::grad({value(x)}, {x})[0];
    const double analytic = (gradient * direction).sum().item<double>();
    const at::NoGradGuard noGrad;
    const double step = 1e-6;
    const double quotient =
        (value(input + step * direction) - value(input - step * direction)).item<double>() /
        (2 * step);
    // ReLU and pooling have kinks, over some of which even a short way leads.
    const double scale = (gradient.abs() * direction.abs()).sum().item<double>();
    QVERIFY(scale > 0);
    QVERIFY2(std::abs(analytic - quotient) <= 1e-4 * std::abs(quotient) + 1e-5 * scale,
             concat("analytic ", analytic, ", quotient ", quotient, ", scale ", scale).c_str());
  }

  void learns_data() { eachSmallSpec(); }
  // A few steps on two scenes lower the combined loss of all that the network predicts.
  void learns() {
    const QFETCH(int, number);
    const NetworkSpec spec = smallSpecs()[static_cast<std::size_t>(number)];
    Network network = makeNetwork(spec, 11);
    const auto scenes = openStreetscape("train", 2, 1, {512, 256});
    const Sample first = resizeSample(makeSample(scenes->load(0)), spec.size);
    const Sample second = resizeSample(makeSample(scenes->load(1)), spec.size);
    const Targets targets = makeTargets({&first, &second}, {}, 0);
    const at::Tensor input =
        normalise(at::cat({pixelsFromImage(first.image), pixelsFromImage(second.image)}));
    Optimiser optimiser(network.weights, {});
    std::vector<double> losses;
    std::size_t earlier = 0;
    for (int step = 0; step < 8; ++step) {
      at::manual_seed(1);  // the same values are dropped in each step
      const RawOutputs raw = network.forward(input, spec.tasks, true);
      const std::vector<at::Tensor> more = earlierLosses(raw, targets);
      for (const at::Tensor& loss : more)
        QVERIFY(loss.defined() && std::isfinite(loss.item<double>()));
      const at::Tensor loss = geometricMean(computeLosses(raw, targets), 0, more);
      losses.push_back(loss.item<double>());
      optimiser.step(torch::autograd::grad({loss}, optimiser.parameters(), {}, {}, false,
                                           /*allow_unused=*/true),
                     1e-3);
      earlier = more.size();
    }
    QCOMPARE(earlier, earlierOutputs(spec).size());
    QVERIFY2(losses.back() < 0.97 * losses.front(),
             concat(losses.front(), " to ", losses.back()).c_str());
  }

  void refusals_data() {
    QTest::addColumn<QByteArray>("network");
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<QByteArray>("neck");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char* network, const char* tasks, const char* neck,
                        const char* sentence) {
      QTest::addRow("%s %s %s", network, tasks, neck)
          << QByteArray(network) << QByteArray(tasks) << QByteArray(neck) << QByteArray(sentence);
    };
    row("uninet", kAuxiliary, "none", "tasks of UniNet: expected some of detect");
    row("mtan", kFive, "none", "tasks of MTAN: expected some of segment,depth, found");
    row("single-task", kTwo, "none", "tasks of Single task: expected one of segment,depth");
    row("pad-net", "segment", "none", "tasks of PAD-Net: expected at least segment,depth, found");
    row("mti-net", kFive, "none", "neck of MTI-Net: tasks of objects need fpn");
    row("mtan", kTwo, "fpn", "neck: MTAN leaves no choice");
    row("resnet", kTwo, "none", "network: \"resnet\" is not one of uninet, single-task");
  }
  void refusals() {
    const QFETCH(QByteArray, network);
    const QFETCH(QByteArray, tasks);
    const QFETCH(QByteArray, neck);
    const QFETCH(QByteArray, sentence);
    try {
      makeNetwork(specOf(network.toStdString(), tasks.toStdString(), neck.toStdString()), 1);
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY2(QByteArray(error.what()).startsWith(sentence), error.what());
    }
  }

  // First values follow what the forward says of each layer.
  void firstValues() {
    const Network stitched = makeNetwork(specOf("cross-stitch", kTwo, "none"), 2);
    const std::string unit = "cross_stitch.layer3.cross_stitch_unit.";
    QVERIFY(stitched.weights.at(unit + "depth.depth.param").eq(0.9f).all().item<bool>());
    QVERIFY(stitched.weights.at(unit + "depth.segment.param").eq(0.1f).all().item<bool>());
    const auto deviation = [&](const std::string& key) {
      return stitched.weights.at(key).std().item<double>();
    };
    // Normal with deviation √(2 / fan-out); uniform within 1 / √fan-in.
    const double backbone = deviation("bb_depth.backbone.level5.tree2.conv2.weight");
    QVERIFY(std::abs(backbone / std::sqrt(2. / (512 * 9)) - 1) < 0.01);
    const double head = deviation("heads.depth.0.convs.2.0.weight");
    QVERIFY(std::abs(head / (1 / std::sqrt(3. * 512 * 9)) - 1) < 0.01);
    const Network second = makeNetwork(specOf("cross-stitch", kTwo, "none"), 2);
    const std::string key = "heads.segment.1.weight";
    QVERIFY(stitched.weights.at(key).equal(second.weights.at(key)));
  }
};

QTEST_APPLESS_MAIN(TestNetworks)
#include "tst_networks.moc"
