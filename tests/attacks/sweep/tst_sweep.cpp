#include <QtTest>
#include <atomic>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "attacks/engine/region.h"
#include "attacks/registry/registry.h"
#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/base/random.h"
#include "core/results/claims.h"
#include "core/results/figures.h"
#include "core/results/sweep_report.h"
#include "core/streetscape/streetscape.h"
#include "model/network/network.h"
#include "support/small_engine.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const cv::Size kSize{256, 128};
constexpr std::size_t kImages = 3;

SweepPlan smallPlan() {
  return planFromJson(R"({"name": "small", "clean-gradients": true, "arithmetic-check": 1,
   "attacks": [
    {"attack": "pgd", "options": {"objective": "seg"}, "epsilon": [1, 4]},
    {"attack": "pgd", "options": {"objective": "depth", "epsilon": 2}, "levels": true,
     "gradients": true, "pictures": true},
    {"attack": "dag-detection", "options": {"iterations": 2}},
    {"attack": "noise-sign", "seed": [0, 1]}]})",
                      "plan");
}

/// A preset by one arithmetic only, which takes half the time.
SweepPlan unchecked(const char* preset) {
  SweepPlan plan = presetPlan(preset);
  plan.arithmeticCheck = 0;
  return plan;
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

/// A run whose five ratios are these, each with this spread over the resamples.
RunReport runOf(const std::string& objective, const std::vector<double>& ratios, double spread) {
  RunReport run;
  run.run = {1, "pgd", nlohmann::json{{"objective", objective}, {"epsilon", 1.0}}.dump(),
             objective};
  for (std::size_t t = 0; t < tasks().size(); ++t) {
    // Draws of their own for each run: nothing cancels.
    Random random(Random::mix(std::hash<std::string>()(objective), t));
    std::vector<double> samples;
    for (int i = 0; i < 200; ++i) samples.push_back(ratios[t] + spread * random.uniform(-1, 1));
    run.metrics[tasks()[t].metricKey].ratio = estimateOf(ratios[t], samples, true);
  }
  return run;
}

}  // namespace

/// Another data set with some images that cannot be used.
struct Gaps : Dataset {
  explicit Gaps(const Dataset& data) : data_(data) {}
  std::string title() const override { return data_.title(); }
  std::size_t size() const override { return data_.size(); }
  std::string name(std::size_t index) const override { return data_.name(index); }
  bool hasGroundTruth() const override { return true; }
  RawFrame load(std::size_t index) const override {
    if (static_cast<int>(index) == unreadable) throw Error(data_.name(index) + " cannot be read");
    RawFrame frame = data_.load(index);
    if (static_cast<int>(index) == changed) frame.image.at<cv::Vec3b>(0, 0)[0] ^= 1;
    return frame;
  }
  int unreadable = -1, changed = -1;

 private:
  const Dataset& data_;
};

/// The same images under other names.
struct Renamed : Gaps {
  using Gaps::Gaps;
  std::string name(std::size_t index) const override { return "x" + Gaps::name(index); }
};

