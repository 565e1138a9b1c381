#include <QtTest>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "attacks/sweep/two_networks.h"
#include "core/base/error.h"
#include "core/streetscape/streetscape.h"

using namespace uninet;

namespace {

Engine engineOf(const char* tasks, std::uint64_t seed, cv::Size size = {256, 128}) {
  NetworkSpec spec;
  spec.width = 0.125;
  spec.size = size;
  spec.tasks = TaskSet::parse(tasks);
  return makeUntrainedEngine(spec, seed);
}

}  // namespace

/// One attack on two networks, and each one's image on the other.
class TestTransfer : public QObject {
  Q_OBJECT

  Engine first_, second_;
  RawFrame frame_;

  struct Outcome {
    Experiment made;
    std::vector<Experiment> told;
    std::string problem;
  };
  Outcome attack(const nlohmann::json& values, const Progress& progress = {}) {
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = pgd.makeOptions();
    fromJson(*options, values);
    const CleanImage a = cleanImage(first_, frame_), b = cleanImage(second_, frame_);
    Outcome outcome;
    outcome.made = runExperiment(first_, a, pgd, *options, {});
    outcome.problem =
        attackSecond({pgd, *options, {}, first_, second_}, a, outcome.made, b, progress,
                     [&](const Experiment& told) { outcome.told.push_back(told); });
    return outcome;
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    first_ = engineOf("detect,segment,depth", 1);
    second_ = engineOf("segment,depth", 2);
    frame_ = openStreetscape("val", 1, 1, {512, 256})->load(0);
  }

  void threeExperimentsFollow() {
    const Outcome outcome = attack({{"objective", "seg"}, {"epsilon", 8}, {"iterations", 2}});
    QVERIFY(outcome.problem.empty());
    QCOMPARE(outcome.told.size(), std::size_t{3});
    const Experiment &own = outcome.told[0], &there = outcome.told[1], &back = outcome.told[2];
    const auto equal = [](const cv::Mat& a, const cv::Mat& b) {
      return cv::norm(a, b, cv::NORM_INF) == 0;
    };
    QVERIFY(!equal(own.result.image, outcome.made.result.image));
    QVERIFY(equal(there.result.image, outcome.made.result.image));
    QVERIFY(equal(back.result.image, own.result.image));
    QVERIFY(equal(there.attacked.trainIds, second_.predict(there.result.image).trainIds));
    QVERIFY(equal(back.attacked.trainIds, first_.predict(back.result.image).trainIds));
    QCOMPARE(packMeasures(there.cleanMeasures), packMeasures(own.cleanMeasures));
    QCOMPARE(packMeasures(back.cleanMeasures), packMeasures(outcome.made.cleanMeasures));
    QVERIFY(there.attacked.tasks == second_.spec().tasks);
    QVERIFY(back.attacked.tasks == first_.spec().tasks);
  }

  void theReportOfATransferSaysSo() {
    const Experiment made = attack({{"iterations", 1}}).made;
    Experiment named = made;
    named.engineTitle = "a.pth";
    named.engineIdentity = "hash of a";
    const Experiment transfer = transferExperiment(second_, cleanImage(second_, frame_), named);
    const nlohmann::json report = reportJson(transfer);
    QCOMPARE(report["attacked_on"]["file"].get<std::string>(), std::string("a.pth"));
    QCOMPARE(report["attacked_on"]["identity"].get<std::string>(), std::string("hash of a"));
    QVERIFY(!reportJson(made).contains("attacked_on"));
    const KeptRun kept = keptRunOf(transfer, "Streetscape", fingerprint(frame_), "", "");
    QCOMPARE(kept.attackedOn, std::string("a.pth"));
    QCOMPARE(kept.attackedOnHash, std::string("hash of a"));
    const Experiment again = restoredExperiment(second_, frame_, kept, transfer.result.image);
    QCOMPARE(again.attackedOn, std::string("a.pth"));
    QCOMPARE(experimentManifest(again), experimentManifest(transfer));
  }

  void aTaskThatTheSecondLacksIsMeasuredOnly() {
    const Outcome outcome = attack({{"objective", "cls"}, {"iterations", 1}});
    QVERIFY2(outcome.problem.find("detect") != std::string::npos, outcome.problem.c_str());
    QCOMPARE(outcome.told.size(), std::size_t{1});
    QVERIFY(outcome.told[0].attacked.tasks == second_.spec().tasks);
  }

  void progressCountsBoth() {
    std::vector<std::int64_t> done;
    std::int64_t total = 0;
    attack({{"objective", "seg"}, {"iterations", 4}}, Progress([&](const ProgressReport& report) {
             done.push_back(report.done);
             total = report.total;
           }));
    QCOMPARE(total, std::int64_t{8});
    QCOMPARE(done.front(), std::int64_t{4});
    QCOMPARE(done.back(), std::int64_t{8});
  }

  void aStopKeepsWhatIsThere() {
    std::atomic<bool> stop{false};
    const Progress progress([&](const ProgressReport& report) { stop = report.done >= 22; }, &stop);
    const Outcome outcome = attack({{"objective", "seg"}, {"iterations", 20}}, progress);
    QCOMPARE(outcome.made.result.iterationsDone, 20);
    QCOMPARE(outcome.told.size(), std::size_t{1});
    QVERIFY(outcome.told[0].result.cancelled);
    QVERIFY(outcome.told[0].result.iterationsDone < 20);
    // Before it began there is nothing of it.
    std::atomic<bool> before{true};
    QVERIFY(attack({{"iterations", 2}}, Progress({}, &before)).told.empty());
  }

  void anotherSizeIsRefused() {
    const Experiment made = attack({{"iterations", 1}}).made;
    const Engine large = engineOf("segment", 3, {512, 256});
    QVERIFY_EXCEPTION_THROWN(transferExperiment(large, cleanImage(large, frame_), made), Error);
  }
};

QTEST_MAIN(TestTransfer)
#include "tst_transfer.moc"
