#include <QtTest>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/results/attacked_trees.h"
#include "core/results/merge.h"
#include "core/results/sweep_report.h"
#include "core/streetscape/streetscape.h"
#include "support/attack_case.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const cv::Size kSize{128, 128};
constexpr std::size_t kImages = 5;

SweepPlan planWith(int batch) {
  SweepPlan plan = planFromJson(R"({"name": "small", "arithmetic-check": 0, "attacks": [
    {"attack": "pgd", "options": {"objective": "multi-task", "epsilon": 2}},
    {"attack": "pgd", "options": {"objective": "id", "epsilon": 1}, "gradients": true},
    {"attack": "hide-segmentation", "options": {"category": "road", "epsilon": 2},
     "pictures": true},
    {"attack": "noise-sign"}]})",
                                "plan");
  plan.batch = batch;
  plan.keepImages = true;
  return plan;
}

/// Two numbers, or whatever holds numbers, within rounding.
void requireAlike(const Json& a, const Json& b, const std::string& where) {
  QVERIFY2(a.type() == b.type() && a.size() == b.size(), where.c_str());
  if (a.is_number()) {
    const double p = a.get<double>(), q = b.get<double>();
    QVERIFY2(std::abs(p - q) <= 1e-4 * std::max(1.0, std::abs(q)),
             concat(where, ": ", p, " and ", q).c_str());
  } else if (a.is_structured()) {
    for (auto p = a.begin(), q = b.begin(); p != a.end(); ++p, ++q)
      requireAlike(*p, *q, a.is_object() ? where + "/" + p.key() : where + "/*");
  } else {
    QVERIFY2(a == b, where.c_str());
  }
}

}  // namespace

/// Sweeps that compute several images together. Gradients in float64: the attacked images are those
/// of each by itself to the byte; predictions, in float32, are within rounding.
class TestBatches : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  Engine engine_;
  std::unique_ptr<Dataset> data_;

  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name / "results.sqlite";
  }
  ResultStore swept(const std::string& name, int batch) const {
    runSweep(engine_, *data_, planWith(batch), 0, path(name), {});
    return ResultStore::open(path(name));
  }
  static Json metricsOf(const fs::path& file) {
    Json report = Json::parse(reportJson(reportOf(ResultStore::open(file), {50, 0}, {})));
    report.erase("about");
    return report;
  }
  void requireSameImages(const ResultStore& a, const ResultStore& b) const {
    for (std::int64_t run = 1; run <= 4; ++run) {
      QCOMPARE(a.skipped(run), b.skipped(run));
      for (const std::int64_t image : b.imagesWithPicture(run, kAttackedImage))
        QVERIFY(same(a.picture(run, image, kAttackedImage), b.picture(run, image, kAttackedImage)));
    }
    QCOMPARE(a.finished(), b.finished());
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true).withArithmetic(Arithmetic::float64);
    data_ = openStreetscape("val", kImages, 1, kSize);
    swept("alone", 1);
  }

  void imagesTogetherAreThoseOfEachAlone() {
    const ResultStore alone = ResultStore::open(path("alone"));
    QCOMPARE(alone.finished().size(), 5 * kImages);
    QVERIFY(!alone.imagesWithPicture(1, kAttackedImage).empty());
    QCOMPARE(alone.remark(kTogetherRemark), std::string());
    for (const int batch : {2, 3}) {
      const std::string name = concat("batch", batch);
      const ResultStore together = swept(name, batch);
      requireSameImages(together, alone);
      QCOMPARE(together.remark(kTogetherRemark), std::to_string(batch));
      requireAlike(metricsOf(path(name)), metricsOf(path("alone")), name);
    }
  }

  void fewerPassesAreComputed() {
    const auto passesOf = [&](int batch) {
      const Engine engine = engine_.separateCopy();
      const std::string name = concat("passes", batch);
      runSweep(engine, *data_, planWith(batch), 0, path(name), {});
      return engine.passes();
    };
    const auto one = passesOf(1), five = passesOf(5);
    // Of the runs with gradients; the matrices of the second are of each image.
    QVERIFY(one.gradients > five.gradients);
    QVERIFY(one.predictions > five.predictions);
  }

  void stoppedSweepGoesOn() {
    const fs::path file = path("stopped");
    for (int stops = 0;; ++stops) {
      QVERIFY(stops < 100);
      std::atomic<bool> stop{false};
      int reports = 0;
      const Progress progress([&](const ProgressReport&) { stop = ++reports > 4 + stops; }, &stop);
      try {
        // Any number of images together goes on with what another one began.
        runSweep(engine_, *data_, planWith(2 + stops % 2), 0, file, progress);
        break;
      } catch (const Cancelled&) {
      }
    }
    requireSameImages(ResultStore::open(file), ResultStore::open(path("alone")));
  }

  void thePlanOfTheProcessorIsRefusedBeforeAnythingIsWritten() {
    const Engine planned = smallEngine(kSize, true);
    if (planned.arithmetic().at("code path") != "plan") QSKIP("this processor has no plan");
    QString said;
    try {
      runSweep(planned, *data_, planWith(2), 0, path("refused"), {});
    } catch (const Error& error) {
      said = QString::fromUtf8(error.what());
    }
    QVERIFY2(said.contains("computes one image at a time"), qPrintable(said));
    QVERIFY(!fs::exists(path("refused")));
  }
};

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
