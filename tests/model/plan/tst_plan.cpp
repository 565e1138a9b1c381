#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "core/base/error.h"
#include "model/engine/eager_forward.h"
#include "model/engine/planned_forward.h"
#include "model/networks/registry.h"

using namespace uninet;

namespace {

NetworkSpec specOf(const char* tasks, double width, Encoder encoder, cv::Size size) {
  NetworkSpec spec;
  spec.tasks = TaskSet::parse(tasks);
  spec.width = width;
  spec.encoder = encoder;
  spec.size = size;
  return spec;
}

/// Fresh weights and statistics of batch norms that are not 0 and 1.
Network networkOf(const NetworkSpec& spec) {
  Network network = makeNetwork(spec, 3);
  const at::NoGradGuard noGrad;
  at::manual_seed(5);
  for (WeightEntry& entry : network.weights.entries()) {
    const auto ends = [&](const char* name) { return entry.key.ends_with(name); };
    if (ends("running_mean")) entry.tensor.normal_(0, 0.1);
    if (ends("running_var")) entry.tensor.uniform_(0.5, 1.5);
    if (ends(".bias")) entry.tensor.normal_(0, 0.1);
  }
  return network;
}

std::vector<at::Tensor> listOf(const RawOutputs& raw) {
  std::vector<at::Tensor> list;
  if (raw.segment.defined()) list.push_back(raw.segment);
  if (raw.depth.defined()) list.push_back(raw.depth);
  for (const auto* levels : {&raw.cls, &raw.reg, &raw.centerness, &raw.instDepth, &raw.instSeg})
    list.insert(list.end(), levels->begin(), levels->end());
  return list;
}

/// Of all outputs: each output times fixed random numbers, summed.
at::Tensor weigh(const RawOutputs& raw) {
  at::Tensor sum =
      at::zeros({}, raw.segment.defined() ? raw.segment.options() : raw.cls[0].options());
  std::int64_t seed = 11;
  for (const at::Tensor& output : listOf(raw)) {
    at::manual_seed(static_cast<std::uint64_t>(seed++));
    const at::Tensor weights = at::randn(output.sizes(), at::kDouble).to(output.scalar_type());
    sum = sum + (output * weights).sum() / std::sqrt(static_cast<double>(output.numel()));
  }
  return sum;
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor x = a.to(at::kDouble), y = b.to(at::kDouble);
  return ((x - y).norm() / y.norm().clamp_min(1e-30)).item<double>();
}

at::Tensor pixelsOf(cv::Size size) {
  at::manual_seed(1);
  return at::randint(0, 256, {1, 3, size.height, size.width}).to(at::kFloat);
}

}  // namespace

