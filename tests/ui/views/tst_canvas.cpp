#include <QApplication>
#include <QContextMenuEvent>
#include <QPainter>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/ui/views/canvas_scene.h"
#include "ui/views/badges.h"
#include "ui/views/canvas.h"

using namespace uninet;

namespace {

const cv::Size kSize{512, 256};
constexpr std::size_t kDetection = 1, kSegmentation = 2, kInstances = 3, kDepth = 4;

/// What an attack might do to four cars and persons: the first is lost, the second renamed, the
/// third moved, a new one appears.
Prediction madeAttack() {
  Prediction p = madePrediction(kSize, 4, 3, 2);
  p.detections.erase(p.detections.begin());
  p.detections[0].classId = 2;
  p.detections[1].box.x0 += 0.22f * p.detections[1].box.width();
  p.detections[1].box.x1 += 0.22f * p.detections[1].box.width();
  Detection fresh = p.detections[2];
  fresh.box = {300, 200, 360, 240};
  fresh.score = 0.5f;
  p.detections.push_back(fresh);
  p.trainIds(cv::Rect(0, 0, 100, 50)).setTo(8);
  return p;
}

Scene madeScene(bool attacked, bool truth = true, int objects = 4) {
  const Prediction clean = madePrediction(kSize, objects);
  const Prediction after = madeAttack();
  return renderScene(clean, attacked ? &after : nullptr, truth ? truthOf(clean, 4) : Sample{},
                     nullptr, DrawOptions{});
}

Scene auxiliaryScene(TaskSet auxiliary) {
  Prediction clean = madePrediction(kSize, 4), after = madeAttack();
  for (Prediction* p : {&clean, &after}) {
    for (const TaskInfo& info : auxiliaryTasks())
      if (auxiliary.has(info.task)) p->tasks.add(info.task);
    if (auxiliary.has(Task::semCont)) p->contours = cv::Mat(kSize, CV_32F, cv::Scalar(0.5));
    if (auxiliary.has(Task::surNor)) p->normals = cv::Mat(kSize, CV_32FC3, cv::Scalar(0, 0, 1));
  }
  Sample truth = truthOf(clean, 4);
  truth.pinhole = {300, 300, 255.5, 127.5};
  return renderScene(clean, &after, truth, nullptr, DrawOptions{});
}

/// A canvas of a size that shows a scene.
struct Shown {
  Canvas canvas;
  explicit Shown(const Scene& scene, QSize size = {1188, 826}) {
    canvas.resize(size);
    canvas.setScene(scene);
    canvas.show();
    QApplication::processEvents();
  }
  PanelView& view(Row row, std::size_t panel) { return canvas.view(row, panel); }
};

void moveTo(PanelView& view, QPointF at, Qt::MouseButtons buttons = Qt::NoButton) {
  QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, buttons,
                   Qt::NoModifier);
  QCoreApplication::sendEvent(&view, &move);
}

void drag(PanelView& view, QPointF from, QPointF to) {
  QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
  moveTo(view, (from + to) / 2, Qt::LeftButton);
  moveTo(view, to, Qt::LeftButton);
  QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
}

QPointF centreOf(PanelView& view, std::size_t object) {
  return view.map().toView(view.content().objects[object].box).center();
}

QRgb pixelAt(QWidget& widget, QPoint at) { return widget.grab().toImage().pixel(at); }

}  // namespace

