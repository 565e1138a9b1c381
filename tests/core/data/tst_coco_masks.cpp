// Masks of COCO annotations against pycocotools (tests/fixtures/coco).
#include <QtTest>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/coco_masks.h"
#include "core/outputs/coco_export.h"

using namespace uninet;
using Json = nlohmann::json;

class TestCocoMasks : public QObject {
  Q_OBJECT

  static Json cases() {
    return Json::parse(readTextFile(std::string(UNINET_FIXTURES) + "/coco/masks.json"))["cases"];
  }

 private Q_SLOTS:
  void asPycocotools_data() {
    QTest::addColumn<int>("place");
    const Json all = cases();
    for (std::size_t i = 0; i < all.size(); ++i)
      QTest::newRow(all[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
  }
  void asPycocotools() {
    QFETCH(int, place);
    const Json one = cases()[static_cast<std::size_t>(place)];
    const cv::Size size(one["size"][1], one["size"][0]);
    const Json& segmentation = one["segmentation"];
    cv::Mat mask = cv::Mat::zeros(size, CV_8U);
    if (segmentation.is_array())
      for (const Json& outline : segmentation)
        mask |= maskOfOutline(outline.get<std::vector<double>>(), size);
    else if (segmentation["counts"].is_string())
      mask = maskOfRuns(runsOfText(segmentation["counts"].get<std::string>()), size);
    else
      mask = maskOfRuns(segmentation["counts"].get<std::vector<std::int64_t>>(), size);
    QCOMPARE(mask.size(), size);
    QCOMPARE(cv::countNonZero(mask), one["area"].get<int>());
    const std::string counts = one["counts"];
    QCOMPARE(cocoRle({{{0, 0}, size}, mask, 0}, size)["counts"].get<std::string>(), counts);
    QVERIFY(cv::norm(mask, maskOfRuns(runsOfText(counts), size), cv::NORM_INF) == 0);
  }

  void refusals() {
    const auto why = [](const std::function<void()>& action) {
      try {
        action();
      } catch (const Error& error) {
        return QString(error.what());
      }
      return QString();
    };
    const cv::Size size(4, 3);
    QVERIFY(why([&] { maskOfRuns({5, -1, 8}, size); }).contains("found -1"));
    QVERIFY(why([&] { maskOfRuns({5, 6}, size); }).contains("of 12 pixels, found 11"));
    QVERIFY(why([&] { maskOfRuns({5, INT64_MAX}, size); }).contains("found more"));
    QVERIFY(why([&] { maskOfOutline({0, 0, 1, 1, 2}, size); }).contains("found 5 numbers"));
    QVERIFY(why([&] { maskOfOutline({0, 0, 3, 0}, size); }).contains("found 4 numbers"));
    QVERIFY(why([&] { maskOfOutline({0, 0, 3, 0, 9, 2}, size); }).contains("found 9, 2"));
    QVERIFY(why([&] { maskOfOutline({0, 0, 3, 0, std::nan(""), 2}, size); }).contains("nan"));
    QVERIFY(why([] { runsOfText("4 "); }).contains("another text"));
    QVERIFY(why([] { runsOfText("4PPPPPPPPPP0"); }).contains("another text"));
    QVERIFY(why([] { runsOfText("4P"); }).contains("an end within one"));
    QVERIFY(why([] { runsOfText("N"); }).contains("found -2"));
  }
};

QTEST_APPLESS_MAIN(TestCocoMasks)
#include "tst_coco_masks.moc"
