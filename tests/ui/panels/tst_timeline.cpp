#include <QAccessible>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>
#include <cmath>

#include "ui/panels/timeline.h"

using namespace uninet;

class TestTimeline : public QObject {
  Q_OBJECT

  /// Iterations 0 … 5, all kept, finished, the last one shown.
  static TimelineData five() {
    TimelineData data;
    data.iterations = {0, 1, 2, 3, 4, 5};
    data.objective = {0.1, 0.3, 0.5, NAN, 0.9, 1.0};
    data.shown = 5;
    data.planned = 5;
    data.marks = {{Task::instDepth, 1, {}},
                  {Task::instSeg, 2, {}},
                  {Task::detect, 2, {}},
                  {Task::segment, 5, {}}};
    return data;
  }
  static QPoint at(const Timeline& timeline, int iteration) {
    return {static_cast<int>(std::lround(timeline.xOf(iteration))), timeline.height() / 2};
  }
  static void wheel(Timeline& timeline, int delta) {
    const QPointF middle = timeline.rect().center();
    QWheelEvent event(middle, timeline.mapToGlobal(middle), {}, {0, delta}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&timeline, &event);
  }

 private Q_SLOTS:
  void saysWhatItStandsAt() {
    Timeline timeline;
    timeline.resize(800, timeline.sizeHint().height());
    timeline.show();
    const auto* label = timeline.findChild<QLabel*>("timeline-state");
    const auto* play = timeline.findChild<QToolButton*>("timeline-play");
    QCOMPARE(label->text(), QString("no attack yet"));
    QVERIFY(!play->isEnabled());
    TimelineData data = five();
    timeline.setData(data);
    QCOMPARE(label->text(), QString("step 5 of 5 \u00b7 result"));
    QVERIFY(play->isEnabled());
    data.shown = 2;
    timeline.setData(data);
    QCOMPARE(label->text(), QString("step 2 of 5"));
    data.iterations = {-1, 0, 1, 2, 3};
    data.objective.resize(4);
    data.planned = 10;
    data.shown = 0;
    data.stopped = true;
    timeline.setData(data);
    QCOMPARE(label->text(), QString("target"));
    data.shown = 4;
    timeline.setData(data);
    QCOMPARE(label->text(), QString("stopped at 3 of 10"));
    data.stopped = false;
    data.running = true;
    timeline.setData(data);
    QCOMPARE(label->text(), QString("step 3 of 10 \u00b7 running"));
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&timeline);
    QCOMPARE(accessible->text(QAccessible::Value), label->text());
    QCOMPARE(accessible->role(), QAccessible::Slider);
    QCOMPARE(accessible->valueInterface()->currentValue().toInt(), 4);
    timeline.setData({});
    QCOMPARE(label->text(), QString("no attack yet"));
  }

  void keysAndWheelStep() {
    Timeline timeline;
    timeline.resize(800, timeline.sizeHint().height());
    timeline.setData(five());
    timeline.show();
    QSignalSpy asked(&timeline, &Timeline::stepRequested);
    const auto last = [&] { return asked.isEmpty() ? -1 : asked.last()[0].toInt(); };
    QTest::keyClick(&timeline, Qt::Key_Right);
    QCOMPARE(asked.size(), 0);
    QTest::keyClick(&timeline, Qt::Key_Left);
    QCOMPARE(last(), 4);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QCOMPARE(last(), 0);
    QTest::keyClick(&timeline, Qt::Key_Right);
    QCOMPARE(last(), 1);
    QTest::keyClick(&timeline, Qt::Key_End);
    QCOMPARE(last(), 5);
    wheel(timeline, 120);
    QCOMPARE(last(), 4);
    wheel(timeline, -60);
    QCOMPARE(last(), 4);
    wheel(timeline, -60);
    QCOMPARE(last(), 5);
    const auto before = asked.size();
    QTest::keyClick(&timeline, Qt::Key_Space);
    QCOMPARE(asked.size(), before);
    QVERIFY(!timeline.playing());
  }

  void theHandleIsDragged() {
    Timeline timeline;
    timeline.resize(800, timeline.sizeHint().height());
    TimelineData data = five();
    data.iterations = {0, 2, 4, 5};
    data.shown = 3;
    timeline.setData(data);
    timeline.show();
    QSignalSpy asked(&timeline, &Timeline::stepRequested);
    QTest::mousePress(&timeline, Qt::LeftButton, {}, at(timeline, 0));
    QCOMPARE(asked.last()[0].toInt(), 0);
    QTest::mouseMove(&timeline, at(timeline, 4) + QPoint(5, 0));
    QCOMPARE(asked.last()[0].toInt(), 2);
    // A running attack adds steps and shows its last: the hand does not lose the handle.
    data.iterations = {0, 4, 8};
    data.shown = 2;
    data.planned = 20;
    timeline.setData(data);
    QCOMPARE(timeline.data().shown, 1);
    QTRY_COMPARE(asked.last()[0].toInt(), 1);
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, at(timeline, 4));
    data.shown = 2;
    timeline.setData(data);
    QCOMPARE(timeline.data().shown, 2);
  }

  // The result of an attack stands where its last iterate does.
  void theResultIsMeantWhereTwoStand() {
    Timeline timeline;
    timeline.resize(800, timeline.sizeHint().height());
    TimelineData data = five();
    data.iterations = {0, 1, 2, 3, 4, 5, 5};
    data.shown = 0;
    timeline.setData(data);
    timeline.show();
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, at(timeline, 5));
    QCOMPARE(timeline.data().shown, 6);
    QCOMPARE(timeline.stateText(), QString("step 5 of 5 \u00b7 result"));
    QTest::keyClick(&timeline, Qt::Key_Left);
    QCOMPARE(timeline.stateText(), QString("step 5 of 5"));
  }

  void playsToTheEnd() {
    Timeline timeline;
    timeline.resize(800, timeline.sizeHint().height());
    timeline.setData(five());
    timeline.show();
    QCOMPARE(1000 / Timeline::kStepMs, 4);
    QSignalSpy asked(&timeline, &Timeline::stepRequested);
    QSignalSpy changed(&timeline, &Timeline::playingChanged);
    QTest::keyClick(&timeline, Qt::Key_P);
    QVERIFY(timeline.playing());
    QTRY_VERIFY_WITH_TIMEOUT(!timeline.playing(), 60000);
    QCOMPARE(changed.size(), 2);
    QList<int> steps;
    for (const auto& arguments : asked) steps << arguments[0].toInt();
    QCOMPARE(steps, QList<int>({0, 1, 2, 3, 4, 5}));
    // The button does the same; a step by hand pauses.
    auto* play = timeline.findChild<QToolButton*>("timeline-play");
    QTest::mouseClick(play, Qt::LeftButton);
    QVERIFY(timeline.playing());
    QTest::keyClick(&timeline, Qt::Key_Right);
    QVERIFY(!timeline.playing());
    QTest::keyClick(&timeline, Qt::Key_P);
    timeline.setData({});
    QVERIFY(!timeline.playing());
  }

  void namesOfMarksAvoidEachOther_data() {
    QTest::addColumn<int>("width");
    for (const int width : {240, 400, 560, 800, 1200}) QTest::addRow("%d px", width) << width;
  }
  void namesOfMarksAvoidEachOther() {
    const QFETCH(int, width);
    Timeline timeline;
    timeline.resize(width, timeline.sizeHint().height());
    timeline.setData(five());
    timeline.show();
    const std::vector<QRect> rects = timeline.labelRects();
    QCOMPARE(rects.size(), std::size_t{3});  // detection and instances share one
    const QRect state = timeline.findChild<QLabel*>("timeline-state")->geometry();
    for (std::size_t i = 0; i < rects.size(); ++i) {
      if (rects[i].isEmpty()) continue;
      QVERIFY(timeline.rect().contains(rects[i]));
      QVERIFY(rects[i].right() < state.left());
      for (std::size_t k = 0; k < i; ++k) QVERIFY(!rects[i].intersects(rects[k]));
    }
    if (width >= 800)
      for (const QRect& rect : rects) QVERIFY(!rect.isEmpty());
  }

  void aToolTipTellsTheValues() {
    Timeline timeline;
    timeline.resize(900, timeline.sizeHint().height());
    TimelineData data = five();
    data.iterations = {-1, 0, 2, 4, 5};
    data.shown = 4;
    timeline.setData(data);
    timeline.show();
    const auto text = [&](int iteration) { return timeline.textAt(at(timeline, iteration).x()); };
    QCOMPARE(text(2), QString("iteration 2, objective 0.5\ninstances: first below one half\n"
                              "detection: first below one half"));
    QVERIFY(text(1).contains("not kept"));
    QCOMPARE(text(3).split('\n')[0], QString("iteration 3"));
    QCOMPARE(text(-1), QString("target"));
    QVERIFY(timeline.textAt(2).isEmpty());
  }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
