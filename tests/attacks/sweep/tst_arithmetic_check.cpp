#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/results/claims.h"
#include "core/results/figures.h"
#include "core/results/sweep_report.h"
#include "core/streetscape/streetscape.h"
#include "support/small_engine.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const cv::Size kSize{256, 128};
constexpr std::size_t kImages = 4, kChecked = 3;
constexpr const char* kPlan = R"({"arithmetic-check": 3, "attacks": [
  {"attack": "pgd", "options": {"objective": "semantic"}, "epsilon": [1]},
  {"attack": "pgd", "options": {"objective": "depth", "epsilon": 2}, "levels": true}]})";

bool sameNumber(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// `value` with samples around it, and on five images what two arithmetics find.
Estimate checked(double value, double here, double there) {
  std::vector<double> samples;
  for (int i = 0; i < 1000; ++i) samples.push_back(value + 0.01 * std::sin(i));
  Estimate e = estimateOf(value, samples, true);
  e.check = checkOf(5, here, there, samples, true);
  return e;
}

RunReport hiding(const char* attack, const Estimate& segment, const Estimate& depth) {
  RunReport run;
  run.run = {1, attack, R"({"category":"person","epsilon":2.0})", attack};
  run.checkedImages = 5;
  run.metrics["person/iou"].ratio = segment;
  run.metrics["person/depth_rmse_m"].ratio = depth;
  return run;
}

/// "Hiding is asymmetric": SS under the depth attack against D under the segmentation attack.
Claim asymmetry(const Estimate& segment, const Estimate& depth) {
  SweepReport report;
  report.runs = {hiding("hide-segmentation", Estimate(), depth),
                 hiding("hide-depth", segment, Estimate())};
  report.resamples = 1000;
  return judgeClaims(report)[7];
}

}  // namespace

