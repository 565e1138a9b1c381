#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/pictures.h"
#include "core/base/prefetch.h"
#include "core/data/augment.h"
#include "core/data/letterbox.h"
#include "core/data/sample.h"

using namespace uninet;

namespace {

RawFrame frame() {
  RawFrame raw;
  raw.name = "frame";
  raw.image = cv::Mat(8, 12, CV_8UC3, cv::Scalar(10, 20, 30));
  raw.labelIds = cv::Mat(8, 12, CV_8U, cv::Scalar(7));
  raw.instanceIds = cv::Mat(8, 12, CV_16U, cv::Scalar(7));
  raw.disparity = cv::Mat::zeros(8, 12, CV_16U);
  raw.labelIds(cv::Rect(3, 2, 4, 3)).setTo(26);
  raw.instanceIds(cv::Rect(3, 2, 4, 3)).setTo(26001);
  raw.labelIds(cv::Rect(8, 1, 2, 5)).setTo(24);
  raw.instanceIds(cv::Rect(8, 1, 2, 5)).setTo(24);
  raw.labelIds(cv::Rect(0, 7, 12, 1)).setTo(4);
  raw.disparity(cv::Rect(3, 2, 4, 3)).setTo(1 + 256 * 20);
  return raw;
}

}  // namespace

class TestSample : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void labelsObjectsAndDepth() {
    const Sample sample = makeSample(frame());
    QCOMPARE(sample.trainIds.at<uchar>(0, 0), uchar{0});
    QCOMPARE(sample.trainIds.at<uchar>(3, 4), uchar{13});
    QCOMPARE(sample.trainIds.at<uchar>(2, 8), uchar{11});
    QCOMPARE(sample.trainIds.at<uchar>(7, 0), uchar{255});

