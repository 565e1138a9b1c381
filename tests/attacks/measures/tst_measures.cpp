#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <algorithm>

#include "attacks/measures/gradient_matrix.h"
#include "attacks/measures/levels.h"
#include "attacks/measures/shape_bias.h"
#include "core/base/error.h"
#include "core/results/image_facts.h"
#include "core/streetscape/streetscape.h"
#include "model/losses/losses.h"
#include "model/network/network.h"
#include "support/small_engine.h"

using namespace uninet;

namespace {

const cv::Size kSize{256, 128};

bool sameImage(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace

/// What is measured beside the metrics: levels, gradients, shapes.
class TestMeasures : public QObject {
  Q_OBJECT

  Engine engine_;
  std::unique_ptr<Dataset> data_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true);
    data_ = openStreetscape("val", 3, 1, kSize);
  }

  // All that reaches a head goes through E2: clean features there make the attacked image clean.
  void patchingTheFirstLevelUndoesEverything() {
    Sample clean = resizeSample(makeSample(data_->load(0)), kSize);
    Sample attacked = clean;
    attacked.image = clean.image.clone();
    cv::randu(attacked.image, 0, 255);
    const auto undone = patchLevels(engine_, attacked, clean.image);
    const auto done = patchLevels(engine_, clean, attacked.image);
    QCOMPARE(undone.size(), std::size_t{14});
    // Levels are named by LibTorch's operations alone.
    const Engine exact = engine_.withArithmetic(Arithmetic::aten);
    const Engine::Evaluated a = exact.evaluate(clean), b = exact.evaluate(attacked);
    QVERIFY(sameImage(undone.at("E2").prediction.trainIds, a.prediction.trainIds));
    QVERIFY(sameImage(undone.at("E2").prediction.depthMetres, a.prediction.depthMetres));
    QVERIFY(sameImage(done.at("E2").prediction.depthMetres, b.prediction.depthMetres));
    QCOMPARE(undone.at("P3").losses.at("depth"), b.losses.at("depth"));  // no way from P3 to depth
    QVERIFY(undone.at("D2").losses.at("depth") != b.losses.at("depth"));
  }

  void driftOfTheSameImageIsNone() {
    const cv::Mat image = resizeSample(makeSample(data_->load(0)), kSize).image;
    cv::Mat other = image.clone();
    cv::randu(other, 0, 255);
    const auto same = levelDrift(engine_, image, image), moved = levelDrift(engine_, image, other);
    QCOMPARE(same.size(), std::size_t{21});
    for (const LevelDrift& level : same) {
      QCOMPARE(level.drift, 0.0);
      QVERIFY(std::isnan(level.cka) || std::abs(level.cka - 1) < 1e-9);
    }
    QVERIFY(moved[0].drift > 0 && moved[0].cka < 1);
    // Of one channel CKA is the squared correlation; both can be read off the depth maps.
    cv::Mat a = engine_.predict(image).depthMetres, b = engine_.predict(other).depthMetres;
    a.convertTo(a, CV_64F);
    b.convertTo(b, CV_64F);
    const auto depth = std::find_if(moved.begin(), moved.end(),
                                    [](const LevelDrift& level) { return level.level == "depth"; });
    QVERIFY(std::abs(depth->drift - cv::norm(a, b) / cv::norm(a)) < 1e-5);
    const cv::Mat ca = a - cv::mean(a), cb = b - cv::mean(b);
    const double correlation = ca.dot(cb) / (cv::norm(ca) * cv::norm(cb));
    QVERIFY(std::abs(depth->cka - correlation * correlation) < 1e-4);
  }

  void driftIsTheMeanOfTheChangeOfPlaces() {
    const cv::Mat image = resizeSample(makeSample(data_->load(0)), kSize).image;
    cv::Mat other = image.clone();
    const cv::Rect corner(0, 0, 32, 32);
    cv::randu(other(corner), 0, 255);
    const std::vector<LevelDrift> drifts = levelDrift(engine_, image, other);
    const auto driftOf = [&](const std::string& level) {
      for (const LevelDrift& drift : drifts)
        if (drift.level == level) return drift.drift;
      return -1.0;
    };
    for (const char* level : {"E2", "E4", "D2"}) {
      const cv::Mat change = levelChange(engine_, image, other, level);
      QCOMPARE(change.size(), kSize);
      const double mean = cv::norm(change) / std::sqrt(static_cast<double>(change.total()));
      QVERIFY2(std::abs(mean - driftOf(level)) < 1e-4 * driftOf(level), level);
    }
    // The finest level moves where the image does, and far away only as far as its field reaches.
    const cv::Mat fine = levelChange(engine_, image, other, "E2");
    QVERIFY(cv::mean(fine(corner))[0] > 0);
    QVERIFY(fine.at<float>(fine.rows - 1, fine.cols - 1) == 0);
    QVERIFY(!levelChange(engine_, image, other, "box_reg").empty());
    QVERIFY(levelChange(engine_, image, other, "no such").empty());
    QCOMPARE(cv::norm(levelChange(engine_, image, image, "E2"), cv::NORM_INF), 0.0);
  }

