#include <QtTest>
#include <atomic>
#include <vector>

#include "core/base/progress.h"

using namespace uninet;

class TestProgress : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void resumedWorkIsNotCountedAgain() {
    std::vector<ProgressReport> reports;
    const Progress progress([&](const ProgressReport& report) { reports.push_back(report); });
    progress.step(900, 1000);
    QTest::qWait(20);
    progress.step(950, 1000);
    QCOMPARE(reports[0].etaSeconds, -1.0);
    // Half of what was left is done: as much time again.
    QVERIFY(std::abs(reports[1].etaSeconds - reports[1].elapsedSeconds) < 1e-9);
    QVERIFY(std::abs(reports[1].perSecond * reports[1].elapsedSeconds - 50) < 1e-6);
  }

  void anotherTotalIsAnotherWork() {
    std::vector<ProgressReport> reports;
    const Progress progress([&](const ProgressReport& report) { reports.push_back(report); });
    progress.step(5, 10);
    progress.step(0, 200);
    QCOMPARE(reports[1].etaSeconds, -1.0);
  }

  void stopping() {
    std::atomic<bool> stop{false};
    const Progress progress({}, &stop);
    progress.step(0, 1);
    stop = true;
    QVERIFY(progress.stopRequested());
    progress.report(0, 1);
    QVERIFY_EXCEPTION_THROWN(progress.step(0, 1), Cancelled);
  }
};

QTEST_APPLESS_MAIN(TestProgress)
#include "tst_progress.moc"
