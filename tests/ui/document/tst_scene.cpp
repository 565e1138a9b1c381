#include <QtTest>
#include <algorithm>

#include "attacks/engine/attack.h"
#include "tests/ui/views/canvas_scene.h"
#include "ui/document/scene.h"
#include "ui/document/scene_pictures.h"

using namespace uninet;

namespace {

const cv::Size kSize{256, 128};
constexpr std::size_t kDetection = 1, kSegmentation = 2, kInstances = 3, kDepth = 4, kInstDepth = 5;

const SceneObject* objectOf(const PanelContent& content, int number) {
  for (const SceneObject& object : content.objects)
    if (object.number == number) return &object;
  return nullptr;
}

double areaOf(const QPolygonF& polygon) {
  double twice = 0;
  for (qsizetype i = 0; i < polygon.size(); ++i) {
    const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    twice += a.x() * b.y() - b.x() * a.y();
  }
  return std::abs(twice) / 2;
}

}  // namespace

class TestScene : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void beforeAnAttackThereIsOneRow() {
    const Prediction clean = madePrediction(kSize, 3);
    const Scene scene = renderScene(clean, nullptr, {}, nullptr, {});
    QCOMPARE(scene.there, (std::array<bool, kRows>{true, false, false, false}));
    for (std::size_t i = 0; i < kMeasuredPanels; ++i)
      QCOMPARE(scene.content(Row::clean, i).picture.size(), QSize(256, 128));
    QCOMPARE(scene.content(Row::clean, kDetection).objects.size(), std::size_t{3});
    QVERIFY(scene.content(Row::clean, kInstances).objects[0].outlines.size() == 1);
    QVERIFY(scene.content(Row::clean, kSegmentation).objects.empty());
    QCOMPARE(scene.classes.size(), std::size_t{3});
    QVERIFY(scene.auxiliary.empty());
  }

  void auxiliaryTasksHavePictures() {
    constexpr std::size_t kContours = 6, kNormals = 7;
    Prediction clean = madePrediction(kSize, 3);
    clean.tasks.add(Task::semCont).add(Task::surNor);
    clean.contours = cv::Mat(kSize.height, kSize.width, CV_32F, cv::Scalar(0.1));
    clean.normals = cv::Mat(kSize.height, kSize.width, CV_32FC3, cv::Scalar(0, 0, 1));
    Prediction after = clean;
    after.contours = clean.contours.clone();
    after.contours(cv::Rect(0, 0, 64, 64)).setTo(0.5);
    after.normals = clean.normals.clone();
    after.normals(cv::Rect(0, 0, 64, 64)).setTo(cv::Scalar(0, 0.6, 0.8));  // 36.87 degrees
    Sample truth = truthOf(clean, 3);
    truth.pinhole = {150, 150, 127.5, 63.5};
    const Scene scene = renderScene(clean, &after, truth, nullptr, {});
    QVERIFY(scene.auxiliary == (TaskSet{Task::semCont, Task::surNor}));
    const auto pixel = [&](Row row, std::size_t panel, int x, int y) {
      return scene.content(row, panel).picture.pixel(x, y);
    };
    QCOMPARE(pixel(Row::clean, kContours, 10, 10), qRgb(218, 218, 218));
    QCOMPARE(pixel(Row::attacked, kContours, 10, 10), qRgb(128, 128, 128));
    QCOMPARE(pixel(Row::clean, kNormals, 10, 10), qRgb(128, 128, 255));
    QCOMPARE(pixel(Row::attacked, kNormals, 10, 10), qRgb(128, 204, 230));
    // What changed: 0.4 of at most 0.5, redder; 37 of 45 degrees, brighter.
    QCOMPARE(scene.content(Row::change, kContours).note, QString("\u00b10.5"));
    const QRgb more = pixel(Row::change, kContours, 10, 10);
    QVERIFY(qRed(more) > qBlue(more));
    QCOMPARE(pixel(Row::change, kContours, 200, 100), qRgb(247, 247, 247));
    QCOMPARE(scene.content(Row::change, kNormals).note, QString("0\u201345\u00b0"));
    QCOMPARE(pixel(Row::change, kNormals, 10, 10), qRgb(209, 209, 209));
    QCOMPARE(pixel(Row::change, kNormals, 200, 100), qRgb(0, 0, 0));
    // Labels change in rows 41|42 and 84|85.
    QCOMPARE(pixel(Row::truth, kContours, 50, 42), qRgb(16, 16, 16));
    QCOMPARE(pixel(Row::truth, kContours, 50, 20), qRgb(240, 240, 240));
    QVERIFY(!scene.content(Row::truth, kNormals).picture.isNull());
    // Beside a network that has none of them.
    const Scene other = renderScene(madePrediction(kSize, 3), &after, truth, nullptr, {});
    QVERIFY(other.auxiliary == scene.auxiliary);
    QVERIFY(other.content(Row::clean, kNormals).picture.isNull());
    QVERIFY(!other.content(Row::clean, kNormals).emptyText.isEmpty());
    QVERIFY(other.content(Row::change, kNormals).picture.isNull());
  }

  void objectsBelowTheThresholdAreLeftOut() {
    const Prediction clean = madePrediction(kSize, 3);
    DrawOptions draw;
    draw.scoreThreshold = static_cast<double>(clean.detections[1].score) - 0.001;
    const Scene scene = renderScene(clean, nullptr, {}, nullptr, draw);
    QCOMPARE(scene.content(Row::clean, kDetection).objects.size(), std::size_t{2});
  }

  void theChangeOfObjectsHasMarks() {
    const Prediction clean = madePrediction(kSize, 4);
    Prediction after = clean;
    after.detections[1].classId = 2;
    after.detections[2].box.x0 += 0.22f * after.detections[2].box.width();
    after.detections[2].box.x1 += 0.22f * clean.detections[2].box.width();
    Detection fresh = after.detections[3];
    fresh.box = {100, 100, 140, 120};
    fresh.score = 0.5f;
    after.detections.push_back(fresh);
    after.detections.erase(after.detections.begin());
    const Scene scene = renderScene(clean, &after, {}, nullptr, {});
    const PanelContent& change = scene.content(Row::change, kDetection);
    QCOMPARE(change.objects.size(), std::size_t{5});
    QCOMPARE(objectOf(change, 0)->change, ObjectChange::lost);
    QCOMPARE(objectOf(change, 0)->label, QString("lost: car"));
    QCOMPARE(objectOf(change, 1)->label, QString("person \u2192 rider"));
    QCOMPARE(objectOf(change, 2)->label, QString("moved: car"));
    QVERIFY(!objectOf(change, 2)->from.isNull());
    QVERIFY(objectOf(change, 3)->faint);
    QCOMPARE(change.objects.front().faint, false);
    const SceneObject* appeared = objectOf(change, 4 + 3);
    QVERIFY(appeared != nullptr);
    QCOMPARE(appeared->label, QString("new: person"));
    // In their own rows new and lost ones are marked in their labels; colours stay.
    QVERIFY(objectOf(scene.content(Row::clean, kDetection), 0)->label.startsWith("\u2212 "));
    QVERIFY(objectOf(scene.content(Row::attacked, kDetection), 7)->label.startsWith("+ "));
    QCOMPARE(objectOf(scene.content(Row::attacked, kInstances), 1)->colour,
             objectOf(scene.content(Row::clean, kDetection), 1)->colour);
  }

  void theImageChangeFillsTheRange() {
    cv::Mat clean(4, 4, CV_8UC3, cv::Scalar(100, 100, 100)), after = clean.clone();
    QCOMPARE(changeFactor(clean, after), 1);
    after.at<cv::Vec3b>(1, 1)[0] = 104;
    after.at<cv::Vec3b>(2, 2)[1] = 98;
    QCOMPARE(changeFactor(clean, after), 32);
    const cv::Mat change = amplifiedChange(clean, after, 32);
    QCOMPARE(change.at<cv::Vec3b>(1, 1), cv::Vec3b(255, 128, 128));
    QCOMPARE(change.at<cv::Vec3b>(2, 2), cv::Vec3b(128, 64, 128));
    after.at<cv::Vec3b>(3, 3)[2] = 250;
    QCOMPARE(changeFactor(clean, after), 1);
  }

  void mapsShowTheirChange() {
    const Prediction clean = madePrediction(kSize, 0);
    Prediction after = clean;
    after.image = clean.image.clone();
    after.trainIds = clean.trainIds.clone();
    after.trainIds(cv::Rect(0, 0, 64, 64)).setTo(13);
    after.depthMetres = cv::Mat(clean.depthMetres + 3);
    const Scene scene = renderScene(clean, &after, {}, nullptr, {});
    const PanelContent& labels = scene.content(Row::change, kSegmentation);
    QCOMPARE(labels.picture.pixel(10, 10), qRgb(0, 0, 142));  // car
    const QRgb same = labels.picture.pixel(200, 100);
    QVERIFY(qRed(same) == qGreen(same) && qGreen(same) == qBlue(same));
    QVERIFY(labels.note.startsWith("12.5"));
    const PanelContent& depth = scene.content(Row::change, kDepth);
    QCOMPARE(depth.legend, SceneLegend::depthChange);
    QCOMPARE(depth.farthestMetres, 5.0);
    const QRgb farther = depth.picture.pixel(100, 50);
    QVERIFY(qRed(farther) > qBlue(farther));
    QCOMPARE(depthChangeRange(clean.depthMetres, cv::Mat(clean.depthMetres + 200), 80), 80.0);
    cv::Mat edge = clean.depthMetres.clone();
    edge.row(0) += 40;  // less than a hundredth
    QCOMPARE(depthChangeRange(clean.depthMetres, edge, 80), 0.1);
  }

  void theTruthSaysWhatItLacks() {
    const Prediction clean = madePrediction(kSize, 3);
    Sample truth = truthOf(clean, 3);
    truth.depthMetres = cv::Mat();
    truth.notes = {"no disparity"};
    const Scene scene = renderScene(clean, nullptr, truth, nullptr, {});
    QVERIFY(scene.there[3]);
    QVERIFY(scene.content(Row::truth, kDepth).picture.isNull());
    QCOMPARE(scene.content(Row::truth, kDepth).emptyText, QString("no disparity"));
    QVERIFY(scene.content(Row::truth, kInstDepth).picture.isNull());
    QCOMPARE(scene.content(Row::truth, kDetection).objects.size(), std::size_t{3});
    // The same object has the same number.
    QVERIFY(objectOf(scene.content(Row::truth, kInstances), 0) != nullptr);
    QVERIFY(!objectOf(scene.content(Row::truth, kInstances), 0)->outlines.empty());
  }

  void classesAreHidden() {
    const Prediction clean = madePrediction(kSize, 4);
    const Scene all = renderScene(clean, nullptr, {}, nullptr, {});
    const Scene some = renderScene(clean, nullptr, {}, nullptr, {}, {"sky", "car"});
    QCOMPARE(all.content(Row::clean, kSegmentation).picture.pixel(10, 5), qRgb(70, 130, 180));
    const QRgb hidden = some.content(Row::clean, kSegmentation).picture.pixel(10, 5);
    QVERIFY(qRed(hidden) == qGreen(hidden) && qGreen(hidden) == qBlue(hidden));
    QCOMPARE(some.content(Row::clean, kSegmentation).picture.pixel(10, 120),
             all.content(Row::clean, kSegmentation).picture.pixel(10, 120));
    QCOMPARE(some.content(Row::clean, kDetection).objects.size(), std::size_t{2});
    QCOMPARE(some.classes.size(), all.classes.size());  // they can be shown again
  }

  void theTargetOfHidingIsARow() {
    const Prediction clean = madePrediction(kSize, 3);
    AttackTarget target;
    target.mask = cv::Mat::zeros(kSize, CV_8U);
    target.mask(cv::Rect(0, 0, 40, 40)).setTo(1);
    target.trainIds = cv::Mat(kSize, CV_8U, cv::Scalar(8));
    const Scene scene = renderScene(clean, &clean, {}, &target, {});
    QVERIFY(scene.target && scene.there[1] && !scene.there[2]);
    QVERIFY(scene.content(Row::attacked, 0).picture != scene.content(Row::clean, 0).picture);
    QCOMPARE(scene.content(Row::attacked, 0).picture.pixel(100, 100),
             scene.content(Row::clean, 0).picture.pixel(100, 100));
    QCOMPARE(scene.content(Row::attacked, kSegmentation).picture.pixel(5, 5), qRgb(107, 142, 35));
    QCOMPARE(scene.content(Row::attacked, kDepth).picture,
             scene.content(Row::clean, kDepth).picture);
  }

  void withoutANetworkThereIsAPicture() {
    Prediction bare;
    bare.image = cv::Mat(60, 100, CV_8UC3, cv::Scalar(1, 2, 3));
    const Scene scene = renderScene(bare, nullptr, {}, nullptr, {});
    QCOMPARE(scene.content(Row::clean, 0).picture.size(), QSize(100, 60));
    QCOMPARE(scene.content(Row::clean, 0).picture.pixel(5, 5), qRgb(1, 2, 3));
    QVERIFY(scene.content(Row::clean, 1).picture.isNull());
    QVERIFY(!scene.content(Row::clean, 1).emptyText.isEmpty());
  }

  void outlinesRunAlongTheEdges() {
    cv::Mat mask = cv::Mat::zeros(20, 30, CV_8U);
    mask(cv::Rect(5, 4, 12, 10)).setTo(1);
    mask(cv::Rect(8, 7, 4, 4)).setTo(0);
    const auto outlines = outlinesOf(mask, {100, 50});
    QCOMPARE(outlines.size(), std::size_t{2});
    QRectF box = outlines[0].boundingRect();
    double area = areaOf(outlines[0]), hole = areaOf(outlines[1]);
    if (hole > area) {
      std::swap(area, hole);
      box = outlines[1].boundingRect();
    }
    QVERIFY(std::abs(box.left() - 105) <= 0.5 && std::abs(box.right() - 117) <= 0.5);
    QVERIFY(std::abs(box.top() - 54) <= 0.5 && std::abs(box.bottom() - 64) <= 0.5);
    QVERIFY(std::abs(area - 120) < 14 && std::abs(hole - 16) < 14);
  }
};

QTEST_GUILESS_MAIN(TestScene)
#include "tst_scene.moc"