  void gradientMatricesAreConsistent() {
    const Sample sample = resizeSample(makeSample(data_->load(1)), kSize);
    const GradientMatrix matrix = gradientMatrix({engine_, sample}, sample.image);
    QCOMPARE(matrix.losses.size(), std::size_t{7});
    int defined = 0;
    for (std::size_t a = 0; a < 7; ++a)
      for (std::size_t b = 0; b < 7; ++b) {
        if (std::isnan(matrix.cosine[a][b])) continue;
        ++defined;
        QVERIFY(std::abs(matrix.cosine[a][b] - matrix.cosine[b][a]) < 1e-12);
        QVERIFY(std::abs(matrix.normRatio[a][b] * matrix.normRatio[b][a] - 1) < 1e-9);
        if (a != b) continue;
        QVERIFY(std::abs(matrix.cosine[a][a] - 1) < 1e-9);
        QCOMPARE(matrix.signAgreement[a][a], 1.0);
      }
    QVERIFY(defined >= 25);
    // Along its gradient the loss changes by the norm.
    const at::Tensor pixels = pixelsFromImage(sample.image);
    const Targets targets = makeTargets({&sample}, {}, 0);
    const auto loss = [&](const at::Tensor& x) {
      return computeLosses(engine_.network().forward(normalise(x), TaskSet::parse("segment")),
                           targets)[static_cast<std::size_t>(Loss::segment)];
    };
    const at::AutoGradMode mode(true);
    const at::Tensor leaf = pixels.clone().requires_grad_(true);
    loss(leaf).backward();
    const at::Tensor along = leaf.grad() / leaf.grad().norm();
    const at::NoGradGuard noGrad;
    const double slope = (loss(pixels + 0.5 * along) - loss(pixels - 0.5 * along)).item<double>();
    const auto at = static_cast<std::size_t>(
        std::find(matrix.losses.begin(), matrix.losses.end(), "seg") - matrix.losses.begin());
    QVERIFY2(std::abs(slope / matrix.norms[at] - 1) < 0.05,
             qPrintable(QString("%1 %2").arg(slope).arg(matrix.norms[at])));
  }

  // Over all classes the sums are those of the losses themselves.
  void classLossesAddUp() {
    const Sample sample = resizeSample(makeSample(data_->load(0)), kSize);
    const Engine::Evaluated found = engine_.evaluate(sample);
    QVERIFY(found.classLosses.has_value());
    const ClassLossSums& sums = *found.classLosses;
    QVERIFY(std::abs(sums.cls[0] / sums.quality[0] / found.losses.at("cls") - 1) < 1e-5);
    QVERIFY(std::abs(sums.reg[0] / sums.centreness[0] / found.losses.at("reg") - 1) < 1e-5);
    double cls = 0, reg = 0;
    for (std::size_t c = 1; c < 9; ++c) cls += sums.cls[c], reg += sums.reg[c];
    QVERIFY(std::abs(reg / sums.reg[0] - 1) < 1e-9);
    QVERIFY(std::abs(cls / sums.cls[0] - 1) < 1e-9);
  }

  void shapesOfTheSameImageAreTheSame() {
    const Sample sample = resizeSample(makeSample(data_->load(0)), kSize);
    const Prediction prediction = engine_.predict(sample.image);
    const ShapeRecord record = shapeRecord(engine_, sample, prediction, prediction);
    QVERIFY(!record.locations.empty());
    for (const LocationShape& location : record.locations) {
      QCOMPARE(location.clean.width, location.attacked.width);
      QCOMPARE(location.clean.classId, location.attacked.classId);
    }
    // The detection that covers the object best, whatever its class.
    Sample one = sample;
    one.instances.resize(1);
    one.instances[0].crowd = false;
    one.instances[0].classId = 1;
    one.instances[0].box = {10, 10, 30, 60};
    one.instances[0].mask = cv::Mat::ones(50, 20, CV_8U);
    Prediction before = prediction, after = prediction;
    const auto detection = [](Box box, int classId) {
      Detection d;
      d.box = box;
      d.classId = classId;
      d.score = 0.5f;
      return d;
    };
    before.detections = {detection({10, 10, 40, 60}, 2), detection({10, 10, 30, 58}, 1)};
    after.detections = {detection({8, 20, 34, 60}, 3), detection({100, 10, 120, 60}, 1)};
    const ShapeRecord swapped = shapeRecord(engine_, one, before, after);
    QCOMPARE(swapped.objects.size(), std::size_t{1});
    QCOMPARE(swapped.objects[0].clean.classId, 1);
    QCOMPARE(swapped.objects[0].clean.aspect(), 20.0 / 48);
    QCOMPARE(swapped.objects[0].attacked.classId, 3);
    QCOMPARE(swapped.objects[0].attacked.aspect(), 26.0 / 40);
    ImageFacts facts;
    facts.shapes = record;
    const ShapeRecord back = *unpackFacts(packFacts(facts)).shapes;
    QCOMPARE(back.locations.size(), record.locations.size());
    QCOMPARE(back.locations[0].clean.height, record.locations[0].clean.height);
    QVERIFY_EXCEPTION_THROWN(unpackFacts("{}"), Error);
  }
};

QTEST_APPLESS_MAIN(TestMeasures)
#include "tst_measures.moc"
