#include <QSignalSpy>
#include <QtTest>
#include <atomic>
#include <thread>

#include "core/base/error.h"
#include "ui/document/job_runner.h"

using namespace uninet;

class TestJobRunner : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void runsInOrderOnOneThread() {
    JobRunner runner({});
    std::vector<int> order;
    std::vector<std::thread::id> threads;
    for (int i = 0; i < 5; ++i)
      runner.start("work", [&, i](const Progress&) -> JobRunner::Finish {
        threads.push_back(std::this_thread::get_id());
        return [&order, i] { order.push_back(i); };
      });
    QVERIFY(runner.busy());
    QTRY_VERIFY(!runner.busy());
    QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4}));
    for (const auto id : threads) QVERIFY(id == threads[0] && id != std::this_thread::get_id());
  }

  void errorsComeAsSentences() {
    JobRunner runner({});
    QSignalSpy failed(&runner, &JobRunner::failed);
    runner.start("work",
                 [](const Progress&) -> JobRunner::Finish { throw Error("file x is bad"); });
    QVERIFY(failed.wait());
    QCOMPARE(failed[0][0].toString(), QString("file x is bad"));
    QTRY_VERIFY(!runner.busy());
  }

  void stopsTheRunningOneAndDropsTheRest() {
    JobRunner runner({});
    QSignalSpy cancelled(&runner, &JobRunner::cancelled);
    std::atomic<bool> started{false}, second{false};
    runner.start("first", [&](const Progress& progress) -> JobRunner::Finish {
      started = true;
      for (;;) progress.step(0, 1);
    });
    runner.start("second", [&](const Progress&) -> JobRunner::Finish {
      second = true;
      return {};
    });
    QTRY_VERIFY(started);
    runner.stop();
    QVERIFY(cancelled.wait());
    QTRY_VERIFY(!runner.busy());
    QVERIFY(!second);
    // Stopping is over: the next work runs.
    runner.start("third", [&](const Progress& progress) -> JobRunner::Finish {
      progress.step(0, 1);
      return [&] { second = true; };
    });
    QTRY_VERIFY(second);
  }

  void destroyingWaitsForTheRunningWork() {
    std::atomic<bool> ended{false}, started{false};
    {
      JobRunner runner({});
      runner.start("work", [&](const Progress& progress) -> JobRunner::Finish {
        started = true;
        while (!progress.stopRequested()) std::this_thread::yield();
        ended = true;
        return {};
      });
      QTRY_VERIFY(started);
    }
    QVERIFY(ended);
  }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
