#include <sys/resource.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/cityscapes.h"
#include "core/data/cityscapes_writer.h"
#include "core/data/class_table.h"
#include "core/data/dataset.h"
#include "core/data/folder_dataset.h"
#include "core/streetscape/streetscape.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

template <class Run>
QString sentence(Run run) {
  try {
    run();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestCityscapes : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path root_;
  const std::string name_ = "streetscape_000000_000000";

  fs::path file(const char* kind, const char* end) const {
    return root_ / kind / "val" / "town" / (name_ + end);
  }
  std::unique_ptr<Dataset> world() const { return openStreetscape("val", 2, 1, {256, 128}); }

 private Q_SLOTS:
  void init() {
    root_ = fs::path(folder_.path().toStdString()) / QTest::currentTestFunction() /
            (QTest::currentDataTag() != nullptr ? QTest::currentDataTag() : "tree");
    fs::remove_all(root_);
    writeCityscapes(*world(), root_, "val", "town", 2, {});
  }

  void readsWhatItWrites() {
    const auto data = openDataset(root_, "val");
    QCOMPARE(data->size(), std::size_t{2});
    QCOMPARE(data->group(0), std::string("town"));
    QVERIFY(data->hasGroundTruth());
    QCOMPARE(data->indexOf(name_), std::size_t{0});
    for (std::size_t i = 0; i < data->size(); ++i) {
      const RawFrame expected = world()->load(i), found = data->load(i);
      QCOMPARE(found.name, expected.name);
      QVERIFY(same(found.image, expected.image));
      QVERIFY(same(found.labelIds, expected.labelIds));
      QVERIFY(same(found.instanceIds, expected.instanceIds));
      QVERIFY(same(found.disparity, expected.disparity));
      QVERIFY(std::abs(found.camera.fx - expected.camera.fx) < 1e-9);
      QVERIFY(std::abs(found.camera.pitch - expected.camera.pitch) < 1e-12);
      QVERIFY(found.notes.empty());
    }
    QVERIFY(readTextFile(file("gtFine", "_gtFine_polygons.json")).find("\"road\"") !=
            std::string::npos);
  }

  void sameBytesWhateverTheThreads() {
    const fs::path other = root_.parent_path() / "other";
    writeCityscapes(*world(), other, "val", "town", 1, {});
    for (const auto& entry : fs::recursive_directory_iterator(root_))
      if (entry.is_regular_file())
        QVERIFY(readTextFile(entry.path()) ==
                readTextFile(other / fs::relative(entry.path(), root_)));
  }

  void missingGroundTruthIsSaid_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("said");
    QTest::newRow("labels") << "gtFine"
                            << "_gtFine_labelIds.png"
                            << "segmentation";
    QTest::newRow("instances") << "gtFine"
                               << "_gtFine_instanceIds.png"
                               << "objects";
    QTest::newRow("disparity") << "disparity"
                               << "_disparity.png"
                               << "depth";
    QTest::newRow("camera") << "camera"
                            << "_camera.json"
                            << "usual Cityscapes camera";
  }
  void missingGroundTruthIsSaid() {
    const QFETCH(QString, kind);
    const QFETCH(QString, end);
    const QFETCH(QString, said);
    fs::remove(file(kind.toUtf8(), end.toUtf8()));
    const RawFrame frame = openDataset(root_, "val")->load(0);
    QCOMPARE(frame.notes.size(), std::size_t{1});
    QVERIFY2(frame.notes[0].find(said.toStdString()) != std::string::npos, frame.notes[0].c_str());
    const Sample sample = makeSample(frame);
    QCOMPARE(sample.trainIds.empty(), kind == "gtFine" && end.contains("label"));
    QCOMPARE(sample.hasInstances, !end.contains("instance"));
    QCOMPARE(sample.depthMetres.empty(), kind == "disparity");
  }

  void groupsAreCrowds() {
    cv::Mat ids = readMap(file("gtFine", "_gtFine_instanceIds.png"), CV_16U);
    ids(cv::Rect(10, 10, 20, 12)).setTo(26);  // a group of cars
    writePng(file("gtFine", "_gtFine_instanceIds.png"), ids);
    const Sample sample = makeSample(openDataset(root_, "val")->load(0));
    const auto crowd = std::find_if(sample.instances.begin(), sample.instances.end(),
                                    [](const Instance& i) { return i.crowd; });
    QVERIFY(crowd != sample.instances.end());
    QCOMPARE(cityscapesClasses()->instanceName(crowd->classId), std::string("car"));
  }

  void badInputIsOneSentence_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("named");
    QTest::newRow("truncated picture") << "truncate"
                                       << "_leftImg8bit.png";
    QTest::newRow("no picture") << "text"
                                << "_leftImg8bit.png";
    QTest::newRow("16-bit labels") << "depth"
                                   << "_gtFine_labelIds.png";
    QTest::newRow("labels of another size") << "size"
                                            << "_gtFine_labelIds.png";
    QTest::newRow("train ids") << "train ids"
                               << "train ids";
    QTest::newRow("camera without a key") << "camera"
                                          << "intrinsic.fx";
    QTest::newRow("camera that is no JSON") << "json"
                                            << "_camera.json";
    QTest::newRow("1x1") << "small"
                         << "1x1";
    QTest::newRow("unknown split") << "split"
                                   << "there is val";
    QTest::newRow("only train ids") << "trainIds file"
                                    << "labelTrainIds";
  }
  void badInputIsOneSentence() {
    const QFETCH(QString, what);
    const QFETCH(QString, named);
    const fs::path picture = file("leftImg8bit", "_leftImg8bit.png");
    const fs::path labels = file("gtFine", "_gtFine_labelIds.png");
    const fs::path camera = file("camera", "_camera.json");
    if (what == "truncate") fs::resize_file(picture, fs::file_size(picture) / 2);
    if (what == "text") writeTextFile(picture, "no picture");
    if (what == "depth") writePng(labels, cv::Mat::zeros(128, 256, CV_16U));
    if (what == "size") writePng(labels, cv::Mat::zeros(64, 128, CV_8U));
    if (what == "train ids") {
      cv::Mat ids = readMap(labels, CV_8U);
      for (auto it = ids.begin<uchar>(); it != ids.end<uchar>(); ++it)
        *it = cityscapesClasses()->trainIdOfLabel(*it);
      writePng(labels, ids);
    }
    if (what == "camera") {
      std::string text = readTextFile(camera);
      text.replace(text.find("\"fx\""), 4, "\"gx\"");
      writeTextFile(camera, text);
    }
    if (what == "json") writeTextFile(camera, "{");
    if (what == "small") writePng(picture, cv::Mat::zeros(1, 1, CV_8UC3));
    if (what == "trainIds file") fs::rename(labels, file("gtFine", "_gtFine_labelTrainIds.png"));
    const QString said =
        sentence([&] { openDataset(root_, what == "split" ? "test" : "val")->load(0); });
    QVERIFY2(said.contains(named), qPrintable(said));
    QVERIFY2(!said.contains('\n'), qPrintable(said));
    // The other frame is still read.
    if (what != "split" && what != "trainIds file") openDataset(root_, "val")->load(1);
  }

  void hugePicturesAreRefusedBeforeDecoding() {
    // The header of a PNG of 20000 x 20000 and nothing else of it.
    std::string png = readTextFile(file("leftImg8bit", "_leftImg8bit.png"));
    for (const std::size_t at : {16u, 20u}) {
      png[at] = png[at + 1] = 0;
      png[at + 2] = static_cast<char>(20000 >> 8);
      png[at + 3] = static_cast<char>(20000 & 255);
    }
    writeTextFile(file("leftImg8bit", "_leftImg8bit.png"), png);
    const QString said = sentence([&] { openDataset(root_, "val")->load(0); });
    QVERIFY2(said.contains("20000x20000"), qPrintable(said));
  }

  void pictures() {
    const fs::path pictures = root_ / "pictures";
    fs::create_directories(pictures / "sub");
    const cv::Mat picture(40, 60, CV_8UC3, cv::Scalar(1, 2, 3));
    for (const char* name : {"b.png", "a.png", "sub/a.png"}) writePng(pictures / name, picture);
    writeTextFile(pictures / "notes.md", "no picture");
    writeTextFile(pictures / "list.txt", "b.png\nsub/a.png\n");

    const auto folder = openDataset(pictures, "val");
    QCOMPARE(folder->size(), std::size_t{3});
    QVERIFY(!folder->hasGroundTruth());
    QCOMPARE(folder->name(0), std::string("a"));
    QVERIFY(same(folder->image(0), picture));
    QCOMPARE(folder->load(0).notes.size(), std::size_t{1});
    QCOMPARE(openDataset(pictures / "list.txt", "")->name(1), std::string("sub/a"));
    QCOMPARE(openDataset(pictures / "b.png", "")->size(), std::size_t{1});

    fs::create_directories(root_ / "empty");
    QVERIFY(sentence([&] { openDataset(root_ / "empty", ""); }).contains("holds no picture"));
    QVERIFY(sentence([&] { openDataset(root_ / "nowhere", ""); }).contains("does not exist"));
    writeTextFile(pictures / "bad.txt", "gone.png\n");
    QVERIFY(sentence([&] { openDataset(pictures / "bad.txt", ""); }).contains("gone.png"));
    if (geteuid() != 0) {
      fs::permissions(pictures, fs::perms::none);
      QVERIFY(sentence([&] { openDataset(pictures, ""); }).contains("cannot be read"));
      fs::permissions(pictures, fs::perms::owner_all);
    }
  }

  void nothingHalfWrittenIsLeft() {
    // A file where a folder should be: writing fails and says where.
    const fs::path blocked = root_.parent_path() / "blocked";
    writeTextFile(blocked, "in the way");
    const QString said =
        sentence([&] { writeCityscapes(*world(), blocked, "val", "town", 1, {}); });
    QVERIFY2(said.contains("blocked"), qPrintable(said));
    // The limit on the size of files stands for a full disk: the write comes back short.
    writeTextFile(root_ / "kept.json", "old");
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{1000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string big(100000, 'x');
    const QString full = sentence([&] { writeTextFile(root_ / "kept.json", big); });
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY2(full.contains("kept.json"), qPrintable(full));
    QCOMPARE(readTextFile(root_ / "kept.json"), std::string("old"));
    for (const auto& entry : fs::directory_iterator(root_))
      QVERIFY(entry.path().string().find(".part") == std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestCityscapes)
#include "tst_cityscapes.moc"
