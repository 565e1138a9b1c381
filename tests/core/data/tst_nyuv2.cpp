// The three layouts of NYUv2, made here, and what is wrong in them.
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/data/nyuv2.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

const cv::Size kFrame{64, 48};

/// As numpy.save() writes it.
std::string npyOf(const cv::Mat& map, const std::string& type = "<f4", int version = 1) {
  std::string header = concat("{'descr': '", type, "', 'fortran_order': False, 'shape': (",
                              map.rows, ", ", map.cols, "), }");
  const std::size_t begin = version == 1 ? 10 : 12;
  header.resize((begin + header.size() + 1 + 63) / 64 * 64 - begin - 1, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY", 6);
  bytes += {static_cast<char>(version), '\0', static_cast<char>(header.size()),
            static_cast<char>(header.size() >> 8)};
  if (version > 1) bytes += std::string(2, '\0');
  return bytes + header +
         std::string(reinterpret_cast<const char*>(map.data), map.total() * map.elemSize());
}

cv::Mat labels() {
  cv::Mat map(kFrame, CV_8U, cv::Scalar(1));
  map.rowRange(24, 48).setTo(40);
  map.rowRange(0, 4).setTo(0);
  map.rowRange(4, 8).setTo(255);
  return map;
}

/// Metres from 2 to 8, in the first rows unknown.
cv::Mat metres() {
  cv::Mat map(kFrame, CV_32F);
  for (int y = 0; y < map.rows; ++y)
    for (int x = 0; x < map.cols; ++x)
      map.at<float>(y, x) = y < 3 ? 0.f : 2 + static_cast<float>(y * 64 + x) / 512;
  return map;
}

cv::Mat millimetres() {
  cv::Mat map;
  metres().convertTo(map, CV_16U, 1000);
  return map;
}

void write(const fs::path& file, const cv::Mat& map) {
  makeFolder(file.parent_path());
  writePng(file, map);
}
void write(const fs::path& file, const std::string& bytes) {
  makeFolder(file.parent_path());
  writeTextFile(file, bytes);
}

cv::Mat picture() { return cv::Mat(kFrame, CV_8UC3, cv::Scalar(10, 20, 30)); }

/// One image for training and two to validate in a layout.
void makeTree(const fs::path& root, Nyuv2Layout layout) {
  for (const auto& [split, name] : {std::pair{"train", "0003"}, {"val", "0001"}, {"val", "0002"}}) {
    const std::string png = concat(name, ".png");
    switch (layout) {
      case Nyuv2Layout::folders:
        write(root / "image" / split / png, picture());
        write(root / "seg40" / split / png, labels());
        write(root / "depth" / split / png, millimetres());
        break;
      case Nyuv2Layout::lists:
        write(root / "images" / png, picture());
        write(root / "segmentation" / png, labels());
        write(root / "depth" / concat(name, ".npy"), npyOf(metres()));
        break;
      case Nyuv2Layout::converted: {
        const fs::path folder = root / (std::string(split) == "val" ? "test" : "train");
        write(folder / "rgb" / png, picture());
        write(folder / "labels_40" / png, labels());
        write(folder / "depth" / png, millimetres());
        break;
      }
    }
  }
  if (layout == Nyuv2Layout::lists) {
    write(root / "gt_sets" / "train.txt", std::string("0003\n"));
    write(root / "gt_sets" / "val.txt", std::string("0001\r\n0002\r\n\r\n"));
  }
}

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
    const std::string listed = refusalOf([&] { openDataset(root, "val"); });
    QVERIFY2(listed.find("0009") != std::string::npos, listed.c_str());
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
