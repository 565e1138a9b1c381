#include <QtTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/outputs/packed_prediction.h"

using namespace uninet;

namespace {

const cv::Size kSize{96, 64};

cv::Mat noise(int type, std::uint64_t seed, cv::Size size = kSize) {
  cv::Mat mat(size, type);
  if (CV_MAT_DEPTH(type) == CV_32F)
    cv::RNG(seed).fill(mat, cv::RNG::UNIFORM, -1, 80);
  else
    cv::RNG(seed).fill(mat, cv::RNG::UNIFORM, 0, 256);
  return mat;
}

/// Bit for bit: NaN is equal to itself, and −0 is not 0.
bool same(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || (!a.empty() && a.type() != b.type())) return false;
  for (int y = 0; y < a.rows; ++y)
    if (std::memcmp(a.ptr(y), b.ptr(y), static_cast<std::size_t>(a.cols) * a.elemSize()) != 0)
      return false;
  return true;
}

Prediction prediction(std::uint64_t seed) {
  Prediction p;
  p.tasks = TaskSet::parse("detect,segment,depth");
  p.image = noise(CV_8UC3, seed);
  p.trainIds = noise(CV_8U, seed + 1);
  p.depthMetres = noise(CV_32F, seed + 2);
  p.contours = noise(CV_32F, seed + 5);
  p.normals = noise(CV_32FC3, seed + 6);
  p.detections.resize(3);
  p.detections[0] = {{1, 2, 30, 40}, 1, 0.9f, 12.3f, noise(CV_32F, seed + 3, {28, 28})};
  p.detections[1] = {{60, 20, 90, 50}, 3, 0.3f, -1, {}};
  p.detections[2] = {{5, 5, 9, 9}, 2, 0.2f, 3, noise(CV_32F, seed + 4, {28, 28})};
  return p;
}

}  // namespace

class TestPackedPrediction : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyMatrixComesBackBitForBit_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("like");
    for (const int type : {CV_8U, CV_8UC3, CV_16U, CV_32F})
      for (const bool like : {false, true})
        QTest::addRow("%s, %s reference", cv::typeToString(type).c_str(), like ? "like the" : "no")
            << type << like;
  }
  void everyMatrixComesBackBitForBit() {
    const QFETCH(int, type);
    const QFETCH(bool, like);
    const cv::Mat reference = like ? noise(type, 1) : noise(CV_8UC4, 1, {7, 7});
    // All differences from −255 to 255, and what compresses as well as what does not.
    for (const cv::Mat& mat : {noise(type, 2), cv::Mat(cv::Mat::zeros(kSize, type))}) {
      const PackedMat packed = packMat(mat, reference);
      QCOMPARE(packed.difference, like);
      QVERIFY(same(unpackMat(packed, reference), mat));
    }
    // A part of a larger picture, whose rows do not lie one after another.
    const cv::Mat large = noise(type, 3, {200, 100}), part = large(cv::Rect(13, 7, 96, 64));
    QVERIFY(same(unpackMat(packMat(part, reference), reference), part));
    QVERIFY(same(unpackMat(packMat(reference, part), part), reference));
    QVERIFY(unpackMat(packMat({}, reference), reference).empty());
  }

  void oddNumbersStay() {
    cv::Mat metres(1, 5, CV_32F);
    const float inf = std::numeric_limits<float>::infinity(), nan = std::nanf("7");
    const float values[] = {nan, inf, -inf, -0.f, std::numeric_limits<float>::denorm_min()};
    std::memcpy(metres.data, values, sizeof values);
    QVERIFY(same(unpackMat(packMat(metres, {}), {}), metres));
  }

  void aSmallChangeTakesLittle() {
    const cv::Mat clean = noise(CV_8UC3, 1);
    cv::Mat attacked = clean.clone();
    attacked(cv::Rect(10, 10, 20, 20)) += cv::Scalar(2, 2, 2);
    const std::size_t plain = clean.total() * clean.elemSize();
    QVERIFY(packMat(attacked, clean).bytes() < plain / 10);
    // What does not compress takes as much as before, and what holds it together.
    QVERIFY(packMat(noise(CV_8UC3, 2), clean).bytes() < plain + 256);
  }

  void aPredictionComesBack() {
    const Prediction clean = prediction(1);
    for (const bool unlike : {false, true}) {
      Prediction attacked = prediction(100);
      if (unlike) attacked.depthMetres.release();
      const PackedPrediction packed = packPrediction(attacked, clean);
      const Prediction back = unpackPrediction(packed, clean);
      QVERIFY(back.classes == attacked.classes);
      QCOMPARE(back.tasks.has(Task::depth), attacked.tasks.has(Task::depth));
      QVERIFY(same(back.image, attacked.image));
      QVERIFY(same(back.trainIds, attacked.trainIds));
      QVERIFY(same(back.depthMetres, attacked.depthMetres));
      QVERIFY(same(back.contours, attacked.contours));
      QVERIFY(same(back.normals, attacked.normals));
      QCOMPARE(back.detections.size(), attacked.detections.size());
      for (std::size_t i = 0; i < back.detections.size(); ++i) {
        const Detection &a = back.detections[i], &b = attacked.detections[i];
        QVERIFY(a.box.x0 == b.box.x0 && a.box.y1 == b.box.y1 && a.classId == b.classId);
        QVERIFY(a.score == b.score && a.depthMetres == b.depthMetres);
        QVERIFY(same(a.mask, b.mask));
      }
    }
  }

  void anotherReferenceIsRefused() {
    const PackedMat packed = packMat(noise(CV_8U, 1), noise(CV_8U, 2));
    QVERIFY_EXCEPTION_THROWN(unpackMat(packed, noise(CV_8U, 3, {5, 5})), Error);
  }
};

QTEST_APPLESS_MAIN(TestPackedPrediction)
#include "tst_packed_prediction.moc"
