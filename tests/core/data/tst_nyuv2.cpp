// The three layouts of NYUv2, made here, and what is wrong in them.
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/data/nyuv2.h"
#include "core/metrics/metrics.h"
#include "support/nyuv2_tree.h"

using namespace uninet;
using namespace uninet::nyuv2_tree;
namespace fs = std::filesystem;

namespace {

std::string refusalOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

class TestNyuv2 : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int made_ = 0;

  fs::path freshTree(Nyuv2Layout layout) {
    const fs::path root = fs::path(folder_.path().toStdString()) / concat("tree", made_++);
    makeTree(root, layout);
    return root;
  }

  static void eachLayout() {
    QTest::addColumn<int>("layout");
    QTest::newRow("folders") << static_cast<int>(Nyuv2Layout::folders);
    QTest::newRow("NYUD_MT") << static_cast<int>(Nyuv2Layout::lists);
    QTest::newRow("converted") << static_cast<int>(Nyuv2Layout::converted);
  }

 private Q_SLOTS:
  void layouts_data() { eachLayout(); }
  void layouts() {
    QFETCH(int, layout);
    const fs::path root = freshTree(static_cast<Nyuv2Layout>(layout));
    const auto tree = findNyuv2(root);
    QVERIFY(tree.has_value());
    QCOMPARE(static_cast<int>(tree->layout), layout);
    QVERIFY(hasSplits(root));
    const auto data = openDataset(root, "val");
    QCOMPARE(data->size(), std::size_t{2});
    QCOMPARE(data->name(1), std::string("0002"));
    QVERIFY(sameClasses(data->classes(), nyuv2Classes()));
    const RawFrame frame = data->load(0);
    QVERIFY(frame.notes.empty());
    const Sample sample = makeSample(frame);
    // Label v is class v − 1; 0 and 255 are ignored.
    QCOMPARE(sample.trainIds.at<std::uint8_t>(10, 10), std::uint8_t{0});
    QCOMPARE(sample.trainIds.at<std::uint8_t>(30, 10), std::uint8_t{39});
    QCOMPARE(sample.trainIds.at<std::uint8_t>(1, 10), kIgnoreLabel);
    QCOMPARE(sample.trainIds.at<std::uint8_t>(5, 10), kIgnoreLabel);
    QVERIFY(std::abs(sample.depthMetres.at<float>(20, 7) - metres().at<float>(20, 7)) < 1e-3);
    QCOMPARE(sample.depthMetres.at<float>(1, 7), -1.f);
    QVERIFY(!sample.hasInstances);
    // The camera is that of 480×640, at the size of the picture.
    QVERIFY(std::abs(sample.pinhole.fx - 58.262448) < 1e-6);
    QCOMPARE(openDataset(root, "train")->size(), std::size_t{1});
    const std::string refused = refusalOf([&] { openDataset(root, "all"); });
    QVERIFY2(refused.find("has no split \"all\"; there is ") != std::string::npos, refused.c_str());
  }

