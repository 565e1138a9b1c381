#include <QtTest>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/class_table.h"
#include "core/metrics/average_precision.h"
#include "core/metrics/metrics.h"
#include "core/outputs/paste.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

Json fixture(const char* name) {
  return Json::parse(readTextFile(std::string(UNINET_FIXTURES) + "/metrics/" + name));
}

/// The rectangle without the pixels that make.py leaves out.
RegionMask maskOf(const Json& entry) {
  const auto r = entry["rect"].get<std::vector<int>>();
  RegionMask mask;
  mask.rect = cv::Rect(r[0], r[1], r[2] - r[0], r[3] - r[1]);
  mask.pixels.create(mask.rect.size(), CV_8U);
  for (int y = 0; y < mask.rect.height; ++y)
    for (int x = 0; x < mask.rect.width; ++x) {
      const bool inside =
          (7 * (x + mask.rect.x) + 13 * (y + mask.rect.y) + entry["cut"].get<int>()) % 5 != 0;
      mask.pixels.at<uchar>(y, x) = inside ? 1 : 0;
      mask.area += inside ? 1 : 0;
    }
  return mask;
}

Box boxOf(const Json& box) {
  const auto v = box.get<std::vector<float>>();
  return {v[0], v[1], v[2], v[3]};
}

/// null stands for "does not occur". pycocotools averages the classes that occur.
bool same(double found, const Json& expected) {
  return expected.is_null() ? std::isnan(found) : std::abs(found - expected.get<double>()) <= 1e-6;
}

/// A sample and a prediction of one image with these maps.
std::pair<Sample, Prediction> images(const cv::Mat& trainIds, const cv::Mat& predictedIds,
                                     const cv::Mat& depth, const cv::Mat& predictedDepth) {
  Sample sample;
  Prediction prediction;
  const cv::Size size = trainIds.empty() ? depth.size() : trainIds.size();
  sample.image = prediction.image = cv::Mat::zeros(size, CV_8UC3);
  sample.trainIds = trainIds;
  sample.depthMetres = depth;
  prediction.trainIds = predictedIds;
  prediction.depthMetres = predictedDepth;
  prediction.tasks = TaskSet::parse("segment,depth");
  return {sample, prediction};
}

/// Measures of an image that exists nowhere; scores differ from image to image.
ImageMeasures randomMeasures(unsigned seed) {
  std::mt19937 random(seed);
  const auto number = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto real = [&] { return static_cast<double>(random()) / 4294967296.0; };
  ImageMeasures m(*cityscapesClasses());
  m.hasSegment = m.hasDepth = m.hasBoxes = m.hasMasks = true;
  for (auto& count : m.confusion) count = number(1000);
  m.depthRmse = real();
  m.depthAbsRel = real();
  m.depthSquares = 100 * real();
  m.depthPixels = 1 + number(1000);
  for (std::size_t c = 0; c < 19; ++c) {
    m.depthClassSquares[c] = real();
    m.depthClassPixels[c] = 1 + number(50);
  }
  m.instanceDepth.emplace(8);
  m.classLosses.emplace(8);
  for (std::size_t c = 0; c < 9; ++c) {
    m.instanceDepth->smoothL1[c] = real();
    m.instanceDepth->absRel[c] = real();
    m.instanceDepth->positives[c] = 1 + number(9);
    m.classLosses->cls[c] = real();
    m.classLosses->quality[c] = 0.1 + real();
    m.classLosses->reg[c] = real();
    m.classLosses->centreness[c] = 0.1 + real();
  }
  for (std::size_t c = 0; c < 8; ++c) {
    for (auto* matches : {&m.boxes, &m.masks}) {
      ApMatches one;
      one.positives = number(5);
      for (int i = 0; i < 6; ++i)
        one.records.push_back({real(), static_cast<std::uint16_t>(number(1024)), 0});
      std::sort(one.records.begin(), one.records.end(),
                [](const ApRecord& a, const ApRecord& b) { return a.score > b.score; });
      matches->push_back(one);
    }
    for (std::size_t k = 0; k < 3; ++k) {
      m.aspectCounts[c][k] = 1 + number(5);
      m.aspectSums[c][k] = real();
    }
  }
  return m;
}

