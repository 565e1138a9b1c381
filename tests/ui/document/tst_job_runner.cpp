#include <QSemaphore>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>
#include <new>
#include <stdexcept>
#include <thread>

#include "core/base/error.h"
#include "ui/document/job_runner.h"

using namespace uninet;

namespace {

/// A job that waits until it is let go or asked to stop.
class Gate {
 public:
  explicit Gate(JobRunner& runner) {
    id_ = runner.start(
        JobKind::saving, "gate",
        [this](const Progress& progress) -> JobRunner::Finish {
          while (!open_.tryAcquire(1, 1)) progress.step(0, 1);
          return {};
        },
        [this](JobOutcome outcome, const QString&) { outcomes_ << outcome; });
  }
  void open() { open_.release(); }
  JobId id() const { return id_; }
  const QList<JobOutcome>& outcomes() const { return outcomes_; }

 private:
  QSemaphore open_;
  JobId id_ = 0;
  QList<JobOutcome> outcomes_;
};

}  // namespace

class TestJobRunner : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void runsInOrderOnOneThread() {
    JobRunner runner({});
    QList<JobId> told;
    QList<int> order;
    std::vector<std::thread::id> threads;
    QList<JobId> ids;
    for (int i = 0; i < 5; ++i)
      ids << runner.start(
          JobKind::opening, "work",
          [&, i](const Progress&) -> JobRunner::Finish {
            threads.push_back(std::this_thread::get_id());
            return [&order, i] { order << i; };
          },
          [&, i](JobOutcome outcome, const QString& sentence) {
            // After its finish, and on this thread.
            QCOMPARE(order.size(), i + 1);
            QCOMPARE(outcome, JobOutcome::done);
            QVERIFY(sentence.isEmpty());
            told << ids[i];
          });
    QVERIFY(runner.busy());
    QTRY_VERIFY(!runner.busy());
    QCOMPARE(order, (QList<int>{0, 1, 2, 3, 4}));
    QCOMPARE(told, ids);
    QCOMPARE(QSet<JobId>(ids.begin(), ids.end()).size(), 5);
    for (const auto id : threads) {
      QVERIFY(id == runner.threadId());
      QVERIFY(id != std::this_thread::get_id());
    }
  }

  void errorsComeAsSentences() {
    JobRunner runner({});
    QStringList sentences;
    QList<JobOutcome> outcomes;
    const auto ended = [&](JobOutcome outcome, const QString& sentence) {
      outcomes << outcome;
      sentences << sentence;
    };
    runner.start(
        JobKind::opening, "work",
        [](const Progress&) -> JobRunner::Finish { throw Error("file x is bad"); }, ended);
    // The next one does not notice.
    runner.start(
        JobKind::opening, "work", [](const Progress&) { return [] {}; }, ended);
    QTRY_VERIFY(!runner.busy());
    QCOMPARE(outcomes, (QList<JobOutcome>{JobOutcome::failed, JobOutcome::done}));
    QCOMPARE(sentences, (QStringList{"file x is bad", ""}));
  }

  void stopsOneJobAndNoOther() {
    JobRunner runner({});
    Gate running(runner), waiting(runner);
    bool third = false;
    runner.start(JobKind::attack, "third",
                 [&](const Progress&) -> JobRunner::Finish { return [&] { third = true; }; });
    QTRY_VERIFY(runner.begun(running.id()));
    QVERIFY(!runner.begun(waiting.id()));
    runner.stop(waiting.id());
    QTRY_COMPARE(waiting.outcomes(), QList<JobOutcome>{JobOutcome::dropped});
    QVERIFY(running.outcomes().isEmpty());
    runner.stop(running.id());
    QTRY_COMPARE(running.outcomes(), QList<JobOutcome>{JobOutcome::stopped});
    QTRY_VERIFY(third);
    QTRY_VERIFY(!runner.busy());
    // One that has ended, and none.
    runner.stop(running.id());
    runner.stop(0);
    QCoreApplication::processEvents();
    QCOMPARE(running.outcomes().size(), 1);
    QCOMPARE(waiting.outcomes().size(), 1);
  }

  void aNewerOneTakesThePlaceOfThoseThatWait() {
    JobRunner runner({});
    Gate gate(runner);
    QTRY_VERIFY(runner.begun(gate.id()));
    QList<int> begun;
    QList<JobOutcome> outcomes(4, JobOutcome::failed);
    const auto job = [&](int i, JobKind kind) {
      return runner.replace(
          kind, "job",
          [&begun, i](const Progress&) -> JobRunner::Finish { return [&begun, i] { begun << i; }; },
          [&outcomes, i](JobOutcome outcome, const QString&) { outcomes[i] = outcome; });
    };
    job(0, JobKind::opening);
    job(1, JobKind::prediction);
    job(2, JobKind::prediction);
    job(3, JobKind::prediction);
    gate.open();
    QTRY_VERIFY(!runner.busy());
    QCOMPARE(begun, (QList<int>{0, 3}));
    QCOMPARE(outcomes, (QList<JobOutcome>{JobOutcome::done, JobOutcome::dropped,
                                          JobOutcome::dropped, JobOutcome::done}));
  }

  void progressNamesTheJob() {
    JobRunner runner({});
    QSignalSpy progressed(&runner, &JobRunner::progressed);
    QSignalSpy running(&runner, &JobRunner::runningChanged);
    const JobId id =
        runner.start(JobKind::attack, "title", [](const Progress& progress) -> JobRunner::Finish {
          progress.step(3, 3);
          return {};
        });
    QTRY_VERIFY(!runner.busy());
    QCOMPARE(progressed.size(), 1);
    QCOMPARE(progressed[0][0].value<JobId>(), id);
    QCOMPARE(progressed[0][1].toString(), QString("title"));
    QCOMPARE(running.size(), 2);
    QCOMPARE(running[0][0].value<JobId>(), id);
    QCOMPARE(running[0][1].toString(), QString("title"));
    QCOMPARE(running[1][0].value<JobId>(), JobId{0});
  }

  void aWorkThatRunsOutOfMemoryIsDoneOnceMore_data() {
    QTest::addColumn<int>("failures");
    QTest::addColumn<QString>("how");
    for (const int failures : {0, 1, 2})
      for (const char* how : {"bad_alloc", "LibTorch"})
        QTest::addRow("%d times, %s", failures, how) << failures << QString(how);
  }
  void aWorkThatRunsOutOfMemoryIsDoneOnceMore() {
    const QFETCH(int, failures);
    const QFETCH(QString, how);
    JobRunner runner({});
    QStringList happened;
    QStringList sentences;
    QList<JobOutcome> outcomes;
    QSignalSpy memoryShort(&runner, &JobRunner::memoryShort);
    connect(&runner, &JobRunner::memoryShort, this, [&] { happened << "let go"; });
    const JobId id = runner.start(
        JobKind::attack, "large",
        [&, tries = std::make_shared<int>(0)](const Progress&) -> JobRunner::Finish {
          // Only one of both threads is at work.
          happened << (runner.sparing() ? "sparing" : "plain");
          if (++*tries > failures) return {};
          if (how == "bad_alloc") throw std::bad_alloc();
          throw std::runtime_error(
              "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: "
              "you "
              "tried to allocate 9 bytes. Error code 12 (Cannot allocate memory)");
        },
        [&](JobOutcome outcome, const QString& sentence) {
          outcomes << outcome;
          sentences << sentence;
        });
    // What waits is not done before it.
    runner.start(JobKind::saving, "next", [&](const Progress&) -> JobRunner::Finish {
      happened << (runner.sparing() ? "sparing" : "next");
      return {};
    });
    QTRY_VERIFY(!runner.busy());
    QStringList expected{"plain"};
    if (failures > 0)
      expected << "let go"
               << "sparing";
    QCOMPARE(happened, expected << "next");
    QCOMPARE(memoryShort.size(), failures > 0 ? 1 : 0);
    if (failures > 0) {
      QCOMPARE(memoryShort[0][0].value<JobId>(), id);
      QCOMPARE(memoryShort[0][1].toString(), QString("large"));
      QVERIFY(memoryShort[0][2].toString().contains("alloc"));
    }
    QCOMPARE(outcomes.size(), 1);
    QCOMPARE(outcomes[0], failures > 1 ? JobOutcome::failed : JobOutcome::done);
    QCOMPARE(sentences[0].contains("not enough memory"), failures > 1);
    QVERIFY(!sentences[0].contains("report"));
  }

  void aStoppedWorkIsNotDoneAgain() {
    JobRunner runner({});
    std::atomic<int> begun{0};
    QList<JobOutcome> outcomes;
    const JobId id = runner.start(
        JobKind::attack, "large",
        [&](const Progress&) -> JobRunner::Finish {
          ++begun;
          throw std::bad_alloc();
        },
        [&](JobOutcome outcome, const QString&) { outcomes << outcome; });
    connect(&runner, &JobRunner::memoryShort, this, [&] { runner.stop(id); });
    QTRY_COMPARE(outcomes, QList<JobOutcome>{JobOutcome::stopped});
    QCOMPARE(begun, 1);
    QTRY_VERIFY(!runner.busy());
    bool done = false;
    runner.start(JobKind::saving, "next",
                 [&](const Progress&) -> JobRunner::Finish { return [&] { done = true; }; });
    QTRY_VERIFY(done);
  }

  void destroyingWaitsForTheRunningWork() {
    std::atomic<bool> ended{false}, started{false};
    bool told = false;
    {
      JobRunner runner({});
      runner.start(
          JobKind::sweep, "work",
          [&](const Progress& progress) -> JobRunner::Finish {
            started = true;
            while (!progress.stopRequested()) std::this_thread::yield();
            ended = true;
            return {};
          },
          [&](JobOutcome, const QString&) { told = true; });
      QTRY_VERIFY(started);
    }
    QVERIFY(ended);
    QCoreApplication::processEvents();
    QVERIFY(!told);
  }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