  void moreTruth_data() { eachLayout(); }
  void moreTruth() {
    QFETCH(int, layout);
    const fs::path root = freshTree(static_cast<Nyuv2Layout>(layout));
    addMore(root, static_cast<Nyuv2Layout>(layout));
    const RawFrame frame = openDataset(root, "val")->load(0);
    QVERIFY(frame.notes.empty());
    const bool folders = layout == static_cast<int>(Nyuv2Layout::folders);
    const bool lists = layout == static_cast<int>(Nyuv2Layout::lists);
    QCOMPARE(frame.normals.empty(), !folders && !lists);
    if (folders || lists) {
      // Half a step of 8 bits.
      QVERIFY(cv::norm(frame.normals, normals(), cv::NORM_INF) <= (lists ? 0 : 1. / 255 + 1e-6));
      for (const int row : {0, 1})  // black, and middle grey
        QCOMPARE(cv::countNonZero(frame.normals.row(row).reshape(1)), 0);
    }
    QCOMPARE(frame.edges.empty(), !lists);
    if (lists) {
      QCOMPARE(frame.edges.at<std::uint8_t>(9, 15), std::uint8_t{1});
      QCOMPARE(frame.edges.at<std::uint8_t>(9, 16), std::uint8_t{0});
      QCOMPARE(cv::countNonZero(frame.edges), 8 * 48);
    }
    const Sample sample = makeSample(frame);
    QVERIFY(sample.hasInstances && sample.hasTruth());
    QCOMPARE(sample.instances.size(), std::size_t{3});
    const Instance& bed = sample.instances[0];
    QCOMPARE(nyuv2Classes()->instanceName(bed.classId), std::string("bed"));
    QVERIFY(bed.box == (Box{10, 20, 50, 44}) && !bed.crowd);
    QCOMPARE(cv::countNonZero(bed.mask), 40 * 24);
    // It lies on the bed, and both have their own pixels.
    QCOMPARE(nyuv2Classes()->instanceName(sample.instances[1].classId), std::string("pillow"));
    QVERIFY(sample.instances[1].box == (Box{12, 22, 20, 30}));
    const Instance& books = sample.instances[2];
    QVERIFY(books.crowd && books.box == (Box{0, 0, 2, 5}));
    for (const Instance& instance : sample.instances) QCOMPARE(instance.depthMetres, -1.f);
    // Nothing is annotated in the second, which is known.
    const Sample second = makeSample(openDataset(root, "val")->load(1));
    QVERIFY(second.hasInstances && second.instances.empty());
    QVERIFY(!makeSample(openDataset(root, "train")->load(0)).hasInstances);
    // All of it is part of what a frame is known by.
    RawFrame other = frame;
    other.objects->pop_back();
    QVERIFY(fingerprint(other) != fingerprint(frame));
    other.objects->clear();
    const std::string nothing = fingerprint(other);
    other.objects.reset();
    QVERIFY(fingerprint(other) != nothing);
    if (!lists) return;
    other = frame;
    other.edges = cv::Mat(1 - frame.edges);
    QVERIFY(fingerprint(other) != fingerprint(frame));
    other = frame;
    other.normals = cv::Mat(-frame.normals);
    QVERIFY(fingerprint(other) != fingerprint(frame));
  }

  // All objects found: 1. The pillow as another class: half of the two classes.
  void precisionOfObjects() {
    const fs::path root = freshTree(Nyuv2Layout::folders);
    addMore(root, Nyuv2Layout::folders);
    const Sample sample = makeSample(openDataset(root, "val")->load(0));
    const auto precision = [&](int pillow) {
      Prediction prediction;
      prediction.classes = nyuv2Classes();
      prediction.tasks = TaskSet::parse("detect");
      prediction.image = sample.image;
      for (const Instance& instance : sample.instances)
        if (!instance.crowd)
          prediction.detections.push_back({instance.box, instance.classId, 0.9f, -1, {}});
      prediction.detections[1].classId = pillow;
      const MeasureSet set({measureImage(sample, sample, prediction, {}, {})}, nyuv2Classes());
      return set.metrics().value("ap_box");
    };
    QCOMPARE(precision(18), 1.);
    QCOMPARE(precision(19), 0.5);
  }

  void moreTruthThatLacks() {
    const fs::path root = freshTree(Nyuv2Layout::lists);
    addMore(root, Nyuv2Layout::lists);
    fs::remove(root / "edge" / "0001.npy");
    fs::remove(root / "normals" / "0001.npy");
    std::string text = kAnnotations;
    text.replace(text.find("0001"), 4, "0007");
    write(root / "annotations" / "instances_val_40.json", text);
    const RawFrame frame = openDataset(root, "val")->load(0);
    QCOMPARE(frame.notes.size(), std::size_t{3});
    QVERIFY(frame.notes[0].starts_with("no ground truth for surface normals: "));
    QVERIFY(frame.notes[1].starts_with("no ground truth for edges: "));
    QVERIFY(frame.notes[2].starts_with("no ground truth for instances: "));
    QVERIFY(frame.normals.empty() && frame.edges.empty() && !frame.objects);
  }

