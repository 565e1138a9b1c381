// Ranks that train together, as threads of this process.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <sstream>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"
#include "model/training/trainer.h"
#include "support/small_training.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

TrainOptions rankOptions() {
  TrainOptions options = smallTraining(2, 40);
  options.batch = 4;
  options.rate = 1e-4;
  return options;
}

/// Streetscape, of which some images cannot be read.
class Torn : public Dataset {
 public:
  Torn(const Dataset& whole, std::size_t first) : whole_(whole), first_(first) {}
  std::string title() const override { return whole_.title(); }
  std::size_t size() const override { return whole_.size(); }
  std::string name(std::size_t index) const override { return whole_.name(index); }
  Classes classes() const override { return whole_.classes(); }
  bool hasGroundTruth() const override { return true; }
  RawFrame load(std::size_t index) const override {
    if (index >= first_) throw Error(concat(name(index), " is torn"));
    return whole_.load(index);
  }

 private:
  const Dataset& whole_;
  std::size_t first_;
};

/// "ended", "stopped" or the sentence of the error.
std::string outcomeOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Cancelled&) {
    return "stopped";
  } catch (const Error& error) {
    return error.what();
  }
  return "ended";
}

std::vector<std::vector<double>> rowsOf(const fs::path& table) {
  std::istringstream lines(readTextFile(table));
  std::vector<std::vector<double>> rows;
  std::string line, cell;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    while (std::getline(cells, cell, ','))
      rows.back().push_back(parseNumber<double>(cell).value_or(-1));
  }
  return rows;
}

}  // namespace

class TestTrainingRanks : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<Dataset> training_, validation_;

  fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

  /// What each rank of a start has of its own.
  struct Own {
    TrainOptions options = rankOptions();
    const Dataset* training = nullptr;
    Progress progress;
  };
  /// Outcomes of two ranks.
  std::array<std::string, 2> start(const fs::path& folder, const std::array<Own, 2>& own) const {
    std::array<std::string, 2> outcomes;
    std::vector<std::thread> threads;
    for (int rank = 0; rank < 2; ++rank)
      threads.emplace_back([&, rank] {
        const auto r = static_cast<std::size_t>(rank);
        at::set_num_threads(1);
        RankedTraining ranked{{rank, 2, "a test", "1", "", 0}, "this", std::chrono::seconds(60)};
        outcomes[r] = outcomeOf([&] {
          trainNetwork(own[r].options, own[r].training != nullptr ? *own[r].training : *training_,
                       *validation_, folder, own[r].progress, {}, {}, ranked);
        });
      });
    for (std::thread& thread : threads) thread.join();
    return outcomes;
  }

 private Q_SLOTS:
  void initTestCase() {
    if (!RankGroup::available()) QSKIP("this build has no Gloo");
    configureCompute(1);
    training_ = openStreetscape("train", 40, 1, {128, 64});
    validation_ = openStreetscape("val", 2, 1, {128, 64});
  }

  // Two ranks with two images each against one with four; AdamW makes whole steps of rounding,
  // which tst_shared_batch has not.
  void equalsOneProcess() {
    std::array<Own, 2> held;
    for (Own& own : held) own.options.rate = 1e-8;
    trainNetwork(held[0].options, *training_, *validation_, path("one"), {});
    for (const std::string& outcome : start(path("held"), held))
      QCOMPARE(outcome, std::string("ended"));
    const auto one = rowsOf(path("one") / "losses.csv"), two = rowsOf(path("held") / "losses.csv");
    QCOMPARE(one.size(), std::size_t{2});
    QCOMPARE(two.size(), one.size());
    for (std::size_t row = 0; row < one.size(); ++row) {
      QCOMPARE(two[row].size(), one[row].size());
      for (std::size_t i = 0; i < one[row].size(); ++i)
        QVERIFY2(std::abs(two[row][i] - one[row][i]) <= 5e-4 * std::abs(one[row][i]),
                 concat("row ", row, ", column ", i, ": ", two[row][i], ", ", one[row][i]).c_str());
    }
    QVERIFY(!fs::exists(path("two") / ".uninet-ranks.json"));
  }

  // Rank 1 is stopped: both stop before the same step, and go on to the same bytes.
  void goesOnBitEqual() {
    std::atomic<bool> stop{false};
    for (const std::string& outcome : start(path("two"), {}))
      QCOMPARE(outcome, std::string("ended"));
    std::array<Own, 2> stopping;
    stopping[1].progress =
        Progress([&](const ProgressReport& report) { stop = stop || report.done >= 24; }, &stop);
    for (const std::string& outcome : start(path("parts"), stopping))
      QCOMPARE(outcome, std::string("stopped"));
    for (const std::string& outcome : start(path("parts"), {}))
      QCOMPARE(outcome, std::string("ended"));
    for (const char* name : {"network.safetensors", "state.safetensors", "losses.csv"})
      QVERIFY2(readTextFile(path("two") / name) == readTextFile(path("parts") / name), name);
  }

  void validatesOnRankZero() {
    std::array<Own, 2> own;
    for (Own& one : own) {
      one.options.epochs = 1;
      one.options.epochImages = 4;
      one.options.validateEvery = 1;
    }
    for (const std::string& outcome : start(path("validated"), own))
      QCOMPARE(outcome, std::string("ended"));
    QCOMPARE(rowsOf(path("validated") / "validation.csv").size(), std::size_t{1});
  }

  void othersAreRefused() {
    std::array<Own, 2> own;
    own[1].options.rate = 2e-4;
    const auto rate = start(path("refused"), own);
    QVERIFY2(QString::fromStdString(rate[1]).contains(
                 "is refused: its option rate is 0.0002, that of rank 0 ("),
             rate[1].c_str());
    QVERIFY2(QString::fromStdString(rate[0]).contains("is refused: its option rate is 0.0002"),
             rate[0].c_str());
    const auto other = openStreetscape("train", 40, 2, {128, 64});
    own[1] = {};
    own[1].training = other.get();
    const auto data = start(path("refused"), own);
    QVERIFY2(QString::fromStdString(data[1]).contains("its first training image is "),
             data[1].c_str());
    for (Own& one : own) one.options.batch = 3;
    for (const std::string& outcome : start(path("refused"), own))
      QCOMPARE(outcome, std::string("option 'batch': the images of a step are divided among 2 "
                                    "ranks; expected a multiple of 2, found 3"));
    QVERIFY(!fs::exists(path("refused") / "state.safetensors"));
  }

  // What one rank cannot read ends both, and both say it.
  void failureOfOneEndsAll() {
    const Torn torn(*training_, 1);
    std::array<Own, 2> own;
    own[1].training = &torn;
    const auto outcomes = start(path("torn"), own);
    QVERIFY2(QString::fromStdString(outcomes[1]).endsWith(" is torn"), outcomes[1].c_str());
    QVERIFY2(QString::fromStdString(outcomes[0]).startsWith("rank 1 (") &&
                 QString::fromStdString(outcomes[0]).contains(" is torn; training ends"),
             outcomes[0].c_str());
  }
};

QTEST_APPLESS_MAIN(TestTrainingRanks)
#include "tst_training_ranks.moc"