    QCOMPARE(sample.instances.size(), std::size_t{2});
    const Instance& group = sample.instances[0];
    QVERIFY(group.crowd && group.classId == 1);
    const Instance& car = sample.instances[1];
    QVERIFY(!car.crowd);
    QCOMPARE(car.classId, 3);
    QVERIFY(car.box == (Box{3, 2, 7, 5}));
    QCOMPARE(cv::countNonZero(car.mask), 12);
    // depth = focal length * baseline / disparity
    const double expected = 2262.52 * 0.209313 / 20;
    QVERIFY(std::abs(static_cast<double>(car.depthMetres) - expected) < 1e-3);
    QVERIFY(std::abs(static_cast<double>(sample.depthMetres.at<float>(3, 4)) - expected) < 1e-3);
    QCOMPARE(sample.depthMetres.at<float>(0, 0), -1.f);
  }

  void farAndMissingDepthIsInvalid() {
    RawFrame raw = frame();
    raw.disparity.setTo(1 + 256 * 3);  // 158 m
    QCOMPARE(makeSample(raw).depthMetres.at<float>(0, 0), -1.f);
    raw.disparity = cv::Mat();
    const Sample bare = makeSample(raw);
    QVERIFY(bare.depthMetres.empty());
    QCOMPARE(bare.instances[1].depthMetres, -1.f);
  }

  void resizing() {
    const Sample half = resizeSample(makeSample(frame()), {6, 4});
    QCOMPARE(half.trainIds.size(), cv::Size(6, 4));
    QCOMPARE(half.originalSize, cv::Size(12, 8));
    QVERIFY(half.instances[1].box == (Box{1.5f, 1, 3.5f, 2.5f}));
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 6; ++x)
        QCOMPARE(half.trainIds.at<uchar>(y, x),
                 makeSample(frame()).trainIds.at<uchar>(2 * y, 2 * x));
  }

  // As all maps, and a normal that points to the right then points to the left.
  void normalsAndEdges() {
    RawFrame raw = frame();
    raw.normals = cv::Mat(8, 12, CV_32FC3, cv::Scalar::all(0));
    raw.edges = cv::Mat(8, 12, CV_8U, cv::Scalar(0));
    for (int y = 2; y < 8; ++y)
      for (int x = 0; x < 12; ++x) {
        raw.normals.at<cv::Vec3f>(y, x) = {0.6f, 0.1f * static_cast<float>(x), 0.8f};
        raw.edges.at<uchar>(y, x) = x == 4 ? 1 : 0;
      }
    const Sample sample = makeSample(raw);
    const Sample half = resizeSample(sample, {6, 4}), flipped = flipHorizontally(sample);
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 6; ++x) {
        QCOMPARE(half.normals.at<cv::Vec3f>(y, x), raw.normals.at<cv::Vec3f>(2 * y, 2 * x));
        QCOMPARE(half.edges.at<uchar>(y, x), raw.edges.at<uchar>(2 * y, 2 * x));
      }
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 12; ++x) {
        const cv::Vec3f n = raw.normals.at<cv::Vec3f>(y, 11 - x);
        QCOMPARE(flipped.normals.at<cv::Vec3f>(y, x), cv::Vec3f(-n[0], n[1], n[2]));
        QCOMPARE(flipped.edges.at<uchar>(y, x), raw.edges.at<uchar>(y, 11 - x));
      }
    // The frame itself is as it was.
    QCOMPARE(sample.normals.at<cv::Vec3f>(3, 0)[0], 0.6f);
    // What lies beside a smaller frame is unknown, and has no edges.
    Random random(3);
    const Sample padded = resizeMultiScale(sample, {12, 8}, random);
    QCOMPARE(padded.normals.size(), cv::Size(12, 8));
    QCOMPARE(padded.normals.at<cv::Vec3f>(7, 11), cv::Vec3f());
    QCOMPARE(padded.edges.at<uchar>(7, 11), uchar{0});
    // They alone are ground truth, which a network of other classes does not get.
    RawFrame bare;
    bare.image = raw.image;
    bare.edges = raw.edges;
    QVERIFY(makeSample(bare).hasTruth());
    QVERIFY(!withTruthOf(makeSample(bare), nyuv2Classes()).hasTruth());
    bare.edges = cv::Mat::zeros(4, 6, CV_8U);
    QVERIFY_EXCEPTION_THROWN(makeSample(bare), Error);
  }

  // A picture of another shape keeps it: a square stays one, in the middle.
  void picturesAreLetterboxed() {
    RawFrame raw;
    raw.image = cv::Mat(100, 100, CV_8UC3, cv::Scalar(10, 20, 30));
    const Sample sample = resizeSample(makeSample(raw), {64, 32});
    QCOMPARE(sample.image.size(), cv::Size(64, 32));
    for (int y = 0; y < 32; ++y)
      for (int x = 0; x < 64; ++x)
        QCOMPARE(sample.image.at<cv::Vec3b>(y, x),
                 x >= 16 && x < 48 ? cv::Vec3b(10, 20, 30) : cv::Vec3b(114, 114, 114));
    QCOMPARE(sample.notes.size(), std::size_t{1});
    // Upright: bars above and below.
    QCOMPARE(letterboxOf({200, 50}, {64, 32}), cv::Rect(0, 8, 64, 16));
    // Nothing of the same shape, or nearly so, gets bars, and nothing with ground truth, whose maps
    // have none.
    QCOMPARE(letterboxOf({1000, 501}, {64, 32}), cv::Rect(0, 0, 64, 32));
    raw.labelIds = cv::Mat::zeros(100, 100, CV_8U);
    const Sample labelled = resizeSample(makeSample(raw), {64, 32});
    QCOMPARE(labelled.image.at<cv::Vec3b>(0, 0), cv::Vec3b(10, 20, 30));
    QVERIFY(labelled.notes.empty());
  }

  void mapsOfOtherSizesAreRefused() {
    RawFrame raw = frame();
    raw.labelIds = cv::Mat::zeros(4, 6, CV_8U);
    QVERIFY_EXCEPTION_THROWN(makeSample(raw), Error);
  }

  void writingAPictureLeavesItAsItIs() {
    QTemporaryDir folder;
    const std::string file = folder.filePath("a.png").toStdString();
    cv::Mat image(4, 4, CV_8UC3, cv::Scalar(1, 2, 3));
    writePng(file, image);
    QCOMPARE(image.at<cv::Vec3b>(0, 0), cv::Vec3b(1, 2, 3));
    QCOMPARE(readImage(file).at<cv::Vec3b>(0, 0), cv::Vec3b(1, 2, 3));
  }

  void prefetchKeepsOrderAndErrors() {
    Prefetcher<int> numbers(0, 50, 3, 4, [](std::int64_t i) {
      if (i == 40) throw Error("forty");
      return static_cast<int>(i * i);
    });
    for (int i = 0; i < 40; ++i) QCOMPARE(numbers.next(), i * i);
    QVERIFY_EXCEPTION_THROWN(numbers.next(), Error);
  }
};

QTEST_APPLESS_MAIN(TestSample)
#include "tst_sample.moc"