  void moreTruthIsChecked() {
    const fs::path root = freshTree(Nyuv2Layout::lists);
    const auto refused = [&](const fs::path& file, const std::string& bytes,
                             const std::string& part) {
      write(file, bytes);
      const std::string why = refusalOf([&] { openDataset(root, "val")->load(0); });
      QVERIFY2(why.starts_with(file.string()) && why.find(part) != std::string::npos, why.c_str());
    };
    const fs::path normalFile = root / "normals" / "0001.npy";
    refused(normalFile, npyOf(metres()),
            "expected height \u00d7 width \u00d7 3, row by row, found 48 \u00d7 64");
    refused(normalFile, npyOf(cv::Mat(20, 64, CV_32FC3, cv::Scalar::all(0))),
            "expected the size of the image, 48x64, found 20x64");
    cv::Mat map = normals();
    map.at<cv::Vec3f>(9, 4) = {0.6f, 0.6f, 0.6f};  // 1.04 long
    write(normalFile, npyOf(map));
    QVERIFY(!openDataset(root, "val")->load(0).normals.empty());
    map.at<cv::Vec3f>(9, 4) = {0.6f, 0.6f, 0.65f};
    refused(normalFile, npyOf(map), "expected unit vectors (lengths from 0.95 to 1.05");
    map.at<cv::Vec3f>(9, 4) = cv::Vec3f::all(std::numeric_limits<float>::quiet_NaN());
    refused(normalFile, npyOf(map), "in row 9, column 4");
    write(normalFile, npyOf(normals()));
    const fs::path edgeFile = root / "edge" / "0001.npy";
    map = edges();
    map.at<float>(3, 5) = 0.5f;
    refused(edgeFile, npyOf(map), "expected 0 or 1 (an edge), found 0.5 in row 3, column 5");
    refused(edgeFile, npyOf(normals()), "expected one map, height \u00d7 width");
  }