class TestSweep : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  Engine engine_;
  std::unique_ptr<Dataset> data_;

  fs::path path(const std::string& name) {
    return fs::path(folder_.path().toStdString()) / name / "results.sqlite";
  }
  std::string reportAt(const fs::path& file) {
    return reportJson(reportOf(ResultStore::open(file), {50, 0}, {}));
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true);
    data_ = openStreetscape("val", kImages, 1, kSize);
    runSweep(engine_, *data_, smallPlan(), 0, path("whole"), {});
  }

  void plansAreRead() {
    const SweepPlan plan = smallPlan();
    QCOMPARE(plan.runs.size(), std::size_t{6});
    QCOMPARE(plan.runs[1].title, std::string("Segmentation \u00b7 \u03b5 4"));
    QVERIFY(plan.runs[3].shapes);
    for (const SweepPreset& preset : sweepPresets()) QVERIFY(!presetPlan(preset.key).runs.empty());
    QVERIFY(planHash(plan) != planHash(presetPlan("paper")));
  }

  void badPlansAreNamed_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("part");
    QTest::newRow("no json") << "{"
                             << "p.json";
    QTest::newRow("no attacks") << "{\"name\": \"x\"}"
                                << "attacks";
    QTest::newRow("empty") << "{\"attacks\": []}"
                           << "empty";
    QTest::newRow("unknown attack") << "{\"attacks\": [{\"attack\": \"fast\"}]}"
                                    << "fast";
    QTest::newRow("unknown key") << "{\"attacks\": [{\"attack\": \"pgd\", \"eps\": 1}]}"
                                 << "eps";
    QTest::newRow("unknown option")
        << "{\"attacks\": [{\"attack\": \"pgd\", \"options\": {\"epsilom\": 1}}]}"
        << "epsilom";
    QTest::newRow("a list") << "[1, 2]"
                            << "an object";
    QTest::newRow("a number") << "3"
                              << "an object";
    QTest::newRow("attacks are no list") << "{\"attacks\": {}}"
                                         << "list";
    QTest::newRow("an attack is a number") << "{\"attacks\": [5]}"
                                           << "an object";
    QTest::newRow("a name is a number") << "{\"name\": 5, \"attacks\": [{\"attack\": \"pgd\"}]}"
                                        << "p.json";
    QTest::newRow("epsilon is no list") << "{\"attacks\": [{\"attack\": \"pgd\", \"epsilon\": 1}]}"
                                        << "list";
    QTest::newRow("deep") << "{\"attacks\": [{\"attack\": \"pgd\", \"options\": {\"a\":" +
                                 QString(1000000, '[') + QString(1000000, ']') + "}}]}"
                          << "nesting";
  }
  void badPlansAreNamed() {
    const QFETCH(QString, json);
    const QFETCH(QString, part);
    const QString sentence = messageOf([&] { planFromJson(json.toStdString(), "p.json"); });
    QVERIFY2(sentence.contains(part) && sentence.contains("p.json"), qPrintable(sentence));
  }

  // The numbers of the report are those of attacking image by image without any store.
  void numbersEqualAPlainLoop() {
    const SweepReport report = reportOf(ResultStore::open(path("whole")), {20, 0}, {});
    const SweepPlan plan = smallPlan();
    for (const std::size_t r : {std::size_t{1}, std::size_t{4}}) {
      std::vector<ImageMeasures> clean, attacked;
      for (std::size_t i = 0; i < kImages; ++i) {
        const Sample original = makeSample(data_->load(i));
        Sample sample = resizeSample(original, kSize);
        const auto options = attackByKey(plan.runs[r].attack).makeOptions();
        fromJson(*options, nlohmann::json::parse(plan.runs[r].options));
        const auto measure = [&] {
          const Engine::Evaluated found = engine_.evaluate(sample);
          return measureImage(original, sample, found.prediction, found.instanceDepth,
                              found.classLosses);
        };
        clean.push_back(measure());
        sample.image =
            attackByKey(plan.runs[r].attack).run({engine_, sample}, *options, {}, {}).image;
        attacked.push_back(measure());
      }
      const Metrics before = MeasureSet(clean, cityscapesClasses()).metrics(),
                    after = MeasureSet(attacked, cityscapesClasses()).metrics();
      for (const TaskInfo& task : tasks()) {
        const MetricEstimate& found = report.runs[r].metric(task.metricKey);
        const double a = before.value(task.metricKey), b = after.value(task.metricKey);
        QVERIFY(found.clean.value == a || (std::isnan(a) && std::isnan(found.clean.value)));
        QVERIFY(found.attacked.value == b || (std::isnan(b) && std::isnan(found.attacked.value)));
        const double ratio = metricRatio(a, b, task.higherIsBetter);
        QVERIFY(found.ratio.value == ratio || (std::isnan(ratio) && std::isnan(found.ratio.value)));
      }
    }
  }

  void stoppedSweepGoesOnToTheSameNumbers() {
    const fs::path file = path("stopped");
    int stops = 0;
    for (;; ++stops) {
      std::atomic<bool> stop{false};
      int reports = 0;
      // Each call is stopped after a few steps, wherever that is.
      const Progress progress([&](const ProgressReport&) { stop = ++reports > 3 + stops; }, &stop);
      try {
        runSweep(engine_, *data_, smallPlan(), 0, file, progress);
        break;
      } catch (const Cancelled&) {
      }
      QVERIFY(stops < 100);
    }
    QVERIFY(stops > 1);
    QCOMPARE(reportAt(file), reportAt(path("whole")));
    const SweepSummary again = runSweep(engine_, *data_, smallPlan(), 0, file, {});
    QCOMPARE(again.pairs, std::size_t{0});
  }

  void anotherPlanOrDataIsRefused() {
    const fs::path file = path("whole");
    SweepPlan another = presetPlan("figure3a");
    another.arithmeticCheck = smallPlan().arithmeticCheck;
    const QString said = messageOf([&] { runSweep(engine_, *data_, another, 0, file, {}); });
    QVERIFY(said.contains("another plan"));
    QVERIFY(messageOf([&] {
              runSweep(engine_, *data_, smallPlan(), 2, file, {});
            }).contains("number of images"));
    // Changed images are left out and named, not the end of the sweep; with none left it is one.
    const auto other = openStreetscape("val", kImages, 2, kSize);
    QVERIFY(messageOf([&] {
              runSweep(engine_, *other, smallPlan(), 0, file, {});
            }).contains("has changed"));
    const auto renamed = openStreetscape("val", kImages + 1, 1, kSize);
    QVERIFY(messageOf([&] {
              runSweep(engine_, Renamed(*renamed), smallPlan(), kImages, file, {});
            }).contains("another set of images"));
    const auto none = openStreetscape("val", 0, 1, kSize);
    QVERIFY(messageOf([&] {
              runSweep(engine_, *none, smallPlan(), 0, path("none"), {});
            }).contains("no image"));
  }

  // One image cannot be read, another has changed: the rest is done, and the two are named.
  void imagesThatCannotBeUsedAreLeftOut() {
    const fs::path file = path("gaps");
    Gaps data(*data_);
    data.unreadable = 1;
    SweepSummary summary = runSweep(engine_, data, unchecked("figure3a"), 0, file, {});
    QCOMPARE(summary.leftOut.size(), std::size_t{1});
    QCOMPARE(summary.leftOut[0].first, data_->name(1));
    QVERIFY(summary.leftOut[0].second.find("cannot be read") != std::string::npos);
    QCOMPARE(reportOf(ResultStore::open(file), {5, 0}, {}).runs[0].images, kImages - 1);
    // Readable again it is made up for; a finished one that changed keeps its results.
    data.unreadable = -1;
    data.changed = 0;
    summary = runSweep(engine_, data, unchecked("figure3a"), 0, file, {});
    QCOMPARE(summary.leftOut.size(), std::size_t{1});
    QCOMPARE(summary.leftOut[0].first, data_->name(0));
    QCOMPARE(summary.pairs, presetPlan("figure3a").runs.size() + 1);
    QCOMPARE(reportOf(ResultStore::open(file), {5, 0}, {}).runs[0].images, kImages);
  }

  // A figure of the paper is made of the runs that it names, or it is not made.
  void figuresTakeOnlyTheRunsTheySay() {
    const auto idsOf = [&](const char* plan) {
      static int number = 0;
      const fs::path file = path(("say" + std::to_string(number++)).c_str());
      runSweep(engine_, *data_, planFromJson(plan, "p"), 2, file, {});
      const ResultStore store = ResultStore::open(file);
      const SweepReport report = reportOf(store, {5, 0}, {});
      std::set<std::string> ids;
      for (const Figure& figure : figuresOf(report, store)) ids.insert(figure.id);
      return ids;
    };
    const QString pgd = R"({"arithmetic-check": 0, "attacks": [
      {"attack": "pgd", "epsilon": [1], "options": {"objective": "semantic" %1}},
      {"attack": "pgd", "epsilon": [1], "options": {"objective": "geometric" %1}}]})";
    const auto with = [&](const char* option) {
      return idsOf(QString(pgd).replace("%1", option).toUtf8().constData());
    };
    QVERIFY(with("").contains("3a"));
    QVERIFY(with(R"(, "seed": 3)").contains("3a"));
    QVERIFY(!with(R"(, "norm": "l2")").contains("3a"));
    QVERIFY(!with(R"(, "momentum": 0.9)").contains("3a"));
    QVERIFY(!idsOf(R"({"arithmetic-check": 0, "attacks": [
      {"attack": "pgd", "epsilon": [1], "seed": [0, 1], "options": {"objective": "semantic"}},
      {"attack": "pgd", "epsilon": [1], "seed": [0, 1], "options": {"objective": "geometric"}}]})")
                 .contains("3a"));
    const QString hiding = R"({"arithmetic-check": 0, "attacks": [
      {"attack": "hide-segmentation", "options": {"category": "car"}, "pictures": true},
      {"attack": "hide-depth", "options": {"category": "%1"}, "pictures": true}]})";
    QVERIFY(idsOf(QString(hiding).arg("car").toUtf8().constData()).contains("4"));
    QVERIFY(!idsOf(QString(hiding).arg("person").toUtf8().constData()).contains("4"));
    // An option that only one of the two attacks has is at its default in twins.
    QVERIFY(!idsOf(R"({"arithmetic-check": 0, "attacks": [
      {"attack": "hide-segmentation", "options": {"category": "car", "gate": 0.75},
       "pictures": true},
      {"attack": "hide-depth", "options": {"category": "car"}, "pictures": true}]})")
                 .contains("4"));
  }

  void oneImageHasNoInterval() {
    const fs::path file = path("single");
    runSweep(engine_, *data_, unchecked("figure3a"), 1, file, {});
    const SweepReport report = reportOf(ResultStore::open(file), {20, 0}, {});
    const Estimate& ratio = report.runs[0].metric("depth_rmse_m").ratio;
    QVERIFY(std::isfinite(ratio.value));
    QVERIFY(std::isnan(ratio.low) && std::isnan(ratio.high));
    QVERIFY(tableMarkdown(tablesOf(report).back()).find("\\[") == std::string::npos);
  }

  void namesWithSpecialSignsAreEscaped() {
    const Table table{"x", "a|b_c", {"A_1 & B"}, {{"50 % {x} \\ ~ ^ $ # | * [1]"}}};
    QVERIFY(tableLatex(table).find("50 \\% \\{x\\} \\textbackslash{} \\textasciitilde{} "
                                   "\\textasciicircum{} \\$ \\#") != std::string::npos);
    QVERIFY(tableLatex(table).find("A\\_1 \\& B") != std::string::npos);
    QVERIFY(tableMarkdown(table).find("\\| \\* \\[1\\]") != std::string::npos);
    QVERIFY(tableMarkdown(table).find("a\\|b\\_c") != std::string::npos);
  }

  void aBrokenNetworkSkipsItsImages() {
    const Engine broken = engine_.separateCopy();
    for (WeightEntry& entry : broken.network().weights.entries())
      if (entry.key.find("depth") != std::string::npos && !entry.buffer)
        entry.tensor.fill_(std::numeric_limits<float>::quiet_NaN());
    const SweepSummary summary =
        runSweep(broken, *data_, unchecked("figure3a"), 2, path("broken"), {});
    QCOMPARE(summary.skipped, summary.pairs);
    const ResultStore store = ResultStore::open(path("broken"));
    QVERIFY(store.skipped(1).at(0).find("not finite") != std::string::npos);
  }

  void picturesWithoutGroundTruthHaveNoRatios() {
    const fs::path pictures = fs::path(folder_.path().toStdString()) / "pictures";
    makeFolder(pictures);
    writePng(pictures / "a.png", data_->image(0));
    const auto data = openDataset(pictures, "val");
    const SweepSummary summary =
        runSweep(engine_, *data, unchecked("figure3a"), 0, path("bare"), {});
    QCOMPARE(summary.notes.lines(),
             (std::vector<std::string>{"no ground truth: 1 of 1 image (first: a)"}));
    const SweepReport report = reportOf(ResultStore::open(path("bare")), {20, 0}, {});
    QCOMPARE(report.runs[0].images, std::size_t{1});
    for (const TaskInfo& task : tasks())
      QVERIFY(std::isnan(report.runs[0].metric(task.metricKey).ratio.value));
    QVERIFY(tableMarkdown(tablesOf(report).back()).find("\u2013") != std::string::npos);
  }

  void samplesOfTheSameSeedAreTheSame() {
    const ResultStore store = ResultStore::open(path("whole"));
    QCOMPARE(reportCsv(reportOf(store, {30, 7}, {})), reportCsv(reportOf(store, {30, 7}, {})));
    const Estimate a = reportOf(store, {30, 7}, {}).runs[1].metric("depth_rmse_m").attacked;
    const Estimate b = reportOf(store, {30, 8}, {}).runs[1].metric("depth_rmse_m").attacked;
    QCOMPARE(a.value, b.value);
    QVERIFY(a.samples != b.samples);
    QVERIFY(a.low <= a.value && a.value <= a.high);
  }

  void regionsAreRead() {
    const Sample sample = resizeSample(makeSample(data_->load(0)), kSize);
    QVERIFY(parseRegion("", sample).empty());
    QCOMPARE(cv::countNonZero(parseRegion("box:10,20,30,25", sample)), 100);
    QVERIFY(cv::countNonZero(parseRegion("polygon:0,0,40,0,0,40", sample)) > 700);
    const int pixels = cv::countNonZero(sample.instances[0].mask);
    QCOMPARE(cv::countNonZero(parseRegion("instance:0", sample)), pixels);
    for (const char* bad : {"box:1,2,3", "box:a,b,c,d", "circle:1,2,3", "polygon:1,1,2,2",
                            "instance:999", "box:5,5,5,5", "mask:/none.png"})
      QVERIFY_EXCEPTION_THROWN(parseRegion(bad, sample), Error);
  }

  void claimsAreJudgedByTheirIntervals() {
    const auto verdicts = [](double geometric, double spread) {
      SweepReport report;
      report.runs = {runOf("semantic", {0.3, 0.6, 0.3, 0.9, 0.9}, spread),
                     runOf("multi-task", {0.2, 0.5, 0.2, 0.4, 0.4}, spread),
                     runOf("geometric", {geometric, 0.9, 0.9, 0.3, 0.3}, spread)};
      return judgeClaims(report);
    };
    QCOMPARE(verdicts(0.9, 0.01)[0].verdict, Verdict::holds);
    QCOMPARE(verdicts(0.1, 0.01)[0].verdict, Verdict::doesNotHold);
    QCOMPARE(verdicts(0.35, 0.2)[0].verdict, Verdict::undecided);
    QCOMPARE(verdicts(0.9, 0.01)[1].verdict, Verdict::holds);
    QCOMPARE(verdicts(0.9, 0.01)[2].verdict, Verdict::notMeasured);  // no single losses
    QCOMPARE(verdicts(0.9, 0.01).size(), std::size_t{15});
  }

  // The paper's own Table 3 has to bear out what the paper says of it.
  void claimsHoldOnThePapersNumbers() {
    const auto hiding = [](const char* attack, const std::array<double, 5>& ratios) {
      RunReport run = runOf(attack, {ratios.begin(), ratios.end()}, 0);
      run.run.attack = attack;
      run.run.options = R"({"category":"person","epsilon":2.0})";
      const char* keys[] = {"ap_box", "iou", "ap_mask", "depth_rmse_m", "inst_depth_abs_rel"};
      for (std::size_t t = 0; t < 5; ++t)
        run.metrics[std::string("person/") + keys[t]] = run.metrics.at(tasks()[t].metricKey);
      return run;
    };
    SweepReport report;
    report.runs = {hiding("hide-segmentation", {0.25, 0.13, 0.17, 0.55, 0.54}),
                   hiding("hide-depth", {0.39, 0.63, 0.33, 0.14, 0.15})};
    const std::vector<Claim> paper = judgeClaims(report);
    for (const std::size_t i : {std::size_t{6}, std::size_t{7}, std::size_t{8}})
      QVERIFY2(paper[i].verdict == Verdict::holds, paper[i].statement.c_str());
    // The other way round none of them does.
    std::swap(report.runs[0].metrics, report.runs[1].metrics);
    const std::vector<Claim> swapped = judgeClaims(report);
    for (const std::size_t i : {std::size_t{6}, std::size_t{7}, std::size_t{8}})
      QVERIFY2(swapped[i].verdict == Verdict::doesNotHold, swapped[i].statement.c_str());
  }

  void table3PrintsAsThePaper() {
    RunReport run;
    run.run = {1, "hide-segmentation", R"({"category":"person","epsilon":2.0})", ""};
    run.images = 500;
    run.metrics["person/ap_box"] = {{0.3523}, {0.0895}, {0.0895 / 0.3523}};
    run.metrics["person/depth_rmse_m"] = {{5.02}, {9.15}, {5.02 / 9.15}};
    SweepReport report;
    report.runs = {run};
    const Table table = tablesOf(report).front();
    QCOMPARE(table.id, std::string("table3"));
    QCOMPARE(table.rows[0][1], std::string("35.23"));
    QCOMPARE(table.rows[0][2], std::string("8.95"));
    QCOMPARE(table.rows[0][4], std::string("0.25"));
    QCOMPARE(table.rows[3][4], std::string("0.55"));
    QCOMPARE(table.rows[3][3], std::string("\u2013"));  // no depth attack was run
  }

  // numpy.percentile([0 … 100], [2.5, 97.5]) is 2.5 and 97.5.
  void intervalsArePercentiles() {
    std::vector<double> samples;
    for (int i = 100; i >= 0; --i) samples.push_back(i);
    samples.push_back(std::numeric_limits<double>::quiet_NaN());
    const Estimate e = estimateOf(40, samples, true);
    QCOMPARE(e.low, 2.5);
    QCOMPARE(e.high, 97.5);
    // Runs are drawn together: the clean side of two runs on the same images is the same.
    const SweepReport report = reportOf(ResultStore::open(path("whole")), {20, 0}, {});
    QVERIFY(report.runs[4].metric("depth_rmse_m").clean.samples ==
            report.runs[5].metric("depth_rmse_m").clean.samples);
  }

  void figuresAndTablesHoldTheNumbers() {
    const ResultStore store = ResultStore::open(path("whole"));
    const SweepReport report = reportOf(store, {20, 0}, {});
    const std::vector<Figure> figures = figuresOf(report, store);
    std::set<std::string> ids;
    for (const Figure& figure : figures) ids.insert(figure.id);
    for (const char* id : {"5", "levels", "patching", "gradients", "shape"})
      QVERIFY2(ids.contains(id), id);
    QVERIFY(!ids.contains("3a"));
    for (const Figure& figure : figures) QVERIFY(figureCsv(figure).size() > 40);
    const Table ratios = tablesOf(report).back();
    QCOMPARE(ratios.rows.size(), std::size_t{6});
    QVERIFY(tableLatex(ratios).find("$\\epsilon$") != std::string::npos);
    QVERIFY(tableCsv(ratios).find("Segmentation") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestSweep)
#include "tst_sweep.moc"
