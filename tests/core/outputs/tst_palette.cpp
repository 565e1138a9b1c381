#include <QtTest>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "core/data/class_table.h"
#include "core/outputs/palette.h"

using namespace uninet;

namespace {

double luminance(const cv::Vec3b& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; }

Prediction twoBoxes() {
  Prediction p;
  p.tasks = TaskSet::parse("detect,inst_depth");
  p.image = cv::Mat(64, 128, CV_8UC3, cv::Scalar(10, 20, 30));
  p.detections.resize(2);
  p.detections[0] = {{10, 10, 30, 40}, 1, 0.9f, 12.3f, {}};
  p.detections[1] = {{60, 20, 100, 50}, 3, 0.3f, 40.f, {}};
  return p;
}

}  // namespace

class TestPalette : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void labelsHaveTheirColours() {
    cv::Mat ids(1, 20, CV_8U);
    for (int i = 0; i < 19; ++i) ids.at<std::uint8_t>(i) = static_cast<std::uint8_t>(i);
    ids.at<std::uint8_t>(19) = kIgnoreLabel;
    const cv::Mat image = colouriseLabels(ids, *cityscapesClasses());
    QCOMPARE(image.type(), CV_8UC3);
    for (int i = 0; i < 19; ++i)
      QVERIFY(image.at<cv::Vec3b>(i) ==
              cityscapesClasses()->semantic[static_cast<std::size_t>(i)].colour);
    QVERIFY(image.at<cv::Vec3b>(19) == cv::Vec3b(0, 0, 0));
    QVERIFY(colouriseLabels({}, *cityscapesClasses()).empty());
  }

  void changesDivergeFromWhite() {
    QVERIFY(changeColour(0) == cv::Vec3b(247, 247, 247));
    QVERIFY(changeColour(-1) == cv::Vec3b(5, 48, 97) && changeColour(-9) == changeColour(-1));
    QVERIFY(changeColour(1) == cv::Vec3b(103, 0, 31) && changeColour(9) == changeColour(1));
    QVERIFY(changeColour(std::nan("")) == cv::Vec3b(0, 0, 0));
    // Darker with every step to either side.
    const auto light = [](const cv::Vec3b& c) { return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]; };
    for (int i = 1; i <= 10; ++i)
      for (const double side : {-0.1, 0.1})
        QVERIFY(light(changeColour(side * i)) < light(changeColour(side * (i - 1))));
    const cv::Mat legend = changeLegend({11, 2});
    QVERIFY(legend.at<cv::Vec3b>(1, 0) == changeColour(-1));
    QVERIFY(legend.at<cv::Vec3b>(0, 5) == changeColour(0));
    QVERIFY(legend.at<cv::Vec3b>(0, 10) == changeColour(1));
  }

  void ratiosAreDarkEnoughForWhiteText() {
    const auto linear = [](int v) {
      const double c = v / 255.0;
      return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    for (double ratio = 0; ratio <= 1.2; ratio += 0.05) {
      const cv::Vec3b c = ratioColour(ratio);
      const double luminance =
          0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
      QVERIFY2(1.05 / (luminance + 0.05) >= 4.5, qPrintable(QString::number(ratio)));
    }
    QVERIFY(ratioColour(5) == ratioColour(1));
  }

  void depthIsMonotonous() {
    QCOMPARE(depthPosition(0), 0.);
    QCOMPARE(depthPosition(80), 1.);
    QCOMPARE(depthPosition(500), 1.);
    double position = -1, light = 300;
    for (double metres = 0; metres <= 80; metres += 2) {
      QVERIFY(depthPosition(metres) > position);
      QVERIFY(luminance(depthColour(metres)) < light);
      position = depthPosition(metres);
      light = luminance(depthColour(metres));
    }
    for (const float none : {-1.f, std::numeric_limits<float>::quiet_NaN()})
      QVERIFY(colouriseDepth(cv::Mat(1, 1, CV_32F, cv::Scalar(none))).at<cv::Vec3b>(0) ==
              cv::Vec3b(0, 0, 0));
  }

  // A pixel of the legend has the colour of the depth that is written there.
  void legendMatchesPixels() {
    const cv::Mat legend = depthLegend({1001, 3}), upright = depthLegend({3, 1001});
    for (const double metres : depthTicks()) {
      const int at = cvRound(1000 * depthPosition(metres));
      for (const cv::Vec3b& colour : {legend.at<cv::Vec3b>(1, at), upright.at<cv::Vec3b>(at, 1)})
        QVERIFY(cv::norm(colour, depthColour(metres), cv::NORM_INF) <= 2);
    }
    QCOMPARE(depthTicks(), (std::vector<double>{0, 5, 10, 20, 40, 80}));
  }

  void instanceColoursDiffer() {
    std::set<std::tuple<int, int, int>> seen;
    for (int i = 0; i < 100; ++i) {
      const cv::Vec3b colour = instanceColour(i);
      seen.emplace(colour[0], colour[1], colour[2]);
      QVERIFY(cv::norm(cv::Vec3i(colour), cv::Vec3i(instanceColour(i + 1)), cv::NORM_L2) > 60);
    }
    QVERIFY(seen.size() >= 98);
  }

  void thresholdHidesFaintBoxes() {
    const Prediction p = twoBoxes();
    DrawOptions options;
    options.labels = false;
    const cv::Mat drawn = drawDetections(p, options);
    QVERIFY(drawn.at<cv::Vec3b>(25, 10) == instanceColour(0));
    QVERIFY(drawn.at<cv::Vec3b>(35, 60) == p.image.at<cv::Vec3b>(0, 0));
    options.scoreThreshold = 0.3;
    options.numbers = {7, 5};
    const cv::Mat all = drawDetections(p, options);
    QVERIFY(all.at<cv::Vec3b>(25, 10) == instanceColour(7));
    QVERIFY(all.at<cv::Vec3b>(35, 60) == instanceColour(5));
    QVERIFY(p.image.at<cv::Vec3b>(25, 10) == cv::Vec3b(10, 20, 30));
  }

  void absentTasksHaveNoPicture() {
    const Prediction p = twoBoxes();
    QVERIFY(drawTask(Task::segment, p).empty());
    QVERIFY(drawTask(Task::instSeg, p).empty());
    QVERIFY(!drawTask(Task::detect, p).empty());
    QVERIFY(drawTask(Task::instDepth, p).at<cv::Vec3b>(30, 10) ==
            depthColour(static_cast<double>(12.3f)));
  }

  // What is below 0 is near in a prediction and unknown in the truth.
  void predictionsKnowEveryPixel() {
    const cv::Mat metres = (cv::Mat_<float>(1, 2) << -3.f, 12.f);
    const cv::Mat predicted = colourisePredictedDepth(metres);
    QCOMPARE(predicted.at<cv::Vec3b>(0), depthColour(0));
    QCOMPARE(predicted.at<cv::Vec3b>(1), depthColour(12));
    QCOMPARE(colouriseDepth(metres).at<cv::Vec3b>(0), cv::Vec3b(0, 0, 0));
  }
};

QTEST_APPLESS_MAIN(TestPalette)
#include "tst_palette.moc"
