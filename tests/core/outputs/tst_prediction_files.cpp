#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/outputs/coco_export.h"
#include "core/outputs/prediction_files.h"
#include "core/outputs/run_lengths.h"

using namespace uninet;

namespace {

Prediction examplePrediction() {
  Prediction p;
  p.tasks = TaskSet::all();
  p.image = cv::Mat(32, 64, CV_8UC3, cv::Scalar(1, 2, 3));
  p.trainIds = cv::Mat(32, 64, CV_8U, cv::Scalar(13));
  p.trainIds.at<std::uint8_t>(0, 0) = kIgnoreLabel;
  p.depthMetres = cv::Mat(32, 64, CV_32F, cv::Scalar(20.25));
  p.depthMetres.at<float>(0, 0) = -1;
  Detection car{{4, 8, 24, 20}, 3, 0.75f, 20.5f, cv::Mat(28, 28, CV_32F, cv::Scalar(1))};
  Detection person{{30, 8, 40, 30}, 1, 0.5f, -1, {}};
  p.detections = {car, person};
  return p;
}

std::filesystem::path pathOf(const QTemporaryDir& folder) { return folder.path().toStdString(); }

}  // namespace

class TestPredictionFiles : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void readsBackWhatItWrote() {
    const QTemporaryDir folder;
    const auto path = pathOf(folder) / "new" / "folder";
    writePrediction(examplePrediction(), path, "clean");
    const cv::Mat labels = readMap(path / "clean_segment.png", CV_8U);
    QCOMPARE(int(labels.at<std::uint8_t>(5, 5)), 26);
    QCOMPARE(int(labels.at<std::uint8_t>(0, 0)), 0);
    QVERIFY(readImage(path / "clean_segment_colour.png").at<cv::Vec3b>(5, 5) ==
            cityscapesClasses()->semantic[13].colour);
    const cv::Mat depth = readMap(path / "clean_depth.png", CV_16U);
    QCOMPARE(int(depth.at<std::uint16_t>(5, 5)), 5184);
    QCOMPARE(int(depth.at<std::uint16_t>(0, 0)), 0);
    QVERIFY(readImage(path / "clean_depth_colour.png").at<cv::Vec3b>(5, 5) == depthColour(20.25));
    for (const char* name : {"detect", "inst_seg", "inst_depth"})
      QCOMPARE(readImage(path / (std::string("clean_") + name + ".png")).size(), cv::Size(64, 32));
  }

  void instancesAreComplete() {
    const nlohmann::json json = instancesJson(examplePrediction());
    QCOMPARE(json["image_size"]["width"].get<int>(), 64);
    const auto& car = json["instances"][0];
    QCOMPARE(car["class"].get<std::string>(), std::string("car"));
    QCOMPARE(car["label_id"].get<int>(), 26);
    QCOMPARE(car["depth_m"].get<double>(), 20.5);
    QCOMPARE(car["box"], nlohmann::json({4, 8, 24, 20}));
    // The runs are those of the pasted mask, read back column by column.
    const cv::Mat mask = pasteMask(examplePrediction().detections[0], {64, 32}, 1, 1);
    QVERIFY(cv::countNonZero(mask) > 0);
    int position = 0;
    std::uint8_t value = 0;
    for (const auto& run : car["mask"]["counts"]) {
      for (int i = 0; i < run.get<int>(); ++i, ++position)
        QCOMPARE(mask.at<std::uint8_t>(position % 32, position / 32), value);
      value = value == 0 ? 1 : 0;
    }
    QCOMPARE(position, 64 * 32);
    QVERIFY(json["instances"][1]["depth_m"].is_null());
    QVERIFY(!json["instances"][1].contains("mask"));
  }

  // Every rectangle of a small image, with its corners set and whatever else.
  void runLengthsAreThoseOfTheWholeImage() {
    const cv::Size size(4, 3);
    std::uint32_t random = 1;
    for (int code = 0; code < 4 * 4 * 3 * 3 * 8; ++code) {
      const cv::Point first(code / 8 % 4, code / 32 % 3), last(code / 96 % 4, code / 384 % 3);
      RegionMask mask;
      if (first.x <= last.x && first.y <= last.y) {
        mask.rect = {first, last + cv::Point(1, 1)};
        mask.pixels.create(mask.rect.size(), CV_8U);
        for (auto it = mask.pixels.begin<uchar>(); it != mask.pixels.end<uchar>(); ++it)
          *it = code % 8 == 0 || (random = 1664525 * random + 1013904223) >> 31 != 0 ? 1 : 0;
      }
      std::vector<std::int64_t> expected{0};
      int value = 0;
      for (int x = 0; x < size.width; ++x)
        for (int y = 0; y < size.height; ++y) {
          const cv::Point at(x, y);
          const bool inside = mask.rect.contains(at) && mask.pixels.at<uchar>(at - first) != 0;
          if (inside != (value == 1)) {
            expected.push_back(0);
            value = 1 - value;
          }
          ++expected.back();
        }
      QVERIFY2(runLengths(mask, size) == expected, qPrintable(QString::number(code)));
    }
  }

  void absentTasksWriteNothing() {
    const QTemporaryDir folder;
    Prediction p = examplePrediction();
    p.tasks = TaskSet::parse("segment");
    p.detections.clear();
    p.depthMetres.release();
    writePrediction(p, pathOf(folder));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
             QStringList({"segment.png", "segment_colour.png"}));
  }

  void auxiliaryTasksHavePictures() {
    const QTemporaryDir folder;
    Prediction p = examplePrediction();
    p.contours = cv::Mat(32, 64, CV_32F, cv::Scalar(0.2));
    p.normals = cv::Mat(32, 64, CV_32FC3, cv::Scalar(0, 0.6, 0.8));
    const auto files = writePrediction(p, pathOf(folder), "clean");
    QCOMPARE(files.size(), std::size_t{11});
    const auto file = [&](const char* name) { return pathOf(folder) / name; };
    QCOMPARE(int(readMap(file("clean_sem_cont.png"), CV_8U).at<std::uint8_t>(3, 4)), 51);
    QVERIFY(readImage(file("clean_sem_cont_colour.png")).at<cv::Vec3b>(3, 4) ==
            cv::Vec3b::all(195));
    QVERIFY(readImage(file("clean_sur_nor.png")).at<cv::Vec3b>(3, 4) == cv::Vec3b(128, 204, 230));
  }

  void imagesWithoutInstancesAreNotExported() {
    const QTemporaryDir folder;
    Sample sample;
    sample.name = "unknown";
    sample.image = cv::Mat::zeros(32, 64, CV_8UC3);
    CocoExport coco;
    coco.add(sample, examplePrediction());
    sample.name = "known";
    sample.hasInstances = true;
    coco.add(sample, examplePrediction());
    const auto files = coco.write(pathOf(folder));
    QCOMPARE(files.size(), std::size_t{2});
    const auto truth = nlohmann::json::parse(readTextFile(files[0]));
    QCOMPARE(truth["images"].size(), std::size_t{1});
    QCOMPARE(truth["images"][0]["file_name"].get<std::string>(), std::string("known"));
    for (const auto& result : nlohmann::json::parse(readTextFile(files[1])))
      QCOMPARE(result["image_id"], truth["images"][0]["id"]);
  }

  void returnsWhatItWrote() {
    const QTemporaryDir folder;
    const auto files = writePrediction(examplePrediction(), pathOf(folder), "x");
    QStringList names;
    for (const auto& file : files) names << QString::fromStdString(file.filename().string());
    names.sort();
    QCOMPARE(names, QDir(folder.path()).entryList(QDir::Files, QDir::Name));
  }

  void saysWhereItCannotWrite() {
    const QTemporaryDir folder;
    const auto blocked = pathOf(folder) / "file";
    std::ofstream(blocked) << "x";
    try {
      writePrediction(examplePrediction(), blocked);
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).find(blocked.string()) != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(TestPredictionFiles)
#include "tst_prediction_files.moc"
