// Truth and colours of the auxiliary tasks, against loops and closed forms.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/outputs/auxiliary_maps.h"
#include "core/outputs/palette.h"

using namespace uninet;

namespace {

cv::Mat someLabels() {
  cv::Mat labels(24, 40, CV_8U);
  cv::RNG random(3);
  for (int y = 0; y < labels.rows; y += 4)
    for (int x = 0; x < labels.cols; x += 4) {
      const int id = random.uniform(-1, 19);
      labels(cv::Rect(x, y, 4, 4)).setTo(id < 0 ? int{kIgnoreLabel} : id);
    }
  return labels;
}

}  // namespace

class TestAuxiliaryMaps : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void contoursAreWhereLabelsChange() {
    const cv::Mat labels = someLabels(), contours = contoursOfLabels(labels);
    for (int y = 0; y < labels.rows; ++y)
      for (int x = 0; x < labels.cols; ++x) {
        bool same = true;
        for (int v = std::max(0, y - 1); v <= std::min(labels.rows - 1, y + 1); ++v)
          for (int u = std::max(0, x - 1); u <= std::min(labels.cols - 1, x + 1); ++u)
            same = same && labels.at<std::uint8_t>(v, u) == labels.at<std::uint8_t>(y, x);
        QCOMPARE(contours.at<float>(y, x), same ? 0.f : 1.f);
      }
    QVERIFY(contoursOfLabels({}).empty());
    QVERIFY_EXCEPTION_THROWN(contoursOfLabels(cv::Mat(2, 2, CV_32F)), Error);
  }

  // Of a wall straight ahead, whose distance along the ray grows towards the borders.
  void normalsOfAWall() {
    const Pinhole pinhole{30, 32, 19, 11};
    const ClassTable& table = *nyuv2Classes();
    cv::Mat metres(24, 40, CV_32F);
    for (int y = 0; y < metres.rows; ++y)
      for (int x = 0; x < metres.cols; ++x)
        metres.at<float>(y, x) = static_cast<float>(
            3 * std::hypot((x - pinhole.u0) / pinhole.fx, (y - pinhole.v0) / pinhole.fy, 1.));
    metres.at<float>(8, 10) = -1;
    const cv::Mat normals = normalsOfDepth(metres, pinhole, table);
    for (int y = 1; y + 1 < metres.rows; ++y)
      for (int x = 1; x + 1 < metres.cols; ++x) {
        const cv::Vec3f& normal = normals.at<cv::Vec3f>(y, x);
        if (std::abs(y - 8) <= 1 && std::abs(x - 10) <= 1)
          QVERIFY(normal == cv::Vec3f(0, 0, 0));
        else
          QVERIFY(cv::norm(normal - cv::Vec3f(0, 0, 1)) < 1e-4);
      }
  }

  void colours() {
    const cv::Mat contours = (cv::Mat_<float>(1, 3) << 0, 1, 0.5f);
    const cv::Mat drawn = colouriseContours(contours), png = contoursPng(contours);
    QVERIFY(drawn.at<cv::Vec3b>(0) == cv::Vec3b(240, 240, 240));
    QVERIFY(drawn.at<cv::Vec3b>(1) == cv::Vec3b(16, 16, 16));
    QVERIFY(drawn.at<cv::Vec3b>(2) == cv::Vec3b(128, 128, 128));
    QCOMPARE(int(png.at<std::uint8_t>(1)), 255);
    cv::Mat normals(1, 4, CV_32FC3);
    normals.at<cv::Vec3f>(0) = {0, 0, 1};
    normals.at<cv::Vec3f>(1) = {-1, 0, 0};
    normals.at<cv::Vec3f>(2) = {0, 0.6f, 0.8f};
    normals.at<cv::Vec3f>(3) = {0, 0, 0};
    const cv::Mat rgb = colouriseNormals(normals);
    QVERIFY(rgb.at<cv::Vec3b>(0) == cv::Vec3b(128, 128, 255));
    QVERIFY(rgb.at<cv::Vec3b>(1) == cv::Vec3b(0, 128, 128));
    QVERIFY(rgb.at<cv::Vec3b>(2) == cv::Vec3b(128, 204, 230));
    QVERIFY(rgb.at<cv::Vec3b>(3) == cv::Vec3b(0, 0, 0));
  }

  void angles() {
    cv::Mat before(1, 4, CV_32FC3, cv::Scalar(0, 0, 1)), after = before.clone();
    after.at<cv::Vec3f>(1) = {0, 0.5f, static_cast<float>(std::sqrt(0.75))};
    after.at<cv::Vec3f>(2) = {0, 0, -1};
    after.at<cv::Vec3f>(3) = {0, 0, 0};
    const cv::Mat angles = anglesBetween(before, after);
    QCOMPARE(angles.at<float>(0), 0.f);
    QVERIFY(std::abs(angles.at<float>(1) - 30) < 1e-3f);
    QCOMPARE(angles.at<float>(2), 180.f);
    QVERIFY(std::isnan(angles.at<float>(3)));
  }

  void taskPictures() {
    Prediction p;
    QVERIFY(drawTask(Task::semCont, p).empty());
    p.tasks = {Task::semCont, Task::surNor};
    p.contours = cv::Mat(2, 3, CV_32F, cv::Scalar(1));
    p.normals = cv::Mat(2, 3, CV_32FC3, cv::Scalar(0, 0, 1));
    QVERIFY(drawTask(Task::semCont, p).at<cv::Vec3b>(1, 2) == cv::Vec3b(16, 16, 16));
    QVERIFY(drawTask(Task::surNor, p).at<cv::Vec3b>(1, 2) == cv::Vec3b(128, 128, 255));
  }
};

QTEST_APPLESS_MAIN(TestAuxiliaryMaps)
#include "tst_auxiliary_maps.moc"
