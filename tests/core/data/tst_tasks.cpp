#include <QtTest>

#include "core/base/error.h"
#include "core/data/tasks.h"

using namespace uninet;

class TestTasks : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void parsesAndPrints() {
    QCOMPARE(TaskSet::parse("depth,segment").text(), std::string("segment,depth"));
    QCOMPARE(TaskSet::all().text(), std::string("detect,segment,inst_seg,depth,inst_depth"));
  }
  void refusesUnknown() {
    QVERIFY_EXCEPTION_THROWN(TaskSet::parse("segmnt"), Error);
    QVERIFY_EXCEPTION_THROWN(TaskSet::parse("inst_seg"), Error);
    QVERIFY_EXCEPTION_THROWN(TaskSet::parse(""), Error);
  }
};

QTEST_APPLESS_MAIN(TestTasks)
#include "tst_tasks.moc"
