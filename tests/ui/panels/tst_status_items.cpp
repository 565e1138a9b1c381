#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "ui/panels/job_list.h"
#include "ui/panels/status_items.h"

using namespace uninet;

class TestStatusItems : public QObject {
  Q_OBJECT

  static QString jobText(const StatusItems& items) {
    return items.findChild<QToolButton*>("status-job")->text();
  }
  static std::vector<JobLine> two() {
    return {{7, "PGD on image 3", 3, 10, 7, true}, {9, "Evaluation of val", 0, 0, -1, false}};
  }

 private Q_SLOTS:
  void saysIdleOrTheJob() {
    StatusItems items;
    items.show();
    QCOMPARE(jobText(items), QString("idle"));
    items.setJobs(two());
    QVERIFY(jobText(items).startsWith("PGD on image 3: 3 of 10, 0:07 left"));
    QVERIFY(jobText(items).contains("1"));
    items.setJobs({{1, "Opening", 0, 0, -1, true}});
    QCOMPARE(jobText(items), QString("Opening"));
    items.setJobs({});
    QCOMPARE(jobText(items), QString("idle"));
  }

  void deviceAndMemory() {
    qint64 bytes = 338LL << 20;
    int read = 0;
    StatusItems items(nullptr, [&] {
      ++read;
      return bytes;
    });
    const auto* memory = items.findChild<QLabel*>("status-memory");
    const auto* device = items.findChild<QLabel*>("status-device");
    QCOMPARE(read, 0);  // nobody sees it
    items.show();
    QCOMPARE(memory->text(), QString("338 MB"));
    QVERIFY(!device->isVisible());
    items.setDevice("CPU, 2 threads");
    QVERIFY(device->isVisible());
    QCOMPARE(device->text(), QString("CPU, 2 threads"));
    items.hide();
    bytes = 3LL << 29;
    items.show();
    QCOMPARE(memory->text(), QString("1.50 GB"));
    items.hide();
    bytes = -1;
    items.show();
    QVERIFY(!memory->isVisible());
    // Of this process: more than a page, less than the machine could have.
    QVERIFY(residentBytes() > 1 << 20);
  }

  void eachJobHasItsOwnStop() {
    StatusItems items;
    items.show();
    items.setJobs(two());
    QSignalSpy stop(&items, &StatusItems::stopRequested);
    QTest::mouseClick(items.findChild<QToolButton*>("status-job"), Qt::LeftButton);
    auto* list = items.findChild<JobList*>("job-list");
    QVERIFY(list->isVisible());
    auto* second = list->findChild<QPushButton*>("stop-job-9");
    // Progress that comes between press and release does not take the button away.
    QTest::mousePress(second, Qt::LeftButton);
    std::vector<JobLine> jobs = two();
    jobs[0].done = 5;
    items.setJobs(jobs);
    QTest::mouseRelease(second, Qt::LeftButton);
    QCOMPARE(stop.size(), 1);
    QCOMPARE(stop[0][0].toULongLong(), 9ULL);
    const auto* bar = list->findChild<QWidget*>("job-7")->findChild<QProgressBar*>();
    QCOMPARE(2 * bar->value(), bar->maximum());
    items.setJobs({jobs[0]});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(list->findChild<QPushButton*>("stop-job-9") == nullptr);
    QVERIFY(list->findChild<QPushButton*>("stop-job-7") != nullptr);
    items.setJobs({});
    bool says = false;
    for (const QLabel* label : list->findChildren<QLabel*>())
      if (label->isVisible()) says = says || label->text() == "No job runs or waits.";
    QVERIFY(says);
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(!list->isVisible());
  }
};

QTEST_MAIN(TestStatusItems)
#include "tst_status_items.moc"
