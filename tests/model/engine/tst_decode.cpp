#include <ATen/ATen.h>

#include <QtTest>

#include "model/engine/decode.h"
#include "model/engine/label_map.h"
#include "support/parity_fill.h"

using namespace uninet;

namespace {

at::Tensor units(const std::string& name, at::IntArrayRef shape) {
  return parity::units(name, shape).to(at::kFloat);
}

MaskCode publishedCode() {
  MaskCode code;
  code.components = 0.2 * units("pca.components_", {60, 784});
  code.explainedVariance = 1 + units("pca.explained_variance_", {60});
  code.mean = 2 * units("pca.mean_", {784});
  return code;
}

RawOutputs publishedOutputs() {
  RawOutputs outputs;
  const std::int64_t sizes[3][2] = {{32, 64}, {16, 32}, {8, 16}};
  for (int l = 0; l < 3; ++l) {
    const std::int64_t h = sizes[l][0], w = sizes[l][1];
    const std::string level = std::to_string(l);
    outputs.cls.push_back(8 * units("box_cls." + level, {2, 8, h, w}) - 3);
    outputs.reg.push_back((10 * units("box_reg." + level, {2, 4, h, w})).abs());
    outputs.centerness.push_back(4 * units("centerness." + level, {2, 1, h, w}));
    outputs.instDepth.push_back(60 * units("inst_depth." + level, {2, 1, h, w}) + 30);
    outputs.instSeg.push_back(4 * units("inst_seg." + level, {2, 60, h, w}));
  }
  return outputs;
}

/// Architecture §9 as it is written: every candidate as a whole, everything sorted and suppressed,
/// then cut.
std::vector<Detection> detectionsByDefinition(const RawOutputs& outputs, cv::Size size,
                                              const MaskCode& code) {
  struct Found {
    Detection detection;
    float q;
  };
  std::vector<Found> all;
  for (std::size_t l = 0; l < outputs.cls.size(); ++l) {
    const int stride = 8 << l;
    const auto rows = [&](const std::vector<at::Tensor>& levels) {
      return levels[l][0].permute({1, 2, 0}).reshape({-1, levels[l].size(1)}).contiguous();
    };
    const at::Tensor p = at::sigmoid(rows(outputs.cls)),
                     centre = at::sigmoid(rows(outputs.centerness)), reg = rows(outputs.reg),
                     depth = rows(outputs.instDepth), codes = rows(outputs.instSeg);
    const std::int64_t width = outputs.cls[l].size(3);
    std::vector<Found> level;
    for (std::int64_t at = 0; at < p.size(0); ++at)
      for (std::int64_t c = 0; c < p.size(1); ++c) {
        const float probability = p[at][c].item<float>();
        if (!(probability > 0.05)) continue;
        Found found;
        found.q = probability * centre[at][0].item<float>();
        const auto side = [&](int k) {
          return reg[at][k].item<float>() * static_cast<float>(stride);
        };
        const auto x = static_cast<float>(at % width * stride + stride / 2);
        const auto y = static_cast<float>(at / width * stride + stride / 2);
        const auto w = static_cast<float>(size.width), h = static_cast<float>(size.height);
        found.detection.box = {std::clamp(x - side(0), 0.f, w), std::clamp(y - side(1), 0.f, h),
                               std::clamp(x + side(2), 0.f, w), std::clamp(y + side(3), 0.f, h)};
        found.detection.classId = static_cast<int>(c) + 1;
        found.detection.score = std::sqrt(found.q);
        found.detection.depthMetres = depth[at][0].item<float>();
        const at::Tensor mask = code.decode(codes[at].unsqueeze(0)).contiguous();
        found.detection.mask = cv::Mat(28, 28, CV_32F, mask.data_ptr()).clone();
        level.push_back(found);
      }
    if (level.size() > 1000) {
      std::stable_sort(level.begin(), level.end(),
                       [](const Found& a, const Found& b) { return a.q > b.q; });
      level.resize(1000);
    }
    all.insert(all.end(), level.begin(), level.end());
  }
  std::stable_sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
    return a.detection.score > b.detection.score;
  });
  std::vector<Detection> kept;
  for (const Found& found : all)
    if (std::none_of(kept.begin(), kept.end(), [&](const Detection& other) {
          return other.classId == found.detection.classId &&
                 iou(other.box, found.detection.box) > 0.6;
        }))
      kept.push_back(found.detection);
  std::vector<Detection> cut;
  for (const Detection& d : kept)
    if (cut.size() < 100 || d.score >= kept[99].score) cut.push_back(d);
  return cut;
}

struct Expected {
  int classId;
  double score;
  std::array<float, 4> box;
  double depth, maskMean, corner, middle;
  int pasted;
};

}  // namespace