class TestCanvas : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void panelsAreLarge_data() {
    QTest::addColumn<QSize>("canvas");
    QTest::addColumn<int>("least");
    // A window without film strip (96), attack panel (300), margins (16); bars and timeline.
    QTest::newRow("1600x1000") << QSize(1600 - 96 - 300 - 16, 1000 - 174) << 390;
    QTest::newRow("1280x800") << QSize(1280 - 96 - 300 - 16, 800 - 174) << 285;
  }
  void panelsAreLarge() {
    const QFETCH(QSize, canvas);
    const QFETCH(int, least);
    for (const bool attacked : {false, true}) {
      Shown shown(madeScene(attacked), canvas);
      for (std::size_t i = 0; i < kMeasuredPanels; ++i)
        for (const Row row : {Row::clean, Row::attacked}) {
          PanelView& view = shown.view(row, i);
          QCOMPARE(view.isVisible(), row == Row::clean || attacked);
          if (!view.isVisible()) continue;
          QVERIFY2(view.width() >= least, qPrintable(QString::number(view.width())));
          QVERIFY(std::abs(view.width() - 2 * view.height()) <= 2);
          QVERIFY(shown.canvas.rect().contains(view.geometry()));
        }
      // Three columns, clean above attacked.
      if (!attacked) continue;
      QCOMPARE(shown.view(Row::clean, 0).y(), shown.view(Row::clean, 2).y());
      QVERIFY(shown.view(Row::clean, 3).y() > shown.view(Row::attacked, 0).y());
      QCOMPARE(shown.view(Row::attacked, 0).x(), shown.view(Row::clean, 0).x());
    }
  }

  void noPanelsOverlap_data() {
    QTest::addColumn<int>("layout");
    QTest::addColumn<int>("rows");
    for (int layout = 0; layout < 3; ++layout)
      for (int rows = 0; rows < 16; ++rows)
        QTest::addRow("layout %d, rows %d", layout, rows) << layout << rows;
  }
  void noPanelsOverlap() {
    const QFETCH(int, layout);
    const QFETCH(int, rows);
    Shown shown(madeScene(true));
    for (int i = 0; i < 4; ++i) shown.canvas.setRowOn(static_cast<Row>(i), (rows >> i & 1) != 0);
    shown.canvas.setLayout(static_cast<CanvasLayout>(layout));
    QList<QRect> seen;
    for (const PanelView* view : shown.canvas.findChildren<PanelView*>()) {
      if (!view->isVisible()) continue;
      QVERIFY(shown.canvas.rect().contains(view->geometry()));
      for (const QRect& other : seen) QVERIFY(!other.intersects(view->geometry()));
      seen << view->geometry();
    }
    QVERIFY(seen.size() >= static_cast<qsizetype>(kMeasuredPanels));
  }

  // Of a network with auxiliary tasks one panel more for each, in every layout.
  void auxiliaryPanels_data() {
    QTest::addColumn<QByteArray>("tasks");
    QTest::addColumn<int>("layout");
    for (const char* tasks : {"sem_cont", "sur_nor", "sem_cont,sur_nor"})
      for (int layout = 0; layout < 3; ++layout)
        QTest::addRow("%s, layout %d", tasks, layout) << QByteArray(tasks) << layout;
  }
  void auxiliaryPanels() {
    const QFETCH(QByteArray, tasks);
    const QFETCH(int, layout);
    const TaskSet auxiliary = TaskSet::parse(tasks.toStdString());
    Shown shown(auxiliaryScene(auxiliary));
    Canvas& canvas = shown.canvas;
    canvas.setLayout(static_cast<CanvasLayout>(layout));
    std::vector<std::size_t> expected{0, 1, 2, 3, 4, 5};
    for (std::size_t i = kMeasuredPanels; i < kPanels; ++i)
      if (auxiliary.has(allTasks()[i - 1].task)) expected.push_back(i);
    QCOMPARE(canvas.panels(), expected);
    QList<QRect> seen;
    for (std::size_t panel = 0; panel < kPanels; ++panel) {
      const bool there = std::find(expected.begin(), expected.end(), panel) != expected.end();
      int views = 0;
      for (const Row row : {Row::clean, Row::attacked, Row::change, Row::truth}) {
        const PanelView& view = shown.view(row, panel);
        if (!view.isVisible()) continue;
        ++views;
        QVERIFY(canvas.rect().contains(view.geometry()));
        for (const QRect& other : seen) QVERIFY(!other.intersects(view.geometry()));
        seen << view.geometry();
        // Nothing is measured of them.
        if (panel >= kMeasuredPanels) QVERIFY(view.badgeText().isEmpty());
      }
      QCOMPARE(views > 0, there);
    }
    // A panel that is not there any more is not the large one.
    QSignalSpy changed(&canvas, &Canvas::panelsChanged);
    canvas.setFocusPanel(expected.back());
    canvas.setScene({});
    QCOMPARE(canvas.panels(), expected);
    canvas.setScene(madeScene(true));
    QCOMPARE(canvas.panels().size(), kMeasuredPanels);
    QCOMPARE(changed.count(), 1);
    for (std::size_t panel = kMeasuredPanels; panel < kPanels; ++panel)
      QVERIFY(!shown.view(Row::clean, panel).isVisible());
    QVERIFY(shown.view(Row::clean, 0).isVisible());
  }

  void emptyRowsTakeNoRoom() {
    Shown shown(madeScene(false, false));
    Canvas& canvas = shown.canvas;
    canvas.setRowOn(Row::truth, true);
    QVERIFY(canvas.rowOn(Row::truth) && !canvas.rowShown(Row::truth));
    QVERIFY(!shown.view(Row::truth, 0).isVisible());
    const int alone = shown.view(Row::clean, 0).width();
    canvas.setScene(madeScene(true));
    QVERIFY(shown.view(Row::truth, 0).isVisible() && shown.view(Row::attacked, 0).isVisible());
    QVERIFY(shown.view(Row::clean, 0).width() < alone);
    canvas.setContent(Row::truth, std::nullopt);
    canvas.setContent(Row::attacked, std::nullopt);
    QVERIFY(!shown.view(Row::truth, 0).isVisible());
    QCOMPARE(shown.view(Row::clean, 0).width(), alone);
    // Empty again: one panel each, in its place, with a reason.
    canvas.setEmptyText(QStringLiteral("Predicting"));
    canvas.setScene({});
    QCOMPARE(shown.view(Row::clean, 0).width(), alone);
    QCOMPARE(shown.view(Row::clean, 2).shownEmptyText(), QString("Predicting"));
  }

  void doubleClickFocusesAndBack() {
    Shown shown(madeScene(true));
    QSignalSpy changed(&shown.canvas, &Canvas::layoutChanged);
    PanelView& depth = shown.view(Row::clean, kDepth);
    const int before = depth.width();
    QTest::mouseDClick(&depth, Qt::LeftButton, {}, {40, 60});
    QCOMPARE(shown.canvas.layoutKind(), CanvasLayout::focus);
    QCOMPARE(shown.canvas.focusPanel(), kDepth);
    QVERIFY(depth.width() > 2 * before && depth.wipes());
    QCOMPARE(changed.size(), 1);
    // From the strip to another one, and back by the keyboard.
    QTest::mouseDClick(&shown.view(Row::attacked, kInstances), Qt::LeftButton, {}, {40, 60});
    QCOMPARE(shown.canvas.focusPanel(), kInstances);
    QTest::keyClick(&shown.view(Row::clean, kInstances), Qt::Key_Return);
    QCOMPARE(shown.canvas.layoutKind(), CanvasLayout::grid);
    QCOMPARE(depth.width(), before);
  }

  void theDividerIsDragged() {
    Scene scene = madeScene(true);
    scene.rows[0][0].picture.fill(QColor(200, 0, 0));
    scene.rows[1][0].picture.fill(QColor(0, 0, 200));
    Shown shown(scene);
    shown.canvas.setLayout(CanvasLayout::wipe);
    PanelView& view = shown.view(Row::clean, 0);
    QVERIFY(view.isVisible() && !shown.view(Row::attacked, 0).isVisible());
    const int w = view.width(), y = view.height() * 3 / 4;
    QCOMPARE(pixelAt(view, {w / 4, y}), QColor(200, 0, 0).rgb());
    QCOMPARE(pixelAt(view, {w * 3 / 4, y}), QColor(0, 0, 200).rgb());
    drag(view, QPointF(w / 2.0, y), QPointF(w * 0.9, y));
    QVERIFY(std::abs(shown.canvas.wipe() - 0.9) < 0.01);
    QCOMPARE(pixelAt(view, {w * 3 / 4, y}), QColor(200, 0, 0).rgb());
    QCOMPARE(pixelAt(view, {w * 19 / 20, y}), QColor(0, 0, 200).rgb());
    // One divider for all panels, also by the keyboard; the camera has not moved.
    const double before = shown.canvas.wipe();
    QTest::keyClick(&shown.view(Row::clean, 3), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(shown.canvas.wipe() < before);
    QCOMPARE(shown.canvas.camera().zoom(), 1.0);
    QCOMPARE(shown.canvas.camera().centre(), QPointF(0.5, 0.5));
  }

  void spaceShowsTheOtherState() {
    Scene scene = madeScene(true);
    scene.rows[0][0].picture.fill(QColor(200, 0, 0));
    scene.rows[1][0].picture.fill(QColor(0, 0, 200));
    Shown shown(scene);
    PanelView& view = shown.view(Row::attacked, 0);
    const QPoint at(view.width() / 2, view.height() - 10);
    QCOMPARE(view.caption(), QString("Image attacked"));
    QTest::keyPress(&view, Qt::Key_Space);
    QCOMPARE(view.caption(), QString("Image clean"));
    QCOMPARE(pixelAt(view, at), QColor(200, 0, 0).rgb());
    QTest::keyRelease(&view, Qt::Key_Space);
    QCOMPARE(view.caption(), QString("Image attacked"));
    QCOMPARE(pixelAt(view, at), QColor(0, 0, 200).rgb());
  }

  void oneCameraForAll() {
    Shown shown(madeScene(true));
    PanelView& view = shown.view(Row::clean, 0);
    const QPointF at(view.width() / 4.0, view.height() / 2.0);
    const QPointF before = view.map().toPicture(at);
    QWheelEvent wheel(at, view.mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view, &wheel);
    QVERIFY(shown.canvas.camera().zoom() > 1.3);
    const QPointF fixed = view.map().toPicture(at) - before;
    QVERIFY(std::hypot(fixed.x(), fixed.y()) < 1);
    QCOMPARE(shown.view(Row::attacked, kDepth).map().image, view.map().image);
    const QPointF centre = shown.canvas.camera().centre();
    drag(view, {100, 100}, {130, 90});
    const QPointF moved = (centre - shown.canvas.camera().centre()) * view.map().image.width();
    QVERIFY(std::abs(moved.x() - 30) < 0.5);
    QTest::keyClick(&shown.view(Row::attacked, 1), Qt::Key_F);
    QCOMPARE(shown.canvas.camera().zoom(), 1.0);
    moveTo(view, {100, 50});
    QVERIFY(shown.canvas.camera().cursor().has_value());
    shown.canvas.zoomTo({100, 50, 150, 100});
    const QRectF box = view.map().toView(QRectF(100, 50, 50, 50));
    QVERIFY(QRectF(view.rect()).contains(box) && box.height() > view.height() * 0.4);
  }

  // Nothing is scaled again where the mouse only points.
  void repaintsScaleNothing() {
    PictureCache cache;
    QImage picture(512, 256, QImage::Format_RGB32), screen(300, 150, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QPainter painter(&screen);
    const QRectF clip(0, 0, 300, 150);
    cache.draw(painter, picture, {0, 0, 300, 150}, clip, 1);
    cache.draw(painter, picture, {0, 0, 300, 150}, clip, 1);
    QCOMPARE(cache.scalings(), 1);
    cache.draw(painter, picture, {-100, -50, 900, 450}, clip, 1);
    QCOMPARE(cache.scalings(), 2);
    cache.draw(painter, picture, {-110, -50, 900, 450}, clip, 1);  // a pan keeps some more
    cache.draw(painter, picture, {-120, -55, 900, 450}, clip, 1);
    QCOMPARE(cache.scalings(), 3);
    cache.keep({picture.cacheKey()});
    cache.draw(painter, picture, {-120, -55, 900, 450}, clip, 1);
    QCOMPARE(cache.scalings(), 3);
    cache.keep({});
    cache.draw(painter, picture, {-120, -55, 900, 450}, clip, 1);
    QCOMPARE(cache.scalings(), 4);
  }

  void picturesStandWhereTheyBelong() {
    PictureCache cache;
    QImage picture(512, 256, QImage::Format_RGB32), screen(300, 150, QImage::Format_RGB32);
    picture.fill(Qt::blue);
    for (int y = 64; y < 128; ++y)
      for (int x = 256; x < 320; ++x) picture.setPixel(x, y, qRgb(255, 255, 0));
    for (const double zoom : {1.0, 2.7, 9.0}) {
      screen.fill(Qt::black);
      QPainter painter(&screen);
      const QSizeF size(std::round(300 * zoom), std::round(150 * zoom));
      // The middle of the square is in the middle of the screen.
      const QPointF corner(std::round(150 - size.width() * 288 / 512),
                           std::round(75 - size.height() * 96 / 256));
      cache.draw(painter, picture, {corner, size}, {0, 0, 300, 150}, 1);
      painter.end();
      QCOMPARE(screen.pixel(150, 75), qRgb(255, 255, 0));
      const double half = 32 * size.width() / 512;
      if (half < 140) {
        QCOMPARE(screen.pixel(static_cast<int>(150 + half - 3), 75), qRgb(255, 255, 0));
        QCOMPARE(screen.pixel(static_cast<int>(150 + half + 3), 75), qRgb(0, 0, 255));
      }
    }
  }

  void pointingAndChoosing() {
    Shown shown(madeScene(true));
    QSignalSpy hovered(&shown.canvas, &Canvas::hovered), selected(&shown.canvas, &Canvas::selected);
    PanelView& view = shown.view(Row::clean, kDetection);
    const int number = view.content().objects[3].number;
    const QPointF at = centreOf(view, 3);
    const QImage other = shown.view(Row::attacked, kInstances).grab().toImage();
    moveTo(view, at);
    QCOMPARE(hovered.takeLast()[0].toInt(), number);
    QVERIFY(shown.view(Row::attacked, kInstances).grab().toImage() != other);
    moveTo(view, {view.width() / 2.0, view.height() - 2.0});
    QCOMPARE(hovered.takeLast()[0].toInt(), -1);
    QVERIFY(selected.isEmpty());
    QTest::mouseClick(&view, Qt::LeftButton, {}, at.toPoint());
    QCOMPARE(selected.takeLast()[0].toInt(), number);
    QCOMPARE(shown.canvas.selectedObject(), number);
    QTest::mouseClick(&view, Qt::LeftButton, {}, at.toPoint());
    QCOMPARE(selected.takeLast()[0].toInt(), -1);
    // A drag is no click.
    drag(view, at, at + QPointF(40, 0));
    QVERIFY(selected.isEmpty());
    shown.canvas.setSelected(number);
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(selected.takeLast()[0].toInt(), -1);
    QCOMPARE(shown.canvas.selectedObject(), -1);
    QSignalSpy menu(&shown.canvas, &Canvas::objectMenuRequested);
    QContextMenuEvent right(QContextMenuEvent::Mouse, at.toPoint(), view.mapToGlobal(at.toPoint()));
    QCoreApplication::sendEvent(&view, &right);
    QCOMPARE(menu.size(), 1);
    QCOMPARE(menu[0][0].toInt(), number);
  }

  void theSmallestIsHit() {
    Prediction p = madePrediction(kSize, 2);
    p.detections[0].box = {50, 50, 400, 240};
    p.detections[1].box = {200, 120, 260, 170};
    Shown shown(renderScene(p, nullptr, {}, nullptr, DrawOptions{}));
    QSignalSpy selected(&shown.canvas, &Canvas::selected);
    PanelView& view = shown.view(Row::clean, kDetection);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.map().toView(QPointF(230, 150)).toPoint());
    QCOMPARE(selected.takeLast()[0].toInt(), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.map().toView(QPointF(100, 220)).toPoint());
    QCOMPARE(selected.takeLast()[0].toInt(), 0);
  }

  void regionsAreDrawn() {
    Shown shown(madeScene(true));
    Canvas& canvas = shown.canvas;
    QSignalSpy drawn(&canvas, &Canvas::regionDrawn);
    canvas.camera().setView(2, {0.5, 0.5});
    PanelView& view = shown.view(Row::attacked, kDepth);
    const auto at = [&](double x, double y) { return view.map().toView(QPointF(x, y)); };
    canvas.setDrawMode(DrawMode::box);
    drag(view, at(200.5, 100.5), at(259.5, 149.5));
    QCOMPARE(drawn.size(), 1);
    const auto numbers = [&](const QString& text) {
      std::vector<int> values;
      for (const QString& n : text.mid(text.indexOf(':') + 1).split(','))
        values.push_back(n.toInt());
      return values;
    };
    // A pixel of the screen is 0.65 of the network's.
    QString region = drawn.takeLast()[0].toString();
    QVERIFY(region.startsWith("box:"));
    const std::vector<int> box = numbers(region), wanted{200, 100, 260, 150};
    for (std::size_t i = 0; i < 4; ++i) QVERIFY(std::abs(box[i] - wanted[i]) <= 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(300, 170).toPoint());
    QVERIFY(drawn.isEmpty());  // a click draws none

    canvas.setDrawMode(DrawMode::polygon);
    for (const QPointF& p : {at(180, 90), at(300, 90), at(310, 160), at(250, 170)}) {
      moveTo(view, p);
      QTest::mouseClick(&view, Qt::LeftButton, {}, p.toPoint());
    }
    QTest::keyClick(&view, Qt::Key_Backspace);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(drawn.size(), 1);
    region = drawn.takeLast()[0].toString();
    QVERIFY(region.startsWith("polygon:"));
    const std::vector<int> polygon = numbers(region), corners{180, 90, 300, 90, 310, 160};
    QCOMPARE(polygon.size(), corners.size());
    for (std::size_t i = 0; i < corners.size(); ++i)
      QVERIFY(std::abs(polygon[i] - corners[i]) <= 1);
    // Two corners are none; Esc forgets them.
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(170, 110).toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(220, 110).toPoint());
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(drawn.isEmpty());
    // A double click closes.
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(170, 110).toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(260, 110).toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, at(260, 150).toPoint());
    QTest::mouseDClick(&view, Qt::LeftButton, {}, at(260, 150).toPoint());
    QCOMPARE(drawn.size(), 1);
    QCOMPARE(numbers(drawn.takeLast()[0].toString()).size(), std::size_t{6});
    QCOMPARE(canvas.layoutKind(), CanvasLayout::grid);
  }

  void cornersAreMoved() {
    Shown shown(madeScene(true));
    Canvas& canvas = shown.canvas;
    QSignalSpy drawn(&canvas, &Canvas::regionDrawn);
    canvas.setRegion("box:100,60,200,140");
    PanelView& view = shown.view(Row::clean, 0);
    const auto at = [&](double x, double y) { return view.map().toView(QPointF(x, y)); };
    drag(view, at(200, 140), at(512, 256) + QPointF(30, 30));
    QCOMPARE(drawn.takeLast()[0].toString(), QString("box:100,60,512,256"));
    QCOMPARE(canvas.camera().centre(), QPointF(0.5, 0.5));
    canvas.setRegion("polygon:100,60,200,60,150,140");
    drag(view, at(100.5, 60.5), at(0, 0) - QPointF(20, 20));
    QCOMPARE(drawn.takeLast()[0].toString(), QString("polygon:0,0,200,60,150,140"));
    // Where there is no region the same drag pans.
    canvas.setRegion({});
    drag(view, at(100, 60), at(150, 60));
    QVERIFY(drawn.isEmpty());
  }

  // Regions that are no box and no polygon are shown by their outlines, without corners to move.
  void otherRegionsAreShown() {
    Shown shown(madeScene(false));
    PanelView& view = shown.view(Row::clean, kDepth);
    const QImage before = view.grab().toImage();
    shown.canvas.setRegion("instance:0", {QPolygonF(QRectF(100, 60, 80, 60))});
    const QImage with = view.grab().toImage();
    const QPoint inside = view.map().toView(QPointF(140, 90)).toPoint();
    const QPoint outside = view.map().toView(QPointF(300, 90)).toPoint();
    QCOMPARE(with.pixel(inside), before.pixel(inside));
    QVERIFY(with.pixel(outside) != before.pixel(outside));
    QSignalSpy drawn(&shown.canvas, &Canvas::regionDrawn);
    drag(view, view.map().toView(QPointF(100, 60)), view.map().toView(QPointF(120, 80)));
    QVERIFY(drawn.isEmpty());
    shown.canvas.setRegion({});
    QCOMPARE(view.grab().toImage().pixel(outside), before.pixel(outside));
  }

  void theMiddleButtonPansWhileDrawing() {
    Shown shown(madeScene(false));
    shown.canvas.setDrawMode(DrawMode::box);
    shown.canvas.camera().setView(3, {0.5, 0.5});
    PanelView& view = shown.view(Row::clean, 0);
    QSignalSpy drawn(&shown.canvas, &Canvas::regionDrawn);
    QTest::mousePress(&view, Qt::MiddleButton, {}, {100, 100});
    moveTo(view, {140, 100}, Qt::MiddleButton);
    QTest::mouseRelease(&view, Qt::MiddleButton, {}, {140, 100});
    QVERIFY(shown.canvas.camera().centre().x() < 0.5);
    QVERIFY(drawn.isEmpty());
  }

  void labelsNeverOverlap_data() {
    QTest::addColumn<double>("zoom");
    QTest::newRow("fitted") << 1.0;
    QTest::newRow("near") << 3.0;
    QTest::newRow("very near") << 12.0;
  }
  void labelsNeverOverlap() {
    const QFETCH(double, zoom);
    Shown shown(madeScene(false, true, 100));
    shown.canvas.camera().setView(zoom, {0.4, 0.4});
    PanelView& view = shown.view(Row::clean, kDetection);
    const int chosen = view.content().objects[7].number;
    shown.canvas.setSelected(chosen);
    std::vector<QRectF> labels;
    int dots = 0;
    for (const PlacedLabel& label : view.labels()) {
      if (label.dot) {
        ++dots;
        continue;
      }
      QVERIFY(QRectF(view.rect()).contains(label.rect));
      QVERIFY(label.rect.height() >= 11);
      for (const QRectF& other : labels) QVERIFY(!other.intersects(label.rect));
      labels.push_back(label.rect);
    }
    QVERIFY(!labels.empty());
    if (zoom > 1) return;
    QVERIFY(dots > 0);
    QCOMPARE(view.content().objects[static_cast<std::size_t>(view.labels()[0].object)].number,
             chosen);
    QVERIFY(!view.labels()[0].dot);
  }

  void badgesSayWhatIsLeft() {
    Shown shown(madeScene(true));
    const double none = std::numeric_limits<double>::quiet_NaN();
    shown.canvas.setBadges(badgesOf(
        {{Task::detect, 0.5, 0.1, 0.2}, {Task::depth, none, none, none}}, {"no disparity"}));
    QCOMPARE(shown.view(Row::attacked, kDetection).badgeText(), QString("0.20"));
    QCOMPARE(shown.view(Row::clean, kDetection).badgeText(), QString());
    PanelView& depth = shown.view(Row::attacked, kDepth);
    QCOMPARE(depth.badgeText(), QString("\u2013"));
    QHelpEvent help(QEvent::ToolTip, depth.badgeRect().center().toPoint(),
                    depth.mapToGlobal(depth.badgeRect().center().toPoint()));
    QCoreApplication::sendEvent(&depth, &help);
    QCOMPARE(QToolTip::text(), QString("no disparity"));
    QCOMPARE(shown.view(Row::attacked, kSegmentation).badgeText(), QString());
    shown.canvas.setLayout(CanvasLayout::wipe);
    QCOMPARE(shown.view(Row::clean, kDetection).badgeText(), QString("0.20"));
  }

  void classesAreHiddenByClick() {
    Shown shown(madeScene(true));
    QSignalSpy asked(&shown.canvas, &Canvas::hiddenClassesRequested);
    PanelView& view = shown.view(Row::clean, kSegmentation);
    QCOMPARE(view.classChips().size(), std::size_t{1});
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.classChips()[0].rect.center().toPoint());
    QVERIFY(view.classChips().size() > 4);  // road, building, vegetation, sky
    for (const ClassChip& chip : view.classChips())
      QVERIFY(QRectF(view.rect()).contains(chip.rect));
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.classChips()[1].rect.center().toPoint());
    const auto hidden = asked.takeLast()[0].value<std::set<std::string>>();
    QCOMPARE(hidden, std::set<std::string>{"road"});
    shown.canvas.setHiddenClasses(hidden);
    QTest::mouseClick(&view, Qt::LeftButton, Qt::AltModifier,
                      view.classChips()[1].rect.center().toPoint());
    const auto isolated = asked.takeLast()[0].value<std::set<std::string>>();
    QVERIFY(!isolated.contains("road") && isolated.contains("sky"));
    shown.canvas.setHiddenClasses(isolated);
    QTest::mouseClick(&view, Qt::LeftButton, Qt::AltModifier,
                      view.classChips()[1].rect.center().toPoint());
    QVERIFY(asked.takeLast()[0].value<std::set<std::string>>().empty());
  }

  void ticksNeverCollide() {
    const QFontMetricsF metrics{QFont()};
    for (const double width : {40.0, 80.0, 120.0, 200.0}) {
      std::vector<LegendTick> ticks;
      for (const double metres : depthTicks(80))
        ticks.push_back({depthPosition(metres, 80), QString::number(metres)});
      ticks.back().text += " m";
      const auto kept = ticksThatFit(ticks, width, {});
      QCOMPARE(kept.front().text, QString("0"));
      QCOMPARE(kept.back().text, QString("80 m"));
      for (std::size_t i = 1; i < kept.size(); ++i)
        QVERIFY(kept[i].left > kept[i - 1].left + metrics.horizontalAdvance(kept[i - 1].text));
      QVERIFY(kept.back().left + metrics.horizontalAdvance("80 m") <= width + 0.01);
    }
  }
};

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
