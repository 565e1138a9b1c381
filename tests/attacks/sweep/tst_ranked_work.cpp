#include <QtTest>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "attacks/sweep/ranked_work.h"
#include "core/base/error.h"
#include "model/ranks/rank_store.h"

using namespace uninet;

namespace {

constexpr std::int64_t kImages = 40, kRuns = 7;
constexpr std::chrono::milliseconds kLease{60'000};  // no test waits for it

RankedWork::Job job(int rank, int size) {
  RankedWork::Job job{rank, size, kLease, kImages, kRuns, {}};
  for (std::int64_t run = 0; run < kRuns; ++run) job.finished.emplace(run, 3);
  job.finished.emplace(2, 5);
  return job;
}
constexpr std::int64_t kOpen = kImages * kRuns - kRuns - 1;

/// How often each pair was computed.
struct Counts {
  std::atomic<int> of[kRuns][kImages] = {};
};

/// What a pass does, without any network. Dies with a claim in hand after so many pairs.
void pass(RankedWork& work, Counts& computed, int diesAfter = -1, std::size_t together = 1) {
  const RankedWork::Job known = job(0, 1);
  for (auto image = work.nextImage(); image; image = work.nextImage()) {
    std::vector<std::int64_t> group;
    for (; image; image = group.size() < together ? work.anotherImage() : std::nullopt)
      group.push_back(*image);
    for (const std::int64_t i : group) work.began(i, "i", "f", {});
    for (std::int64_t run = 0; run < kRuns; ++run)
      for (const std::int64_t i : group) {
        if (known.finished.contains({run, i}) || !work.take(run, i)) continue;
        if (diesAfter-- == 0) return;
        ++computed.of[run][i];
        work.stored(run, i, 1);
      }
    for (const std::int64_t i : group) work.ended(i);
  }
  work.complete();
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestRankedWork : public QObject {
  Q_OBJECT

  static RankStore published() {
    RankStore store = RankStore::serve(0);
    RankedWork::publish(store, job(0, 1));
    return store;
  }
  static RankStore second(const RankStore& store) {
    return RankStore::connect("localhost", store.port(), std::chrono::seconds(20));
  }

 private Q_SLOTS:
  void storeKeepsWhatIsSet() {
    RankStore store = RankStore::serve(0);
    RankStore other = second(store);
    QCOMPARE(store.add("n", 3), std::int64_t{3});
    QCOMPARE(other.add("n", -1), std::int64_t{2});
    QCOMPARE(store.count("m"), std::int64_t{0});
    QVERIFY(!other.get("t"));
    store.set("t", "x y");
    QCOMPARE(other.get("t").value_or(""), std::string("x y"));
    QCOMPARE(other.exchange("c", "", "1"), std::string("1"));
    QCOMPARE(store.exchange("c", "", "2"), std::string("1"));
    QCOMPARE(store.exchange("c", "1", "2"), std::string("2"));
    QCOMPARE(other.get("c").value_or(""), std::string("2"));
  }

  void lostStoreIsSaid() {
    auto store = std::make_unique<RankStore>(RankStore::serve(0));
    const int port = store->port();
    RankStore other = second(*store);
    QVERIFY(messageOf([&] { RankStore::serve(port); }).contains("MASTER_PORT"));
    store.reset();
    QVERIFY(messageOf([&] {
              for (int i = 0; i < 100; ++i) other.add("n", 1);
            }).startsWith("rank 0 is gone"));
    QVERIFY(messageOf([&] {
              RankStore::connect("localhost", port, std::chrono::seconds(1));
            }).contains("nothing answers at localhost"));
  }

  // Each pair is computed once, by one of the ranks; what was finished before by none.
  void everyPairIsHandedOutOnce() {
    for (const int size : {1, 2, 5}) {
      RankStore store = published();
      Counts computed;
      std::vector<std::thread> ranks;
      for (int r = 0; r < size; ++r)
        ranks.emplace_back([&, r] {
          RankedWork work(r == 0 ? store : second(store), job(r, size));
          pass(work, computed, -1, r % 2 == 0 ? 1 : 3);
        });
      for (std::thread& rank : ranks) rank.join();
      const RankedWork::Job known = job(0, 1);
      for (std::int64_t run = 0; run < kRuns; ++run)
        for (std::int64_t image = 0; image < kImages; ++image)
          QCOMPARE(computed.of[run][image].load(), known.finished.contains({run, image}) ? 0 : 1);
      RankedWork work(store, job(0, size));
      QVERIFY(work.allDone());
      QCOMPARE(work.done(), kOpen);
      QCOMPARE(work.notes().images(), static_cast<std::size_t>(kImages));
    }
  }

  // What a rank had in hand when it ended falls to the others, and nothing else is done again.
  void ranksThatEndAreMadeUpFor() {
    RankStore store = published();
    Counts computed;
    std::vector<std::thread> ranks;
    for (int r = 0; r < 4; ++r)
      ranks.emplace_back([&, r] {
        RankedWork work(second(store), job(r, 4));
        pass(work, computed, r == 0 ? -1 : 5 * r, r == 2 ? 3 : 1);
      });
    for (std::thread& rank : ranks) rank.join();
    const RankedWork::Job known = job(0, 1);
    for (std::int64_t run = 0; run < kRuns; ++run)
      for (std::int64_t image = 0; image < kImages; ++image)
        QCOMPARE(computed.of[run][image].load(), known.finished.contains({run, image}) ? 0 : 1);
    RankedWork work(store, job(0, 4));
    QVERIFY(work.allDone());
    QCOMPARE(work.done(), kOpen);
  }

  // A rank dies after it has said that a pair is stored, and before it has counted it.
  void lostCountsHoldNobodyUp() {
    RankStore store = published();
    store.set("p 4 7", "stored");
    store.set("gone 1", "ended");
    Counts computed;
    RankedWork work(store, job(0, 2));
    pass(work, computed);
    QVERIFY(work.allDone());
    QCOMPARE(work.done(), kOpen - 1);
    QCOMPARE(computed.of[4][7].load(), 0);
  }

  // A rank that was only thought to be gone comes back: its result counts once.
  void latecomersCountOnce() {
    RankStore store = published();
    RankedWork first(store, job(0, 2));
    QVERIFY(first.take(0, 0));
    QVERIFY(!first.take(0, 0));
    RankedWork other(second(store), job(1, 2));
    QVERIFY(!other.take(0, 0));
    store.set("gone 0", "thought so");
    QVERIFY(other.isGone(0) && !first.isGone(1));
    QVERIFY(other.take(0, 0));
    first.stored(0, 0, 2);
    QCOMPARE(first.done(), std::int64_t{0});
    other.stored(0, 0, 2);
    QCOMPARE(first.done(), std::int64_t{2});
    QVERIFY(!first.allDone());
  }

  // The other order: whoever took a pair over is done with it before its first holder wakes.
  void sleepersCountNothing() {
    RankStore store = published();
    RankedWork first(store, job(0, 2));
    QVERIFY(first.take(0, 0));
    RankedWork other(second(store), job(1, 2));
    store.set("gone 0", "thought so");
    QVERIFY(other.isGone(0));
    QVERIFY(other.take(0, 0));
    other.stored(0, 0, 2);
    QCOMPARE(other.done(), std::int64_t{2});
    first.stored(0, 0, 2);
    QCOMPARE(other.done(), std::int64_t{2});
  }

  void imagesAreLeftOutOnce() {
    RankStore store = published();
    RankedWork first(store, job(0, 2)), other(second(store), job(1, 2));
    first.leaveOut(5, "five", "it cannot be read", {0, 1, 3, 4, 5, 6}, 1);
    QCOMPARE(first.done(), std::int64_t{6});
    other.leaveOut(5, "five", "it cannot be read", {0, 1, 3, 4, 5, 6}, 1);
    QCOMPARE(first.done(), std::int64_t{6});
    QVERIFY(!other.take(0, 5));
    other.leaveOut(3, "three", "it has changed", {}, 1);
    const std::vector<LeftOutImage> found = other.leftOut();
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].name, std::string("three"));
    QCOMPARE(found[1].image, std::int64_t{5});
    QCOMPARE(found[1].why, std::string("it cannot be read"));
  }

  void otherImagesAreRefused() {
    RankStore store = published();
    RankedWork first(store, job(0, 2)), other(second(store), job(1, 2));
    first.began(0, "a", "f0", {});
    other.began(0, "a", "f0", {});
    QVERIFY(messageOf([&] {
              other.began(0, "a", "f1", {});
            }).contains("rank 1: image a is another one here than on rank 0"));
  }

  // A pass that is given up does not wait for what others have in hand.
  void stoppedWorkDoesNotWait() {
    RankStore store = published();
    RankedWork first(store, job(0, 2)), other(second(store), job(1, 2));
    for (std::int64_t image = 0; image < kImages; ++image)
      for (std::int64_t run = 0; run < kRuns; ++run)
        if (!job(0, 2).finished.contains({run, image})) QVERIFY(first.take(run, image));
    for (std::int64_t image = 0; image < kImages; ++image) {
      QCOMPARE(other.nextImage().value_or(-1), image);
      other.ended(image);
    }
    std::thread waiting([&] { QVERIFY(!other.nextImage()); });
    other.stop();
    waiting.join();
  }
};

QTEST_GUILESS_MAIN(TestRankedWork)
#include "tst_ranked_work.moc"