class TestPlan : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Outputs and gradient against ATen in double precision.
  void likeAten_data() {
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<double>("width");
    QTest::addColumn<bool>("released");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("size");
    const char* const all = "detect,segment,inst_seg,depth,inst_depth";
    QTest::newRow("five, half width") << QByteArray(all) << 0.5 << false << 128 << 192;
    QTest::newRow("five, an eighth") << QByteArray(all) << 0.125 << false << 128 << 160;
    QTest::newRow("five, released") << QByteArray(all) << 0.25 << true << 256 << 256;
    QTest::newRow("segment") << QByteArray("segment") << 0.5 << false << 128 << 256;
    QTest::newRow("detect, depth") << QByteArray("detect,depth") << 0.25 << false << 128 << 128;
    QTest::newRow("full width") << QByteArray("segment,depth") << 1. << false << 128 << 128;
  }
  void likeAten() {
    QFETCH(QByteArray, tasks);
    QFETCH(double, width);
    QFETCH(bool, released);
    QFETCH(int, height);
    QFETCH(int, size);
    const NetworkSpec spec = specOf(tasks.constData(), width,
                                    released ? Encoder::released : Encoder::paper, {size, height});
    const Network network = networkOf(spec);
    PlannedForward planned;
    const at::AutoGradMode mode(true);
    const at::Tensor pixels = pixelsOf(spec.size).requires_grad_(true);
    RawOutputs outputs;
    if (!planned.forward(network, pixels, spec.tasks, Dense::full, outputs))
      QSKIP(qPrintable(QString::fromStdString(planned.reason())));
    const at::Tensor gradient = torch::autograd::grad({weigh(outputs)}, {pixels})[0];

    Network exact = network;
    for (WeightEntry& entry : exact.weights.entries())
      if (entry.tensor.is_floating_point()) entry.tensor = entry.tensor.detach().to(at::kDouble);
    const at::Tensor precise = pixels.detach().to(at::kDouble).requires_grad_(true);
    const RawOutputs right = exact.forward(normalise(precise), spec.tasks);
    const at::Tensor rightGradient = torch::autograd::grad({weigh(right)}, {precise})[0];

    // ATen in float32 as the measure: an output that is nearly all 0 after its ReLU is far off in
    // both.
    const at::Tensor single = pixels.detach().requires_grad_(true);
    const RawOutputs atenOutputs = network.forward(normalise(single), spec.tasks);
    const auto found = listOf(outputs), expected = listOf(right), usual = listOf(atenOutputs);
    QCOMPARE(found.size(), expected.size());
    // What the benchmark compares with computes the same network; folding alone moves the output
    // that is nearly all 0 by 1e-4.
    const auto eager = listOf(EagerForward(network, spec.tasks)(pixels.detach()));
    const auto plain = listOf(plainForward(network, pixels.detach()));
    QCOMPARE(eager.size(), usual.size());
    QCOMPARE(plain.size(), usual.size());
    for (std::size_t i = 0; i < usual.size(); ++i) {
      const double other = std::max(difference(eager[i].detach(), usual[i].detach()),
                                    difference(plain[i].detach(), usual[i].detach()));
      QVERIFY2(other < 1e-3, qPrintable(QString("output %1: %2").arg(i).arg(other)));
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      QVERIFY(found[i].sizes() == expected[i].sizes());
      const double off = difference(found[i], expected[i]);
      const double usually = difference(usual[i], expected[i]);
      QVERIFY2(off < std::max(1e-4, 200 * usually),
               qPrintable(QString("output %1: %2, ATen %3").arg(i).arg(off).arg(usually)));
    }
    // A value close to 0 may pass a ReLU here and not there; float32 of ATen is as far off.
    const double aten =
        difference(torch::autograd::grad({weigh(atenOutputs)}, {single})[0], rightGradient);
    const double off = difference(gradient, rightGradient);
    qInfo("gradient: plan %.2g, ATen float32 %.2g from float64", off, aten);
    QVERIFY2(off < std::max(1e-2, 10 * aten), qPrintable(QString::number(off)));

    // An engine told to take gradients in float64 loses nothing but the digits of the result.
    const Engine reference =
        Engine(std::make_shared<Network>(network)).withArithmetic(Arithmetic::float64);
    const at::Tensor leaf = pixels.detach().requires_grad_(true);
    const double rounded =
        difference(torch::autograd::grad({weigh(reference.outputs(leaf, spec.tasks))}, {leaf})[0],
                   rightGradient);
    QVERIFY2(rounded < 1e-7, qPrintable(QString::number(rounded)));
    QCOMPARE(reference.arithmetic().at("precision"), std::string("float64"));

    const at::NoGradGuard noGrad;
    RawOutputs inference;
    QVERIFY(planned.forward(network, pixels.detach(), spec.tasks, Dense::full, inference));
    const auto again = listOf(inference);
    for (std::size_t i = 0; i < again.size(); ++i)
      QVERIFY2(again[i].equal(found[i].detach()), qPrintable(QString("output %1").arg(i)));
  }

  // The bytes do not depend on how the work is shared out.
  void threads() {
    const NetworkSpec spec = specOf("detect,segment,depth", 0.5, Encoder::paper, {256, 128});
    const Network network = networkOf(spec);
    const at::AutoGradMode mode(true);
    std::vector<at::Tensor> gradients;
    const int before = at::get_num_threads();
    for (const int threads : {1, 2, 3}) {
      at::set_num_threads(threads);
      PlannedForward planned;
      const at::Tensor pixels = pixelsOf(spec.size).requires_grad_(true);
      RawOutputs outputs;
      if (!planned.forward(network, pixels, spec.tasks, Dense::full, outputs))
        QSKIP(qPrintable(QString::fromStdString(planned.reason())));
      at::set_num_threads(1);  // of the sums of this test
      const at::Tensor value = weigh(outputs);
      at::set_num_threads(threads);
      gradients.push_back(torch::autograd::grad({value}, {pixels})[0]);
    }
    at::set_num_threads(before);
    QVERIFY(gradients[0].equal(gradients[1]));
    QVERIFY(gradients[0].equal(gradients[2]));
  }

  // Several gradients of one forward pass, one at a time, add up to that of the sum.
  void severalGradients() {
    const NetworkSpec spec = specOf("segment,depth", 0.25, Encoder::paper, {128, 128});
    const Network network = networkOf(spec);
    const at::AutoGradMode mode(true);
    PlannedForward planned;
    const at::Tensor pixels = pixelsOf(spec.size).requires_grad_(true);
    RawOutputs outputs;
    if (!planned.forward(network, pixels, spec.tasks, Dense::full, outputs))
      QSKIP(qPrintable(QString::fromStdString(planned.reason())));
    const auto of = [&](const at::Tensor& value) {
      return torch::autograd::grad({value}, {pixels}, {}, /*retain_graph=*/true)[0];
    };
    const at::Tensor first = outputs.segment.square().mean(), second = outputs.depth.sum();
    QVERIFY(difference(of(first) + of(second), of(first + second)) < 1e-5);
  }

  // A changed weight is seen; the gradient of a pass that is over is an error.
  void changes() {
    const NetworkSpec spec = specOf("segment", 0.125, Encoder::paper, {128, 128});
    Network network = networkOf(spec);
    const at::AutoGradMode mode(true);
    PlannedForward planned;
    const at::Tensor pixels = pixelsOf(spec.size).requires_grad_(true);
    RawOutputs first, second;
    if (!planned.forward(network, pixels, spec.tasks, Dense::full, first))
      QSKIP(qPrintable(QString::fromStdString(planned.reason())));
    {
      const at::NoGradGuard noGrad;
      network.weights.entries().front().tensor.mul_(1.5);
    }
    QVERIFY(planned.forward(network, pixels, spec.tasks, Dense::full, second));
    QVERIFY(!first.segment.equal(second.segment));
    QVERIFY(difference(second.segment.detach(),
                       network.forward(normalise(pixels.detach()), spec.tasks).segment) < 1e-4);
    RawOutputs third;
    QVERIFY(planned.forward(network, pixels, spec.tasks, Dense::full, third));
    QVERIFY_EXCEPTION_THROWN(torch::autograd::grad({second.segment.sum()}, {pixels}),
                             std::exception);
  }

  // What no plan can do is said, and left to ATen.
  void otherOperations() {
    NetworkSpec spec;
    spec.network = "mtan";
    spec.tasks = {Task::segment, Task::depth};
    spec.width = 0.125;
    spec.size = {256, 128};
    const Network network = makeNetwork(spec, 1);
    PlannedForward planned;
    QVERIFY(!planned.supports(network));
    QCOMPARE(planned.reason(), std::string("two maps are multiplied"));
    try {
      EagerForward(network, spec.tasks);
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what())
                  .starts_with("only networks that have a plan can be folded and pruned"));
    }
  }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