/// A detection's mask on the whole image, pixel by pixel (architecture §10).
RegionMask pastedByDefinition(const Detection& d, cv::Size size, double scale) {
  RegionMask mask{{{0, 0}, size}, cv::Mat::zeros(size, CV_8U), 0};
  const double x = d.box.x0 * scale, y = d.box.y0 * scale;
  const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
  const int x1 = static_cast<int>(x + (d.box.x1 * scale - x));
  const int y1 = static_cast<int>(y + (d.box.y1 * scale - y));
  if (x1 <= x0 || y1 <= y0) return mask;
  cv::Mat large;
  cv::resize(d.mask, large, {x1 - x0, y1 - y0}, 0, 0, cv::INTER_LINEAR);
  for (int v = 0; v < large.rows; ++v)
    for (int u = 0; u < large.cols; ++u)
      if (large.at<float>(v, u) > 0.5f && x0 + u < size.width && y0 + v < size.height) {
        mask.pixels.at<uchar>(y0 + v, x0 + u) = 1;
        ++mask.area;
      }
  return mask;
}

}  // namespace

class TestMetrics : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Numbers of pycocotools, see fixtures/metrics/make.py.
  void averagePrecision_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("masks");
    const Json all = fixture("ap.json")["cases"];
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const bool masks : {false, true})
        QTest::addRow("%s, %s", all[i]["name"].get<std::string>().c_str(),
                      masks ? "masks" : "boxes")
            << static_cast<int>(i) << masks;
  }
  void averagePrecision() {
    const QFETCH(int, number);
    const QFETCH(bool, masks);
    const Json one = fixture("ap.json")["cases"][static_cast<std::size_t>(number)];
    std::vector<std::vector<ApMatches>> matched;
    for (const Json& image : one["images"]) {
      std::vector<ApTruth> truths;
      std::vector<ApFound> found;
      for (const Json& t : image["truths"])
        truths.push_back({t["class"], t["crowd"] == 1, boxOf(t["rect"]), maskOf(t)});
      for (const Json& f : image["found"])
        found.push_back({f["class"], f["score"], boxOf(f["box"]), maskOf(f)});
      matched.push_back(matchImage(truths, found, 8, masks));
    }
    const Json& expected = one[masks ? "mask" : "box"];
    std::vector<ApResult> classes;
    for (std::size_t c = 0; c < 8; ++c) {
      std::vector<const ApMatches*> images;
      for (const auto& image : matched) images.push_back(&image[c]);
      classes.push_back(AveragePrecision(images).compute());
    }
    const ApResult mean = meanOf(classes);
    QVERIFY2(same(mean.ap, expected["ap"]), qPrintable(QString::number(mean.ap)));
    QVERIFY2(same(mean.ap50, expected["ap50"]), qPrintable(QString::number(mean.ap50)));
    for (std::size_t c = 0; c < 8; ++c) {
      const auto& of = expected["classes"][c];
      QVERIFY2(same(classes[c].ap, of[0]), qPrintable(QString::number(c)));
      QVERIFY2(same(classes[c].ap50, of[1]), qPrintable(QString::number(c)));
    }
  }

  // Masks that meet no object of their class are not even pasted: nothing may come of it.
  void masksOfAnImageAreMatchedAsOnTheWholeImage() {
    std::mt19937 random(11);
    const auto real = [&](double least, double most) {
      return least + (most - least) * static_cast<double>(random()) / 4294967296.0;
    };
    constexpr double kScale = 2;
    const cv::Size size(160, 96);
    std::size_t matched = 0;
    for (int image = 0; image < 20; ++image) {
      Sample sample;
      sample.image = cv::Mat::zeros(size, CV_8UC3);
      sample.hasInstances = true;
      std::vector<ApTruth> truths;
      for (int i = 0; i < 12; ++i) {
        Instance object;
        object.classId = 1 + static_cast<int>(random() % 3);
        object.crowd = random() % 5 == 0;
        const int w = static_cast<int>(real(1, 60)), h = static_cast<int>(real(1, 60));
        const int x = static_cast<int>(real(0, 160 - w)), y = static_cast<int>(real(0, 96 - h));
        object.box = {static_cast<float>(x), static_cast<float>(y), static_cast<float>(x + w),
                      static_cast<float>(y + h)};
        object.mask.create(h, w, CV_8U);
        for (auto it = object.mask.begin<uchar>(); it != object.mask.end<uchar>(); ++it)
          *it = random() % 8 != 0;
        sample.instances.push_back(object);
        RegionMask whole{
            {{0, 0}, size}, cv::Mat::zeros(size, CV_8U), cv::countNonZero(object.mask)};
        object.mask.copyTo(whole.pixels({x, y, w, h}));
        truths.push_back({object.classId, object.crowd, object.box, whole});
      }
      Prediction prediction;
      prediction.tasks = TaskSet::all();
      prediction.image = cv::Mat::zeros(48, 80, CV_8UC3);
      std::vector<ApFound> found;
      for (int i = 0; i < 40; ++i) {
        const Box& near = sample.instances[random() % 12].box;
        const auto side = [&](float v, double most) {
          return static_cast<float>(std::clamp(v / kScale + real(-3, 3), 0., most));
        };
        Detection d;
        d.box = {side(near.x0, 80), side(near.y0, 48), side(near.x1, 80), side(near.y1, 48)};
        d.classId = 1 + static_cast<int>(random() % 4);
        d.score = static_cast<float>(real(0.05, 1));
        d.mask.create(28, 28, CV_32F);
        for (auto it = d.mask.begin<float>(); it != d.mask.end<float>(); ++it)
          *it = static_cast<float>(real(0.3, 1));
        prediction.detections.push_back(d);
        found.push_back({d.classId, d.score, d.box, pastedByDefinition(d, size, kScale)});
        const RegionMask pasted = pasteRegion(d, size, kScale, kScale);
        QCOMPARE(pasted.area, found.back().mask.area);
        if (pasted.area > 0)
          QCOMPARE(cv::norm(pasted.pixels, found.back().mask.pixels(pasted.rect), cv::NORM_INF),
                   0.0);
      }
      const auto expected = matchImage(truths, found, 8, true);
      const auto masks = measureImage(sample, sample, prediction, std::nullopt).masks;
      QCOMPARE(masks.size(), expected.size());
      for (std::size_t c = 0; c < masks.size(); ++c) {
        QCOMPARE(masks[c].positives, expected[c].positives);
        QCOMPARE(masks[c].records.size(), expected[c].records.size());
        for (std::size_t i = 0; i < masks[c].records.size(); ++i) {
          QVERIFY(masks[c].records[i].score == expected[c].records[i].score);
          QCOMPARE(masks[c].records[i].matched, expected[c].records[i].matched);
          QCOMPARE(masks[c].records[i].ignored, expected[c].records[i].ignored);
          matched += expected[c].records[i].matched != 0 ? 1 : 0;
        }
      }
    }
    QVERIFY(matched > 20);
  }

  // A sample that takes an image twice and leaves another out equals the set written out.
  void bootstrapSamplesEqualTheSetWrittenOut() {
    std::vector<ImageMeasures> images;
    for (int i = 0; i < 4; ++i) images.push_back(randomMeasures(static_cast<unsigned>(i)));
    const std::vector<int> times{2, 0, 1, 3};
    std::vector<ImageMeasures> written;
    for (std::size_t i = 0; i < images.size(); ++i)
      for (int k = 0; k < times[i]; ++k) written.push_back(images[i]);
    const Metrics a = MeasureSet(images, cityscapesClasses()).metrics(times),
                  b = MeasureSet(written, cityscapesClasses()).metrics();
    QCOMPARE(a.images, b.images);
    for (const auto& [key, value] : b.values)
      QVERIFY2(std::abs(a.value(key) - value) < 1e-12, key.c_str());
    for (const auto& [name, entries] : b.classes)
      for (const auto& [key, value] : entries) {
        const double found = a.classes.at(name).at(key);
        QVERIFY2(std::isnan(value) ? std::isnan(found) : std::abs(found - value) < 1e-12,
                 key.c_str());
      }
  }

  // Whatever a damaged file says of its sizes, nothing is read past them.
  void damagedMeasuresAreRefused_data() {
    QTest::addColumn<QString>("path");
    for (const char* path : {"/confusion", "/depth_sums/4", "/depth_sums/5", "/instance_depth/0",
                             "/instance_depth/2", "/class_losses/0", "/class_losses/3",
                             "/aspect_sums", "/aspect_counts", "/boxes", "/masks", "/boxes/0/1"})
      QTest::newRow(path) << QString(path);
  }
  void damagedMeasuresAreRefused() {
    const QFETCH(QString, path);
    const std::string bytes = packMeasures(randomMeasures(5));
    for (const bool longer : {false, true}) {
      Json json = Json::from_cbor(bytes);
      Json& list = json.at(Json::json_pointer(path.toStdString()));
      if (longer)
        list.push_back(list.back());
      else
        list.erase(list.size() - 1);
      const auto damaged = Json::to_cbor(json);
      QVERIFY_EXCEPTION_THROWN(unpackMeasures({damaged.begin(), damaged.end()}), Error);
    }
  }

  void numbersOutOfRangeAreRefused_data() {
    QTest::addColumn<QString>("path");
    for (const char* path : {"/classes/0", "/confusion/0", "/depth_sums/3", "/depth_sums/5/1",
                             "/instance_depth/2/0", "/aspect_counts/0/0", "/boxes/0/0"})
      QTest::newRow(path) << QString(path);
  }
  void numbersOutOfRangeAreRefused() {
    const QFETCH(QString, path);
    Json json = Json::from_cbor(packMeasures(randomMeasures(5)));
    json.at(Json::json_pointer(path.toStdString())) = 1e300;
    const auto damaged = Json::to_cbor(json);
    QVERIFY_EXCEPTION_THROWN(unpackMeasures({damaged.begin(), damaged.end()}), Error);
  }

  void measuresOfOtherClassesAreRefused() {
    QVERIFY_EXCEPTION_THROWN(MeasureSet({randomMeasures(1)}, nyuv2Classes()), Error);
  }

  void packedMeasuresComeBackExactly() {
    const ImageMeasures one = randomMeasures(5);
    const std::string bytes = packMeasures(one);
    QCOMPARE(packMeasures(unpackMeasures(bytes)), bytes);
    const Metrics a = MeasureSet({one}, cityscapesClasses()).metrics(),
                  b = MeasureSet({unpackMeasures(bytes)}, cityscapesClasses()).metrics();
    for (const auto& [key, value] : a.values) QCOMPARE(b.value(key), value);
    QVERIFY_EXCEPTION_THROWN(unpackMeasures(bytes.substr(0, bytes.size() / 2)), Error);
    QVERIFY_EXCEPTION_THROWN(unpackMeasures("nothing"), Error);
    QVERIFY_EXCEPTION_THROWN(unpackMeasures(std::string(2'000'000, '\x81')), Error);
  }

  // Numbers of cityscapesScripts.
  void meanIou() {
    for (const Json& one : fixture("miou.json")) {
      const auto map = [&](const char* key) {
        const auto rows = one[key].get<std::vector<std::vector<int>>>();
        cv::Mat ids(static_cast<int>(rows.size()), static_cast<int>(rows[0].size()), CV_8U);
        for (int y = 0; y < ids.rows; ++y)
          for (int x = 0; x < ids.cols; ++x)
            ids.at<uchar>(y, x) =
                static_cast<uchar>(rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]);
        return ids;
      };
      const auto [sample, prediction] = images(map("truth"), map("found"), {}, {});
      const Metrics found =
          MeasureSet({measureImage(sample, sample, prediction, std::nullopt)}, cityscapesClasses())
              .metrics();
      QVERIFY(same(found.value("miou"), one["mean"]));
      for (std::size_t i = 0; i < 19; ++i)
        QVERIFY(
            same(found.classes.at(cityscapesClasses()->semantic[i].name).at("iou"), one["iou"][i]));
    }
  }

  // Two images of 4 and 2 valid pixels: mean over images and pooled over pixels differ.
  void depthErrors() {
    const cv::Mat truthA = (cv::Mat_<float>(1, 5) << 10, 20, 40, 80, -1);
    const cv::Mat foundA = (cv::Mat_<float>(1, 5) << 11, 18, 40, 77, 50);
    const cv::Mat truthB = (cv::Mat_<float>(1, 5) << 5, 50, -1, -1, -1);
    const cv::Mat foundB = (cv::Mat_<float>(1, 5) << 8, 54, 1, 2, 3);
    std::vector<ImageMeasures> measures;
    for (const auto& [truth, found] : {std::pair{truthA, foundA}, {truthB, foundB}}) {
      const auto [sample, prediction] = images({}, {}, truth, found);
      measures.push_back(measureImage(sample, sample, prediction, std::nullopt));
    }
    const Metrics found = MeasureSet(measures, cityscapesClasses()).metrics();
    const double a = std::sqrt((1. + 4 + 0 + 9) / 4), b = std::sqrt((9. + 16) / 2);
    QVERIFY(std::abs(found.value("depth_rmse_m") - (a + b) / 2) < 1e-9);
    QVERIFY(std::abs(found.value("depth_rmse_pooled_m") - std::sqrt((14. + 25) / 6)) < 1e-9);
    const double relA = (0.1 + 0.1 + 0 + 3. / 80) / 4, relB = (3. / 5 + 4. / 50) / 2;
    QVERIFY(std::abs(found.value("depth_abs_rel") - (relA + relB) / 2) < 1e-6);
    QVERIFY(std::isnan(found.value("miou")));
    QVERIFY(found.toJson()["metrics"]["miou"].is_null());
  }

  // Printed in the paper's Table 1: UniNet against single-task networks.
  void deltaOfThePaper() {
    const std::array<bool, 2> higher{true, false};
    const auto delta = [&](double miou, double rmse) {
      const std::array<double, 2> found{miou, rmse}, baseline{64.96, 5.802};
      return deltaMtl(found, baseline, higher);
    };
    QCOMPARE(delta(64.96, 5.802), 0.0);
    QVERIFY(std::abs(delta(64.96 * 1.1, 5.802 * 0.9) - 10) < 1e-9);
    QVERIFY(std::abs(delta(64.96, 5.802 * 1.2) + 10) < 1e-9);
  }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
