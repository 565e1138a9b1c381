#include <sys/resource.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
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
                            << "default camera of Cityscapes";
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
    QTest::newRow("camera without a key") << "camera"
                                          << "intrinsic.fx";
    QTest::newRow("camera that is no JSON") << "json"
                                            << "_camera.json";
    QTest::newRow("1x1") << "small"
                         << "1x1";
    QTest::newRow("unknown split") << "split"
                                   << "there is val";
  }
  void badInputIsOneSentence() {
    const QFETCH(QString, what);
    const QFETCH(QString, named);
    const fs::path picture = file("leftImg8bit", "_leftImg8bit.png");
    const fs::path labels = file("gtFine", "_gtFine_labelIds.png");
    const fs::path camera = file("camera", "_camera.json");
    if (what == "truncate") fs::resize_file(picture, fs::file_size(picture) / 2);
    if (what == "text") writeTextFile(picture, "no picture");
    if (what == "depth") writePng(labels, cv::Mat(128, 256, CV_16U, cv::Scalar(26001)));
    if (what == "size") writePng(labels, cv::Mat::zeros(64, 128, CV_8U));
    if (what == "camera") {
      std::string text = readTextFile(camera);
      text.replace(text.find("\"fx\""), 4, "\"gx\"");
      writeTextFile(camera, text);
    }
    if (what == "json") writeTextFile(camera, "{");
    if (what == "small") writePng(picture, cv::Mat::zeros(1, 1, CV_8UC3));
    const QString said =
        sentence([&] { openDataset(root_, what == "split" ? "test" : "val")->load(0); });
    QVERIFY2(said.contains(named), qPrintable(said));
    QVERIFY2(!said.contains('\n'), qPrintable(said));
    // The other frame is still read.
    if (what != "split") openDataset(root_, "val")->load(1);
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

  void theTreeIsFoundAround_data() {
    QTest::addColumn<QString>("given");
    QTest::addColumn<bool>("unpacked");  // each kind in a folder of its own
    QTest::newRow("itself") << "" << false;
    QTest::newRow("with a slash") << "./" << false;
    QTest::newRow("its pictures") << "leftImg8bit" << false;
    QTest::newRow("a split") << "leftImg8bit/val" << false;
    QTest::newRow("a city") << "leftImg8bit/val/town/" << false;
    QTest::newRow("the folder above") << ".." << false;
    QTest::newRow("archives") << "" << true;
    QTest::newRow("one archive") << "leftImg8bit_trainvaltest" << true;
    QTest::newRow("pictures of an archive") << "leftImg8bit_trainvaltest/leftImg8bit" << true;
    QTest::newRow("split of an archive") << "leftImg8bit_trainvaltest/leftImg8bit/val" << true;
  }
  void theTreeIsFoundAround() {
    const QFETCH(QString, given);
    const QFETCH(bool, unpacked);
    // The folder above must hold this tree alone.
    const fs::path alone = root_.parent_path() / "alone" / root_.filename() / "tree";
    fs::remove_all(alone);
    fs::create_directories(alone.parent_path());
    fs::rename(root_, alone);
    if (unpacked)
      for (const char* kind : {"leftImg8bit", "gtFine", "disparity", "camera"}) {
        fs::create_directories(alone / (std::string(kind) + "_trainvaltest"));
        fs::rename(alone / kind, alone / (std::string(kind) + "_trainvaltest") / kind);
      }
    const auto data = openDataset(alone / given.toStdString(), "val");
    QCOMPARE(data->size(), std::size_t{2});
    const RawFrame found = data->load(1), expected = world()->load(1);
    QVERIFY(found.notes.empty());
    QVERIFY(same(found.image, expected.image) && same(found.instanceIds, expected.instanceIds));
    QVERIFY(same(found.labelIds, expected.labelIds) && same(found.disparity, expected.disparity));
    QVERIFY(std::abs(found.camera.fx - expected.camera.fx) < 1e-9);
    QVERIFY(QString::fromStdString(data->title()).contains("\u00b7 val"));
    QVERIFY(!data->title().starts_with(" "));
  }

  void groundTruthIsNoPicture_data() {
    QTest::addColumn<QString>("given");
    for (const char* given : {"gtFine", "gtFine/val/town", "disparity", "rest", "."})
      QTest::newRow(qPrintable(QString("at %1").arg(given))) << given;
  }
  void groundTruthIsNoPicture() {
    const QFETCH(QString, given);
    fs::create_directories(root_ / "rest" / "deep");
    fs::create_directories(root_ / "rest" / "deeper" / "tree");
    for (const char* kind : {"leftImg8bit", "gtFine"})
      fs::copy(root_ / kind, root_ / "rest" / "deeper" / "tree" / kind,
               fs::copy_options::recursive);
    fs::rename(root_ / "leftImg8bit", root_ / "renamed");
    const QString said = sentence([&] { openDataset(root_ / given.toStdString(), "val"); });
    QVERIFY2(said.contains("ground truth of Cityscapes") && said.contains("leftImg8bit"),
             qPrintable(said));
  }

  void splitsThatAreNotThereAreSaid() {
    const auto opened = [&](const fs::path& path, const char* split, bool given) {
      return sentence([&] { openDataset(path, DataOptions{split, given}); });
    };
    fs::create_directories(root_ / "leftImg8bit" / "train");
    fs::create_directories(root_ / "leftImg8bit" / ".hidden");
    QVERIFY(opened(root_, "nonsense", true).contains("there is train, val"));
    QVERIFY(opened(root_ / "leftImg8bit/val", "train", true).contains("expected \"val\""));
    QCOMPARE(opened(root_ / "leftImg8bit/val", "val", true), QString());
    const fs::path pictures = root_ / "renamed";
    fs::rename(root_ / "leftImg8bit", pictures);
    QCOMPARE(opened(pictures, "val", false), QString());
    QVERIFY(opened(pictures, "val", true).contains("has no splits"));
    const fs::path one = pictures / "val" / "town" / (name_ + "_leftImg8bit.png");
    QVERIFY(opened(one, "train", true).contains("has no splits"));
  }

  void severalTreesAreNotMixed() {
    const fs::path both = root_.parent_path() / "both";
    fs::remove_all(both);
    for (const char* name : {"a", "b"}) {
      fs::create_directories(both / name);
      for (const char* kind : {"leftImg8bit", "gtFine"})
        fs::copy(root_ / kind, both / name / kind, fs::copy_options::recursive);
    }
    const QString said = sentence([&] { openDataset(both, "val"); });
    QVERIFY2(said.contains("several trees"), qPrintable(said));
    // Another split each: the one that is asked for, with its own ground truth.
    fs::rename(both / "a/leftImg8bit/val", both / "a/leftImg8bit/train");
    writePng(both / "a/gtFine/val/town" / (name_ + "_gtFine_labelIds.png"),
             cv::Mat::zeros(128, 256, CV_8U));
    QVERIFY(same(openDataset(both, "val")->load(0).labelIds, world()->load(0).labelIds));
  }

  void companionsAndOtherEndings() {
    const fs::path picture = file("leftImg8bit", "_leftImg8bit.png");
    writeTextFile(picture.parent_path() / ("._" + picture.filename().string()), "\1\2");
    writeTextFile(picture.parent_path() / "Thumbs.db", "x");
    fs::create_directories(root_ / "leftImg8bit/val/.ipynb_checkpoints");
    fs::create_directories(root_ / "__MACOSX/leftImg8bit/val");
    fs::rename(picture, file("leftImg8bit", "_leftImg8bit.PNG"));
    fs::rename(file("gtFine", "_gtFine_labelIds.png"), file("gtFine", "_gtFine_labelIds.PNG"));
    const auto data = openDataset(root_, "val");
    QCOMPARE(data->size(), std::size_t{2});
    QVERIFY(same(data->image(0), world()->image(0)));
    QVERIFY(data->load(0).notes.empty());
  }

  void jpegFramesCountIfAllAre() {
    std::vector<fs::path> pictures;
    for (const auto& entry : fs::directory_iterator(root_ / "leftImg8bit/val/town"))
      pictures.push_back(entry.path());
    const auto toJpeg = [](fs::path picture) {
      cv::Mat image = readImage(picture);
      std::vector<uchar> bytes;
      cv::imencode(".jpg", image, bytes);
      fs::remove(picture);
      writeTextFile(picture.replace_extension(".jpg"), std::string(bytes.begin(), bytes.end()));
    };
    toJpeg(pictures[0]);
    QCOMPARE(openDataset(root_, "val")->size(), std::size_t{1});
    toJpeg(pictures[1]);
    const auto data = openDataset(root_, "val");
    QCOMPARE(data->size(), std::size_t{2});
    QCOMPARE(data->name(0), name_);
    QVERIFY(data->load(0).notes.empty());
  }

  void sameNameInTwoCities() {
    for (const char* kind : {"leftImg8bit", "gtFine", "disparity", "camera"})
      fs::copy(root_ / kind / "val/town", root_ / kind / "val/village",
               fs::copy_options::recursive);
    fs::remove(root_ / "leftImg8bit/val/village" / "streetscape_000001_000000_leftImg8bit.png");
    const auto data = openDataset(root_, "val");
    QCOMPARE(data->size(), std::size_t{3});
    QCOMPARE(data->name(0), "town_" + name_);
    QCOMPARE(data->name(1), std::string("streetscape_000001_000000"));
    QCOMPARE(data->name(2), "village_" + name_);
    QVERIFY(data->load(2).notes.empty());
  }

  void trainIdsAreRead_data() {
    QTest::addColumn<QString>("end");
    QTest::addColumn<int>("voidValue");
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QString>("note");
    QTest::newRow("found out") << "_gtFine_labelIds.png" << 255 << "auto"
                               << "labels are read as train ids";
    QTest::newRow("found out without 255") << "_gtFine_labelIds.png" << 0 << "auto"
                                           << "labels are read as train ids";
    QTest::newRow("chosen") << "_gtFine_labelIds.png" << 255 << "train-ids"
                            << "";
    QTest::newRow("by name") << "_gtFine_labelTrainIds.png" << 255 << "auto"
                             << "";
    QTest::newRow("chosen, by name") << "_gtFine_labelTrainIds.png" << 255 << "train-ids"
                                     << "";
  }
  void trainIdsAreRead() {
    const QFETCH(QString, end);
    const QFETCH(int, voidValue);
    const QFETCH(QString, choice);
    const QFETCH(QString, note);
    for (int i = 0; i < 2; ++i) {
      const std::string stem =
          "streetscape_00000" + std::to_string(i) + "_000000_gtFine_labelIds.png";
      const fs::path labels = root_ / "gtFine/val/town" / stem;
      cv::Mat ids = readMap(labels, CV_8U);
      for (auto it = ids.begin<uchar>(); it != ids.end<uchar>(); ++it) {
        const std::uint8_t id = cityscapesClasses()->trainIdOfLabel(*it);
        *it = id == kIgnoreLabel ? static_cast<uchar>(voidValue) : id;
      }
      fs::remove(labels);
      std::string name = labels.string();
      name.replace(name.find("_gtFine_labelIds.png"), std::string::npos, end.toStdString());
      writePng(name, ids);
    }
    const auto data = openDataset(root_, {"val", false, parseLabelChoice(choice.toStdString())});
    QVERIFY(data->hasGroundTruth());
    const RawFrame frame = data->load(0);
    const cv::Mat found = makeSample(frame).trainIds,
                  expected = makeSample(world()->load(0)).trainIds;
    if (voidValue == 255) QVERIFY(same(found, expected));
    QVERIFY(cv::countNonZero((found != expected) & (expected != kIgnoreLabel)) == 0);
    QCOMPARE(frame.notes.size(), std::size_t(note.isEmpty() ? 0 : 1));
    if (!note.isEmpty()) QVERIFY(QString::fromStdString(frame.notes[0]).startsWith(note));
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
    QVERIFY(sentence([&] {
              openDataset(fs::path(std::string(300, 'x')), "");
            }).contains("takes a name that long"));
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
