#include <QtTest>
#include <cmath>
#include <vector>

#include "core/base/repeat.h"

using namespace uninet;

class TestRepeat : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Ranks of the 95 % interval of a median as tables of nonparametric statistics give them (from 0
  // here; e.g. Conover, Practical Nonparametric Statistics, binomial with one half).
  void intervalsOfTheTables_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("outside");
    QTest::newRow("6") << 6 << 0;
    QTest::newRow("8") << 8 << 0;
    QTest::newRow("9") << 9 << 1;
    QTest::newRow("12") << 12 << 2;
    QTest::newRow("20") << 20 << 5;
    QTest::newRow("25") << 25 << 7;
    QTest::newRow("100") << 100 << 39;
  }
  void intervalsOfTheTables() {
    QFETCH(int, count);
    QFETCH(int, outside);
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(double(i * 37 % count));
    const MedianEstimate found = medianOf(values);
    QCOMPARE(found.median, (count - 1) / 2.0);
    QCOMPARE(found.low, double(outside));
    QCOMPARE(found.high, double(count - 1 - outside));
  }

  void fewValuesSayNothing() {
    QVERIFY(std::isnan(medianOf({}).median));
    const MedianEstimate five = medianOf({1, 2, 3, 4, 5});
    QCOMPARE(five.median, 3.0);
    QVERIFY(std::isnan(five.low));
    QVERIFY(std::isinf(five.uncertainty()));
  }

  // The first pass is slow and is not measured; six equal ones are enough.
  void stopsWhenTheMedianIsKnown() {
    double now = 0;
    int calls = 0;
    const RepeatedTime found =
        repeatUntilKnown([&] { now += calls++ == 0 ? 50 : 0.5; }, {}, {}, [&] { return now; });
    QCOMPARE(calls, 7);
    QCOMPARE(found.passes, 6);
    QCOMPARE(found.seconds.median, 0.5);
    QCOMPARE(found.total, 3.0);
    QCOMPARE(found.seconds.uncertainty(), 0.0);
  }

  // Times that alternate between two values are never known to 2 %: time ends it.
  void stopsWhenTimeIsUp() {
    double now = 0;
    int calls = 0;
    const RepeatedTime found = repeatUntilKnown([&] { now += calls++ % 2 == 0 ? 1 : 2; },
                                                {0.02, 30}, {}, [&] { return now; });
    QCOMPARE(found.passes, 20);
    QCOMPARE(found.seconds.low, 1.0);
    QCOMPARE(found.seconds.high, 2.0);
    const RepeatedTime one =
        repeatUntilKnown([&] { now += 1; }, {0.02, 0}, {}, [&] { return now; });
    QCOMPARE(one.passes, 1);
  }

  void canBeStopped() {
    std::atomic<bool> stop{false};
    int calls = 0;
    const Progress progress([](const ProgressReport&) {}, &stop);
    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             repeatUntilKnown([&] { stop = ++calls == 3; }, {0, 1e9}, progress,
                                              [&] { return double(calls * calls); }));
    QCOMPARE(calls, 3);
  }
};

QTEST_APPLESS_MAIN(TestRepeat)
#include "tst_repeat.moc"