  void annotationsAreChecked_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* before, const char* after, const char* part) {
      QTest::newRow(name) << before << after << part;
    };
    row("no JSON", "{", "", "COCO annotations");
    row("no list", "\"images\": [", "\"pictures\": [", "expected images, found none");
    row("category", "\"category_id\": 18", "\"category_id\": 41",
        "annotation 2: category_id: expected a class of NYUv2 that has instances, found 41");
    row("category 0", "\"category_id\": 18", "\"category_id\": 0", "annotation 2: category_id");
    row("category far off", "\"category_id\": 18", "\"category_id\": 1e9", "annotation 2: ");
    row("image", "\"image_id\": 5", "\"image_id\": 7", "expected an image of the file, found 7");
    row("image twice", "\"id\": 6", "\"id\": 5", "expected each image once");
    row("name twice", "0002", "0001", "expected each image once");
    row("annotation twice", "\"id\": 2,", "\"id\": 1,", "expected each annotation once");
    row("size", "\"height\": 48", "\"height\": 0", "image 5: height: ");
    row("large", "\"width\": 64", "\"width\": 20000", "image 5: width: ");
    row("odd", "12, 30]", "12]", "annotation 2: segmentation: expected an outline of three points");
    row("two points", ", 20, 30, 12, 30]", "]", "found 4 numbers");
    row("far outside", "[[12, 22", "[[12, 200", "expected points in an image of 48x64");
    row("no number", "[[12, 22", "[[12, \"a\"", "expected numbers, found string");
    row("no segmentation", "[[12, 22, 20, 22, 20, 30, 12, 30]]", "[]", "found none");
    row("size of runs", "\"size\": [48, 64]", "\"size\": [64, 48]",
        "annotation 3: segmentation: size: expected that of the image, [48,64], found [64,48]");
    row("negative run", "[0, 5, 43", "[0, -5, 43", "annotation 3: segmentation: counts: ");
    row("long runs", "3019]", "3020]", "expected run lengths of 3072 pixels, found more");
    row("short runs", "3019]", "3018]", "expected run lengths of 3072 pixels, found 3071");
    row("text of runs", "[0, 5, 43, 5, 3019]", "\"0~\"", "expected compressed run lengths");
    row("end of runs", "[0, 5, 43, 5, 3019]", "\"0P\"", "found an end within one");
  }
  void annotationsAreChecked() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, part);
    const fs::path root = freshTree(Nyuv2Layout::folders);
    const fs::path file = root / "annotations" / "instances_val_40.json";
    QString text = kAnnotations;
    const int at = static_cast<int>(text.indexOf(before));
    QVERIFY(at >= 0);
    write(file, text.replace(at, before.size(), after).toStdString());
    const std::string why = refusalOf([&] { openDataset(root, "val"); });
    QVERIFY2(QString::fromStdString(why).startsWith(QString::fromStdString(file.string())) &&
                 QString::fromStdString(why).contains(part),
             why.c_str());
  }

  // Of an image of another size, and an object that is a line.
  void annotationsOfTheImage() {
    const fs::path root = freshTree(Nyuv2Layout::folders);
    const fs::path file = root / "annotations" / "instances_val_40.json";
    std::string text = kAnnotations;
    text.replace(text.find("[[12, 22, 20, 22, 20, 30, 12, 30]]"), 34, "[[12, 22, 20, 22, 30, 22]]");
    write(file, text);
    const RawFrame frame = openDataset(root, "val")->load(0);
    QCOMPARE(frame.objects->size(), std::size_t{2});
    QCOMPARE(frame.notes.size(), std::size_t{1});
    QVERIFY(frame.notes[0].ends_with("annotation 2"));
    write(root / "image" / "val" / "0001.png", cv::Mat(24, 32, CV_8UC3, cv::Scalar::all(9)));
    fs::remove_all(root / "seg40");
    fs::remove_all(root / "depth" / "val");
    const std::string why = refusalOf([&] { openDataset(root, "val")->load(0); });
    QVERIFY2(why == file.string() + ": expected the size of the image, 24x32, found 48x64",
             why.c_str());
  }

  void folderAround() {
    const fs::path root = freshTree(Nyuv2Layout::lists);
    const fs::path around = root.parent_path() / "around";
    makeFolder(around);
    fs::rename(root, around / "NYUD_MT");
    QCOMPARE(openDataset(around, "test")->size(), std::size_t{2});
  }

  // Both names of the second split are known, whichever is there.
  void valAndTest() {
    QCOMPARE(openDataset(freshTree(Nyuv2Layout::converted), "test")->size(), std::size_t{2});
    QCOMPARE(openDataset(freshTree(Nyuv2Layout::folders), "test")->size(), std::size_t{2});
  }

  void whatLacksIsSaid() {
    const fs::path root = freshTree(Nyuv2Layout::folders);
    fs::remove(root / "depth" / "val" / "0001.png");
    fs::remove(root / "seg40" / "val" / "0001.png");
    const RawFrame frame = openDataset(root, "val")->load(0);
    QCOMPARE(frame.notes.size(), std::size_t{2});
    QVERIFY(frame.notes[0].starts_with("no ground truth for segmentation: "));
    QVERIFY(frame.depthMetres.empty() && frame.labelIds.empty());
  }

  void unknownDepth() {
    const fs::path root = freshTree(Nyuv2Layout::lists);
    cv::Mat map = metres();
    map.at<float>(20, 1) = std::numeric_limits<float>::quiet_NaN();
    map.at<float>(20, 2) = -4;
    map.at<float>(20, 3) = 95;
    cv::Mat doubles;
    map.convertTo(doubles, CV_64F);
    write(root / "depth" / "0001.npy", npyOf(doubles, "<f8", 2));
    const Sample sample = makeSample(openDataset(root, "val")->load(0));
    for (const int x : {1, 2, 3}) QCOMPARE(sample.depthMetres.at<float>(20, x), -1.f);
    QCOMPARE(sample.depthMetres.at<float>(20, 4), map.at<float>(20, 4));
  }

  void refusals() {
    const fs::path root = freshTree(Nyuv2Layout::folders);
    const auto load = [&](double unit = 0) {
      DataOptions options;
      options.depthUnit = unit;
      return openDataset(root, options)->load(0);
    };
    const fs::path labelFile = root / "seg40" / "val" / "0001.png";
    cv::Mat map = labels();
    map.at<std::uint8_t>(12, 3) = 41;
    write(labelFile, map);
    std::string refused = refusalOf([&] { load(); });
    QVERIFY2(refused.starts_with(labelFile.string() + ": expected labels 0 to 40"),
             refused.c_str());
    write(labelFile, cv::Mat(20, 20, CV_8U, cv::Scalar(1)));
    refused = refusalOf([&] { load(); });
    QVERIFY2(
        refused.find("expected the size of the image, 48x64, found 20x20") != std::string::npos,
        refused.c_str());
    write(labelFile, labels());

    // Metres in a 16-bit file, as if they were millimetres.
    const fs::path depthFile = root / "depth" / "val" / "0001.png";
    cv::Mat whole;
    metres().convertTo(whole, CV_16U);
    write(depthFile, whole);
    refused = refusalOf([&] { load(); });
    QVERIFY2(refused.find("expected depth in units of 0.001 m, found a median of 0.005 m") !=
                 std::string::npos,
             refused.c_str());
    const Sample sample = makeSample(load(1));
    QVERIFY(std::abs(sample.depthMetres.at<float>(20, 7) - metres().at<float>(20, 7)) <= 0.5);
    write(depthFile, millimetres());
    refused = refusalOf([&] { load(0.05); });
    QVERIFY2(refused.find("--depth-unit") != std::string::npos, refused.c_str());
  }

  void otherFilesAreRefused() {
    const fs::path root = freshTree(Nyuv2Layout::lists);
    const fs::path file = root / "depth" / "0001.npy";
    const auto refusal = [&](const std::string& bytes) {
      write(file, bytes);
      return refusalOf([&] { openDataset(root, "val")->load(0); });
    };
    QVERIFY(refusal("no array at all") == file.string() + " is no .npy array");
    QVERIFY(refusal(npyOf(metres(), ">f4")).find("is big-endian") != std::string::npos);
    QVERIFY(refusal(npyOf(metres(), "<i8")).find("is of type '<i8'") != std::string::npos);
    QVERIFY(refusal(npyOf(metres()).substr(0, 900)).find("do not fit its shape") !=
            std::string::npos);
    QVERIFY(refusal(npyOf(metres().reshape(1, {48 * 64}).reshape(1, 1), "<f4"))
                .find("expected the size of the image") != std::string::npos);

    write(root / "gt_sets" / "val.txt", std::string("0001\n0009\n"));
    std::string listed = refusalOf([&] { openDataset(root, "val"); });
    QVERIFY2(listed.find("0009") != std::string::npos, listed.c_str());
    write(root / "gt_sets" / "val.txt", std::string("../../0001\n"));
    listed = refusalOf([&] { openDataset(root, "val"); });
    QVERIFY2(listed.find("expected names of pictures in ") != std::string::npos, listed.c_str());
  }

  void theOriginalIsNamed() {
    const fs::path folder = fs::path(folder_.path().toStdString()) / "original";
    write(folder / "nyu_depth_v2_labeled.mat", std::string("MATLAB 7.3"));
    for (const fs::path& path : {folder, folder / "nyu_depth_v2_labeled.mat"}) {
      const std::string refused = refusalOf([&] { openDataset(path, "val"); });
      QVERIFY2(refused.find("894 labels") != std::string::npos &&
                   refused.find("NYUD_MT") != std::string::npos,
               refused.c_str());
    }
  }

  void thirteenClasses() {
    const fs::path root = freshTree(Nyuv2Layout::converted);
    fs::rename(root / "test" / "labels_40", root / "test" / "labels_13");
    const std::string refused = refusalOf([&] { openDataset(root, "test"); });
    QVERIFY2(refused.find("found labels_13") != std::string::npos, refused.c_str());
  }

  // Plain folders and Cityscapes trees are none.
  void otherFolders() {
    const fs::path folder = fs::path(folder_.path().toStdString()) / "plain";
    write(folder / "rgb" / "a.png", picture());
    write(folder / "images" / "b.png", picture());
    QVERIFY(!findNyuv2(folder).has_value());
    QCOMPARE(openDataset(folder, "val")->size(), std::size_t{2});
  }
};

QTEST_APPLESS_MAIN(TestNyuv2)
#include "tst_nyuv2.moc"