class TestDecode : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void publishedNumbers_data() {
    QTest::addColumn<int>("image");
    QTest::addColumn<double>("sum");
    QTest::addColumn<QList<int>>("counts");
    QTest::newRow("image 0") << 0 << 77.391333 << QList<int>{0, 13, 8, 11, 7, 16, 14, 13, 18};
    QTest::newRow("image 1") << 1 << 77.446005 << QList<int>{0, 10, 10, 10, 20, 10, 15, 11, 14};
  }
  void publishedNumbers() {
    QFETCH(int, image);
    QFETCH(double, sum);
    QFETCH(QList<int>, counts);
    const std::vector<std::vector<Expected>> expected{
        {{1,
          0.7999655,
          {28.7158f, 47.5745f, 37.4124f, 73.5647f},
          12.3233,
          0.4998883,
          0.26014,
          0.519278,
          472},
         {8,
          0.7964464,
          {434.7565f, 157.4352f, 445.8505f, 187.6139f},
          47.9795,
          0.502903,
          0.340691,
          0.473375,
          701},
         {7,
          0.7928806,
          {447.0877f, 0, 476.279f, 24.177f},
          2.5137,
          0.5036997,
          0.421189,
          0.575993,
          1408},
         {8,
          0.7926966,
          {244.756f, 50.2711f, 271.5182f, 113.1417f},
          38.28,
          0.5043885,
          0.475078,
          0.394005,
          3495},
         {5,
          0.7915581,
          {108.9436f, 15.5584f, 133.6589f, 53.6268f},
          53.9321,
          0.5027164,
          0.374256,
          0.678066,
          1976}},
        {{5,
          0.7972624,
          {469.8659f, 172.757f, 479.2065f, 232.7385f},
          57.3842,
          0.5002857,
          0.603757,
          0.303211,
          1151},
         {8,
          0.7957209,
          {461.1726f, 0, 503.9376f, 22.5088f},
          19.2487,
          0.495186,
          0.260671,
          0.515922,
          1865},
         {1,
          0.7953386,
          {458.8929f, 186.7993f, 493.1003f, 219.8897f},
          53.6848,
          0.5027424,
          0.189845,
          0.472712,
          2293},
         {3,
          0.794377,
          {420.6303f, 24.8842f, 472.503f, 63.2533f},
          2.97939,
          0.5015414,
          0.291717,
          0.283574,
          4020},
         {8,
          0.7941641,
          {185.3885f, 205.539f, 211.1715f, 228.0832f},
          19.5724,
          0.5029332,
          0.409883,
          0.237517,
          1180}}};
    const auto found = decodeDetections(publishedOutputs(), image, {512, 256}, publishedCode());
    QCOMPARE(found.size(), std::size_t{100});
    double total = 0;
    QList<int> perClass(9, 0);
    for (const Detection& d : found) {
      total += d.score;
      ++perClass[d.classId];
    }
    QCOMPARE(perClass, counts);
    QVERIFY(std::abs(total - sum) < 1e-3);
    for (std::size_t i = 0; i < 5; ++i) {
      const Expected& e = expected[static_cast<std::size_t>(image)][i];
      const Detection& d = found[i];
      QCOMPARE(d.classId, e.classId);
      QVERIFY(std::abs(d.score - e.score) < 1e-5);
      const std::array<float, 4> box{d.box.x0, d.box.y0, d.box.x1, d.box.y1};
      for (std::size_t k = 0; k < 4; ++k) QVERIFY(std::abs(box[k] - e.box[k]) < 1e-3f);
      QVERIFY(std::abs(d.depthMetres - e.depth) < 1e-3);
      QVERIFY(std::abs(cv::mean(d.mask)[0] - e.maskMean) < 1e-5);
      QVERIFY(std::abs(d.mask.at<float>(0, 0) - e.corner) < 1e-5);
      QVERIFY(std::abs(d.mask.at<float>(13, 14) - e.middle) < 1e-5);
      QCOMPARE(cv::countNonZero(pasteMask(d, {1024, 512}, 2, 2)), e.pasted);
    }
  }

  void detectionsAreThoseOfTheDefinition_data() {
    QTest::addColumn<double>("bias");
    QTest::addColumn<bool>("ties");
    QTest::newRow("few") << -9.0 << false;
    QTest::newRow("more than a hundred") << -4.0 << false;
    QTest::newRow("more than a thousand on a level") << -2.0 << false;
    QTest::newRow("ties at the end") << -4.0 << true;
  }
  void detectionsAreThoseOfTheDefinition() {
    const QFETCH(double, bias);
    const QFETCH(bool, ties);
    at::manual_seed(7);
    RawOutputs outputs;
    for (int l = 0; l < 3; ++l) {
      const std::int64_t h = 16 >> l, w = 32 >> l;
      const at::Tensor logits = 2 * at::randn({1, 8, h, w}) + bias;
      outputs.cls.push_back(ties ? at::where(logits > -2.5, at::zeros({}), logits) : logits);
      outputs.reg.push_back(3 * at::rand({1, 4, h, w}));
      outputs.centerness.push_back(ties ? at::zeros({1, 1, h, w}) : at::randn({1, 1, h, w}));
      // As LibTorch's operations leave them: channels side by side.
      outputs.instDepth.push_back(50 * at::rand({1, 1, h, w}));
      outputs.instSeg.push_back(
          at::randn({1, 60, h, w}).contiguous(at::MemoryFormat::ChannelsLast));
    }
    const cv::Size size(256, 128);
    const auto expected = detectionsByDefinition(outputs, size, publishedCode());
    const auto found = decodeDetections(outputs, 0, size, publishedCode());
    QVERIFY(!expected.empty());
    if (ties) QVERIFY(expected.size() > 100);
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      QVERIFY(found[i].box == expected[i].box);
      QCOMPARE(found[i].classId, expected[i].classId);
      QVERIFY(found[i].score == expected[i].score);
      QVERIFY(found[i].depthMetres == expected[i].depthMetres);
      QVERIFY(cv::norm(found[i].mask, expected[i].mask, cv::NORM_INF) < 1e-6);
    }
  }

  void labelsAreThoseOfArgmax_data() {
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("precise");
    QTest::newRow("19 classes") << 19 << 33 << 1300 << false;
    QTest::newRow("float64") << 13 << 20 << 70 << true;
    QTest::newRow("one class") << 1 << 9 << 5 << false;
    QTest::newRow("256 classes") << 256 << 8 << 16 << false;
  }
  void labelsAreThoseOfArgmax() {
    const QFETCH(int, classes);
    const QFETCH(int, height);
    const QFETCH(int, width);
    const QFETCH(bool, precise);
    at::manual_seed(5);
    // Whole numbers, so that many are equal; some are no number at all.
    at::Tensor logits = (3 * at::randn({classes, height, width})).round();
    logits = at::where(at::rand(logits.sizes()) < 0.01, at::full({}, NAN), logits);
    logits = at::where(at::rand(logits.sizes()) < 0.01, at::full({}, -INFINITY), logits);
    if (precise) logits = logits.to(at::kDouble) + 1e-12 * at::randn(logits.sizes(), at::kDouble);
    const at::Tensor expected = logits.argmax(0);
    for (const at::Tensor& given :
         {logits, logits.permute({1, 2, 0}).contiguous().permute({2, 0, 1})}) {
      const cv::Mat labels = labelMap(given);
      QCOMPARE(labels.size(), cv::Size(width, height));
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
          QCOMPARE(static_cast<std::int64_t>(labels.at<std::uint8_t>(y, x)),
                   expected[y][x].item<std::int64_t>());
    }
  }

  void maskCodeRecoversMasks() {
    // Ellipses of many shapes: 60 components keep almost every pixel.
    const int n = 400;
    at::Tensor masks = at::zeros({n, 784});
    for (int i = 0; i < n; ++i) {
      const double a = 4 + i % 10, b = 4 + i / 10 % 10, cx = 12 + i % 4, cy = 12 + i % 5;
      for (int y = 0; y < 28; ++y)
        for (int x = 0; x < 28; ++x)
          if ((x - cx) * (x - cx) / (a * a) + (y - cy) * (y - cy) / (b * b) < 1)
            masks[i][y * 28 + x] = 1;
    }
    const at::Tensor noise = at::rand({n, 784});
    const MaskCode code = fitMaskCode(masks, noise, 60);
    const at::Tensor gram = at::matmul(code.components, code.components.t());
    QVERIFY(at::allclose(gram, at::eye(60), 1e-4, 1e-4));
    const at::Tensor codes = code.encode(masks, noise);
    QVERIFY(std::abs(codes.var(0).mean().item<double>() - 1) < 1e-2);  // whitened
    const at::Tensor back = (code.decode(codes) > 0.5).to(at::kFloat);
    QVERIFY((back != masks).to(at::kFloat).mean().item<double>() < 0.02);
  }

  void nothingFound() {
    RawOutputs outputs = publishedOutputs();
    for (at::Tensor& level : outputs.cls) level.fill_(-9);
    QVERIFY(decodeDetections(outputs, 0, {512, 256}, publishedCode()).empty());
  }
};

QTEST_APPLESS_MAIN(TestDecode)
#include "tst_decode.moc"