class TestArithmeticCheck : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  Engine engine_;
  std::unique_ptr<Dataset> data_;
  bool two_ = false;  ///< whether this processor has both

  fs::path path(const std::string& name) {
    return fs::path(folder_.path().toStdString()) / name / "results.sqlite";
  }

  /// Dataset-level metrics of the checked images by one arithmetic, clean or attacked, without any
  /// sweep.
  Metrics byLoop(const Engine& engine, const PlannedRun* run) {
    std::vector<ImageMeasures> measures;
    for (std::size_t i = 0; i < kChecked; ++i) {
      const Sample original = makeSample(data_->load(i));
      Sample sample = resizeSample(original, kSize);
      if (run != nullptr) {
        const auto options = attackByKey(run->attack).makeOptions();
        fromJson(*options, nlohmann::json::parse(run->options));
        sample.image = attackByKey(run->attack).run({engine, sample}, *options, {}, {}).image;
      }
      const Engine::Evaluated found = engine.evaluate(sample);
      measures.push_back(
          measureImage(original, sample, found.prediction, found.instanceDepth, found.classLosses));
    }
    return MeasureSet(measures, cityscapesClasses()).metrics();
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true);
    two_ = engine_.arithmetic().at("code path") == "plan";
    data_ = openStreetscape("val", kImages, 1, kSize);
    const SweepSummary summary =
        runSweep(engine_, *data_, planFromJson(kPlan, "plan"), 0, path("whole"), {});
    QCOMPARE(summary.unchecked.empty(), two_);
  }

  // Both sides of the check are what a plain loop over the checked images finds.
  void bothArithmeticsEqualAPlainLoop() {
    const SweepReport report = reportOf(ResultStore::open(path("whole")), {20, 0}, {});
    QCOMPARE(report.runs[0].checkedImages, two_ ? kChecked : 0);
    if (!two_) QSKIP("this processor has one arithmetic only");
    const SweepPlan plan = planFromJson(kPlan, "plan");
    const Engine other = engine_.withArithmetic(Arithmetic::aten);
    const Metrics cleanHere = byLoop(engine_, nullptr), cleanThere = byLoop(other, nullptr);
    bool differs = false;
    for (std::size_t r = 0; r < plan.runs.size(); ++r) {
      const Metrics here = byLoop(engine_, &plan.runs[r]), there = byLoop(other, &plan.runs[r]);
      for (const TaskInfo& task : tasks()) {
        const char* key = task.metricKey;
        const MetricEstimate& found = report.runs[r].metric(key);
        QCOMPARE(found.ratio.check.images, kChecked);
        QVERIFY(sameNumber(found.clean.check.here, cleanHere.value(key)));
        QVERIFY(sameNumber(found.clean.check.there, cleanThere.value(key)));
        QVERIFY(sameNumber(found.attacked.check.here, here.value(key)));
        QVERIFY(sameNumber(found.attacked.check.there, there.value(key)));
        const double a = metricRatio(cleanHere.value(key), here.value(key), task.higherIsBetter);
        const double b = metricRatio(cleanThere.value(key), there.value(key), task.higherIsBetter);
        QVERIFY(sameNumber(found.ratio.check.spread(), std::abs(a - b)));
        differs = differs || found.ratio.check.spread() > 0;
        if (std::isfinite(a) && found.behind.images > 2)
          QVERIFY(found.ratio.check.low <= a && a <= found.ratio.check.high);
      }
    }
    QVERIFY(differs);  // rounding does show, or the other arithmetic is the same one
    const Estimate& drift = report.runs[1].levels[0].drift;
    QCOMPARE(drift.check.images, kChecked);
    QVERIFY(std::abs(drift.check.here - drift.check.there) < 0.2 * drift.check.here);
  }

  // Every export says how many images were checked and how far the arithmetics lie apart.
  void exportsCarryTheSpread() {
    const ResultStore store = ResultStore::open(path("whole"));
    const SweepReport report = reportOf(store, {20, 0}, {});
    const auto json = nlohmann::json::parse(reportJson(report));
    const auto& ratio = json["runs"][0]["metrics"]["miou"]["ratio"];
    QCOMPARE(ratio.contains("arithmetic"), two_);
    if (two_) QCOMPARE(ratio["arithmetic"]["images"].get<std::size_t>(), kChecked);
    const std::string csv = reportCsv(report);
    QVERIFY(csv.substr(0, csv.find('\n'))
                .ends_with("ratio_spread,ratio_checked_low,"
                           "ratio_checked_high"));
    const BarPanel panel{"t", "y", {"g"}, {}, {"s"}, {{checked(0.5, 0.75, 0.5)}}, {}};
    const std::string figure = figureCsv(Figure{"x", "X", 174, 70, 1, {panel}});
    QVERIFY2(figure.starts_with("panel,group,series,value,low,high,arithmetic_spread,checked_low,"
                                "checked_high,checked_images\nt,g,s,0.5,"),
             figure.c_str());
    QVERIFY2(figure.find(",0.25,") != std::string::npos && figure.ends_with(",5\n"),
             figure.c_str());
  }

  // A file goes on only with as many checked images as it was begun with.
  void anotherNumberIsRefused() {
    if (!two_) QSKIP("this processor has one arithmetic only");
    SweepPlan plan = planFromJson(kPlan, "plan");
    plan.arithmeticCheck = 1;
    try {
      runSweep(engine_, *data_, plan, 0, path("whole"), {});
      QFAIL("expected it to be refused");
    } catch (const Error& e) {
      QVERIFY2(QString(e.what()).contains("another arithmetic check (3, now 1)"), e.what());
    }
    plan.arithmeticCheck = 0;
    runSweep(engine_, *data_, plan, 1, path("unchecked"), {});
    const SweepReport report = reportOf(ResultStore::open(path("unchecked")), {20, 0}, {});
    QCOMPARE(report.runs[0].checkedImages, std::size_t{0});
    QVERIFY(std::isnan(report.runs[0].metric("miou").ratio.check.spread()));
    QVERIFY(claimsMarkdown(judgeClaims(report), report).find("No image was attacked by a second") !=
            std::string::npos);
  }

  void badNumbersAreRefused() {
    for (const char* bad : {"-1", "2.5", "\"5\"", "1000001"})
      QVERIFY_EXCEPTION_THROWN(
          planFromJson(
              std::string(R"({"attacks": [{"attack": "pgd"}], "arithmetic-check": )") + bad + "}",
              "p.json"),
          Error);
  }

  // A difference that the samples decide is none where rounding makes as much.
  void claimsBelowTheSpreadAreUndecided() {
    QCOMPARE(asymmetry(checked(0.6, 0.6, 0.6), checked(0.5, 0.5, 0.5)).verdict, Verdict::holds);
    QCOMPARE(asymmetry(checked(0.6, 0.6, 0.55), checked(0.5, 0.5, 0.5)).verdict, Verdict::holds);
    const Claim claim = asymmetry(checked(0.6, 0.6, 0.45), checked(0.5, 0.5, 0.5));
    QCOMPARE(claim.verdict, Verdict::undecidedArithmetic);
    QCOMPARE(claim.p, 1.0);
    // What moves both sides alike is no spread of their difference.
    QCOMPARE(asymmetry(checked(0.6, 0.6, 0.45), checked(0.5, 0.5, 0.35)).verdict, Verdict::holds);
    const Claim other = asymmetry(checked(0.5, 0.5, 0.5), checked(0.6, 0.6, 0.6));
    QCOMPARE(other.verdict, Verdict::doesNotHold);
  }

  // Holm 1979: the smallest of m probabilities times m, the next times m - 1, and so on.
  void verdictsAreCorrectedForTheirNumber() {
    const auto withTail = [](double value, int against) {
      std::vector<double> samples(1000, value);
      for (int i = 0; i < against; ++i) samples[static_cast<std::size_t>(i)] = -value;
      return estimateOf(value, samples, true);
    };
    SweepReport report;
    report.resamples = 1000;
    report.runs = {
        hiding("hide-segmentation", Estimate(), estimateOf(0, std::vector<double>(1000, 0), true)),
        hiding("hide-depth", withTail(0.1, 20), Estimate())};
    const auto judged = [](const std::vector<Claim>& claims) {
      return std::count_if(claims.begin(), claims.end(), [](const Claim& claim) {
        return claim.verdict != Verdict::notMeasured;
      });
    };
    // Alone: 2 (20 + 1) / 1001 = 0.042.
    std::vector<Claim> claims = judgeClaims(report);
    QCOMPARE(judged(claims), 1);
    QCOMPARE(claims[7].p, 42.0 / 1001);
    QCOMPARE(claims[7].corrected, 42.0 / 1001);
    QCOMPARE(claims[7].verdict, Verdict::holds);
    // Beside a certain one and an undecided one it is the second of three, and not enough.
    for (RunReport& run : report.runs)
      for (int level = 2; level <= 7; ++level) {
        const bool depth = run.run.attack == "hide-depth";
        std::vector<double> samples;
        for (int i = 0; i < 1000; ++i)
          samples.push_back(depth ? 0.1 + (i % 2 == 0 ? 0.01 : -0.01) * level : 0.5);
        run.levels.emplace_back();
        run.levels.back().level = "E" + std::to_string(level);
        run.levels.back().drift = estimateOf(depth ? 0.1 : 0.5, samples, true);
      }
    claims = judgeClaims(report);
    QCOMPARE(judged(claims), 3);
    QCOMPARE(claims[9].verdict, Verdict::undecided);
    QCOMPARE(claims[10].p, 2.0 / 1001);
    QCOMPARE(claims[10].corrected, 6.0 / 1001);
    QCOMPARE(claims[10].verdict, Verdict::holds);
    QCOMPARE(claims[7].corrected, 84.0 / 1001);
    QCOMPARE(claims[7].verdict, Verdict::undecided);
  }
};

QTEST_APPLESS_MAIN(TestArithmeticCheck)
#include "tst_arithmetic_check.moc"
