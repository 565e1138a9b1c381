#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <QtTest>

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/data/dataset.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"
#include "model/network/count_ops.h"
#include "model/network/network.h"
#include "model/network/network_file.h"
#include "model/networks/open_network.h"
#include "model/networks/registry.h"
#include "model/training/trainer.h"
#include "support/parity_fill.h"
#include "support/tsv.h"

using namespace uninet;

namespace {

NetworkSpec specOf(const QString& tasks, bool released, cv::Size size, int classes = 19) {
  NetworkSpec spec;
  spec.tasks = TaskSet::parse(tasks.toStdString());
  spec.encoder = released ? Encoder::released : Encoder::paper;
  spec.size = size;
  spec.classes = classesOfSize(static_cast<std::size_t>(classes), 0);
  return spec;
}

std::string shapeText(at::IntArrayRef shape) {
  std::ostringstream out;
  out << "[";
  for (std::size_t i = 0; i < shape.size(); ++i) out << (i > 0 ? ", " : "") << shape[i];
  out << "]";
  return out.str();
}

const char* const kAll = "detect,segment,inst_seg,depth,inst_depth";

}  // namespace

class TestNetwork : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void keys_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<bool>("released");
    QTest::addColumn<int>("classes");
    QTest::newRow("five") << "keys/uninet_cityscapes_5tasks.keys.tsv" << kAll << true << 19;
    QTest::newRow("five paper") << "keys/uninet_cityscapes_5tasks_paper_encoder.keys.tsv" << kAll
                                << false << 19;
    QTest::newRow("ss+d") << "keys/uninet_cityscapes_ss_d.keys.tsv"
                          << "segment,depth" << true << 19;
    QTest::newRow("ss+d paper") << "keys/uninet_cityscapes_ss_d_paper_encoder.keys.tsv"
                                << "segment,depth" << false << 19;
    QTest::newRow("nyuv2") << "keys/uninet_nyuv2_ss_d.keys.tsv"
                           << "segment,depth" << false << 40;
  }
  void keys() {
    QFETCH(QString, file);
    QFETCH(QString, tasks);
    QFETCH(bool, released);
    QFETCH(int, classes);
    const auto rows = readTsv(file.toStdString());
    const auto keys = networkKeys(specOf(tasks, released, {1024, 512}, classes));
    QCOMPARE(keys.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      QCOMPARE(keys[i].key, rows[i][0]);
      QCOMPARE(shapeText(keys[i].shape), rows[i][1]);
      QCOMPARE(std::string(keys[i].integer ? "int64" : "float32"), rows[i][2]);
    }
  }

  // The table of the released models: parameters to the last digit, MACs to the printed digit.
  void cost_data() {
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<bool>("released");
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<qint64>("parameters");
    QTest::addColumn<double>("conv");
    QTest::addColumn<double>("ptflops");
    const auto row = [](const char* name, const char* tasks, bool released, int classes, int h,
                        int w, qint64 parameters, double conv, double ptflops) {
      QTest::newRow(name) << tasks << released << classes << h << w << parameters << conv
                          << ptflops;
    };
    row("ss+d released", "segment,depth", true, 19, 512, 1024, 21366372, 37.200, 37.421);
    row("ss+d paper", "segment,depth", false, 19, 512, 1024, 18163812, 37.263, 37.485);
    row("ss+d nyuv2", "segment,depth", false, 40, 480, 640, 18170553, 21.955, 22.085);
    row("ss+d nyuv2 padded", "segment,depth", false, 40, 512, 640, 18170553, 23.427, 23.566);
    row("five released", kAll, true, 19, 512, 1024, 28262065, 96.579, 96.850);
    row("five paper", kAll, false, 19, 512, 1024, 25059505, 96.642, 96.914);
    row("four", "detect,segment,depth,inst_depth", true, 19, 512, 1024, 28123765, 95.092, 95.363);
    row("ss", "segment", true, 19, 512, 1024, 21281571, 36.392, 36.613);
    row("d", "depth", true, 19, 512, 1024, 21278033, 36.287, 36.505);
    row("od", "detect", true, 19, 512, 1024, 22025920, 89.971, 90.188);
    row("od+is", "detect,inst_seg", true, 19, 512, 1024, 22164220, 91.457, 91.675);
    row("od+id", "detect,inst_depth", true, 19, 512, 1024, 22028225, 89.996, 90.213);
  }
  void cost() {
    QFETCH(QString, tasks);
    QFETCH(bool, released);
    QFETCH(int, classes);
    QFETCH(int, height);
    QFETCH(int, width);
    const NetworkCost cost = networkCost(specOf(tasks, released, {width, height}, classes));
    QTEST(static_cast<qint64>(cost.parameters), "parameters");
    QTEST(std::round(static_cast<double>(cost.convMacs) / 1e6) / 1e3, "conv");
    QTEST(std::round(static_cast<double>(cost.ptflopsMacs) / 1e6) / 1e3, "ptflops");
  }

  void forward_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<bool>("released");
    QTest::newRow("five") << "parity/forward_uninet_cs_5tasks_256x512.tsv" << kAll << true;
    QTest::newRow("ss+d paper") << "parity/forward_paper_encoder_ss_d_256x512.tsv"
                                << "segment,depth" << false;
  }
  // Published forward values of filled weights; every feature map and output.
  void forward() {
    QFETCH(QString, file);
    QFETCH(QString, tasks);
    QFETCH(bool, released);
    Network network = makeNetwork(specOf(tasks, released, {512, 256}), 1);
    parity::fill(network);
    const at::Tensor input = (4 * parity::units("input", {1, 3, 256, 512})).to(at::kFloat);
    std::map<std::string, at::Tensor> seen{{"input", input}};
    at::NoGradGuard noGrad;
    network.forward(input, network.spec.tasks, false, Precision::float32,
                    [&](const std::string& name, const at::Tensor& x) {
                      seen[name] = x;
                      return x;
                    });
    int compared = 0;
    const auto rows = readTsv(file.toStdString());
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const auto& row = rows[r];
      if (row[0].starts_with("locations")) continue;
      QVERIFY2(seen.count(row[0]) == 1, row[0].c_str());
      const at::Tensor x = seen[row[0]].contiguous().to(at::kDouble).flatten();
      QCOMPARE(shapeText(seen[row[0]].sizes()), row[1]);
      const std::int64_t n = x.numel();
      const std::vector<double> found{
          x.mean().item<double>(), x.std(false).item<double>(), x.min().item<double>(),
          x.max().item<double>(),  x[0].item<double>(),         x[n / 3].item<double>(),
          x[n / 2].item<double>(), x[2 * n / 3].item<double>(), x[n - 1].item<double>()};
      const double scale = std::stod(row[3]);
      for (std::size_t c = 0; c < found.size(); ++c) {
        const double expected = std::stod(row[c + 2]);
        const bool close =
            std::abs(found[c] - expected) <= 1e-4 * std::max(std::abs(expected), scale);
        QVERIFY2(
            close,
            concat(row[0], " column ", c, ": expected ", expected, ", found ", found[c]).c_str());
      }
      ++compared;
    }
    QCOMPARE(compared, released ? 32 : 14);
  }

  void widthAndInitialisation() {
    NetworkSpec spec = specOf(kAll, false, {512, 256});
    spec.width = 0.5;
    const Network network = makeNetwork(spec, 7);
    QCOMPARE(network.weights.at("base_net.backbone.base_layer.0.weight").size(0), std::int64_t{8});
    QCOMPARE(network.weights.at("head.det_head.head.cls_logits.bias")[0].item<float>(),
             static_cast<float>(-std::log(99.0)));
    const std::string key = "base_net.backbone.level5.tree2.conv2.weight";
    const at::Tensor conv = network.weights.at(key);
    QVERIFY(std::abs(conv.std().item<double>() - std::sqrt(2 / (9.0 * 256))) < 1e-3);
    QVERIFY(at::equal(conv, makeNetwork(spec, 7).weights.at(key)));
    QVERIFY(!at::equal(conv, makeNetwork(spec, 8).weights.at(key)));
    QVERIFY(networkCost(spec).parameters < 6500000);
  }

  // Training may run in bfloat16: its outputs are those of float32 but for rounding.
  void bfloat16StaysClose() {
    if (!canComputeInBfloat16()) QSKIP("this processor cannot compute in bfloat16");
    const Network network = loadNetwork(resourceFile(kDemoCheckpoint));
    const cv::Mat image = openStreetscape("val", 1, 1, network.spec.size)->image(0);
    const at::NoGradGuard noGrad;
    const at::Tensor input = normalise(pixelsFromImage(image));
    const auto outputs = [&](Precision precision) {
      std::map<std::string, at::Tensor> seen;
      network.forward(input, network.spec.tasks, false, precision,
                      [&](const std::string& name, const at::Tensor& x) {
                        seen[name] = x.to(at::kFloat);
                        return x;
                      });
      return seen;
    };
    const auto exact = outputs(Precision::float32), rounded = outputs(Precision::bfloat16);
    QVERIFY(exact.size() > 20);
    for (const auto& [name, x] : exact) {
      const double error = ((rounded.at(name) - x).norm() / x.norm()).item<double>();
      QVERIFY2(error < 0.05, concat(name, ": ", error).c_str());
    }
  }

  void imagesRoundTrip() {
    cv::Mat image(5, 7, CV_8UC3);
    cv::randu(image, 0, 256);
    const cv::Mat back = imageFromPixels(pixelsFromImage(image));
    QCOMPARE(cv::norm(image, back, cv::NORM_INF), 0.0);
    const at::Tensor half = at::full({1, 3, 1, 1}, 2.5);
    QCOMPARE(imageFromPixels(half).at<cv::Vec3b>(0, 0)[0], std::uint8_t{3});
  }
};

QTEST_APPLESS_MAIN(TestNetwork)
#include "tst_network.moc"
