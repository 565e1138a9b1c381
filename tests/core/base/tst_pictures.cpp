#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <functional>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

QString sentence(const std::function<void()>& run) {
  try {
    run();
  } catch (const std::exception& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

/// A picture that no format stores in a few bytes.
cv::Mat busyPicture() {
  cv::Mat picture(96, 128, CV_8UC3);
  std::uint32_t state = 1;
  for (auto it = picture.begin<cv::Vec3b>(); it != picture.end<cv::Vec3b>(); ++it)
    for (int c = 0; c < 3; ++c) {
      state = state * 1664525 + 1013904223;
      (*it)[c] = static_cast<std::uint8_t>(state >> 24);
    }
  return picture;
}

std::string encoded(const char* ending, const cv::Mat& picture, const std::vector<int>& how = {}) {
  std::vector<std::uint8_t> bytes;
  cv::imencode(ending, picture, bytes, how);
  return {bytes.begin(), bytes.end()};
}

/// 4 x 2 pixels of 2 bits, 0 1 2 3 and 3 2 1 0, with a palette of other colours.
const char* const kPalettePng =
    "89504e470d0a1a0a0000000d494844520000000400000002020300000002c695f00000000c504c5445"
    "80408046464600008ed3d3d33744e6ef0000000c49444154789c639066780200013901004564919b00"
    "00000049454e44ae426082";

}  // namespace

class TestPictures : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void truncatedPicturesAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("format");
    const auto row = [](const char* name, const std::string& bytes, const char* format) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << format;
    };
    const cv::Mat picture = busyPicture();
    row("PNG", encoded(".png", picture), "PNG");
    row("JPEG", encoded(".jpg", picture), "JPEG");
    row("progressive JPEG", encoded(".jpg", picture, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}), "JPEG");
    row("JPEG with restarts", encoded(".jpg", picture, {cv::IMWRITE_JPEG_RST_INTERVAL, 2}), "JPEG");
    row("WebP", encoded(".webp", picture), "WebP");
    row("BMP", encoded(".bmp", picture), "BMP");
    row("grey BMP", encoded(".bmp", picture.reshape(1)), "BMP");
    row("TIFF", encoded(".tif", picture), "TIFF");
    row("TIFF without compression", encoded(".tif", picture, {cv::IMWRITE_TIFF_COMPRESSION, 1}),
        "TIFF");
  }
  void truncatedPicturesAreRefused() {
    const QFETCH(QByteArray, bytes);
    const QFETCH(QString, format);
    const fs::path file = path("picture");
    writeTextFile(file, bytes.toStdString());
    QCOMPARE(readImage(file).size(), readImage(file).size());
    for (const double part : {0.95, 0.5, 0.1, 0.02}) {
      const auto size = static_cast<std::size_t>(part * static_cast<double>(bytes.size()));
      writeTextFile(file, bytes.toStdString().substr(0, size));
      const QString said = sentence([&] { readImage(file); });
      QVERIFY2(said.contains("is truncated: its " + format), qPrintable(said));
    }
  }

  void bytesBehindThePictureDoNoHarm() {
    const cv::Mat picture = busyPicture();
    for (const char* ending : {".png", ".jpg", ".bmp", ".webp", ".tif"}) {
      writeTextFile(path("picture"), encoded(ending, picture) + "and more");
      QCOMPARE(readImage(path("picture")).size(), picture.size());
    }
  }

  void otherFormatsAreNamed() {
    writeTextFile(path("x.png"), "GIF89a and so on");
    const QString said = sentence([&] { readImage(path("x.png")); });
    QVERIFY2(said.contains("PNG, JPEG, BMP, WebP and TIFF"), qPrintable(said));
  }

  void labelsAreReadAsStored() {
    const QByteArray png = QByteArray::fromHex(kPalettePng);
    writeTextFile(path("palette.png"), png.toStdString());
    const cv::Mat expected = (cv::Mat_<std::uint8_t>(2, 4) << 0, 1, 2, 3, 3, 2, 1, 0);
    QCOMPARE(cv::norm(readLabels(path("palette.png")), expected, cv::NORM_INF), 0.0);

    cv::Mat wide;
    expected.convertTo(wide, CV_16U);
    writePng(path("wide.png"), wide);
    const cv::Mat read = readLabels(path("wide.png"));
    QCOMPARE(read.type(), CV_8U);
    QCOMPARE(cv::norm(read, expected, cv::NORM_INF), 0.0);
    wide.at<std::uint16_t>(1, 1) = 26001;
    writePng(path("wide.png"), wide);
    const QString said = sentence([&] { readLabels(path("wide.png")); });
    QVERIFY2(said.contains("26001"), qPrintable(said));
  }
  void damagedPalettesAreRefused() {
    const QByteArray png = QByteArray::fromHex(kPalettePng);
    for (int at = 41; at < png.size() - 12; ++at) {
      QByteArray bad = png;
      bad[at] = static_cast<char>(bad[at] ^ 0x55);
      writeTextFile(path("bad.png"), bad.toStdString());
      const QString said = sentence([&] { readLabels(path("bad.png")); });
      QVERIFY2(said.isEmpty() || said.contains("bad.png"), qPrintable(said));
    }
  }

  void whatIsNoFileIsOneSentence_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    QTest::newRow("pipe") << "pipe"
                          << "pipe or a device";
    QTest::newRow("device") << "/dev/null"
                            << "pipe or a device";
    QTest::newRow("folder") << "folder"
                            << "is a folder";
    QTest::newRow("missing") << "gone"
                             << "does not exist";
    QTest::newRow("below a file") << "file/x"
                                  << "does not exist";
    QTest::newRow("long") << QString(300, 'x') << "takes a name that long";
    QTest::newRow("loop") << "loop"
                          << "cannot be read";
    QTest::newRow("empty") << "empty"
                           << "is empty";
  }
  void whatIsNoFileIsOneSentence() {
    const QFETCH(QString, name);
    const QFETCH(QString, said);
    ::mkfifo(path("pipe").c_str(), 0600);
    makeFolder(path("folder"));
    writeTextFile(path("file"), "x");
    writeTextFile(path("empty"), "");
    std::error_code ignored;
    fs::create_symlink("loop", path("loop"), ignored);
    const fs::path file = path("") / name.toStdString();
    const QString found = sentence([&] { readImage(file); });
    QVERIFY2(found.contains(said), qPrintable(found));
    QVERIFY2(!found.contains("filesystem error") && !found.contains("Success"), qPrintable(found));
  }

  void companionsAndLoopsAreLeftOut() {
    const fs::path top = path("walk");
    for (const char* name : {"b/x.png", "a.png", "._a.png", ".DS_Store", "Thumbs.db",
                             "__MACOSX/y.png", ".ipynb_checkpoints/z.png", "b/c/w.png"}) {
      makeFolder((top / name).parent_path());
      writeTextFile(top / name, "x");
    }
    makeFolder(path("elsewhere"));
    writeTextFile(path("elsewhere/far.png"), "x");
    fs::create_directory_symlink(path("elsewhere"), top / "link");
    fs::create_directory_symlink(path("elsewhere"), top / "again");
    fs::create_directory_symlink(top, top / "b" / "up");
    fs::create_directory_symlink("self", top / "self");
    fs::create_symlink("nowhere", top / "dangling.png");
    QStringList found;
    for (const fs::path& file : filesBelow(top))
      found << QString::fromStdString(file.lexically_relative(top).string());
    QCOMPARE(found, QStringList({"a.png", "again/far.png", "b/c/w.png", "b/x.png"}));
  }

  void bytesThatAreNoPng() {
    const std::string png = encodePng(cv::Mat(4, 6, CV_8UC3, cv::Scalar(1, 2, 3)));
    QCOMPARE(decodePng(png).size(), cv::Size(6, 4));
    for (const std::string& bytes : {std::string(), std::string("x"), png.substr(0, 20)})
      QVERIFY_EXCEPTION_THROWN(decodePng(bytes), Error);
  }

  void outputFoldersAreTried() {
    prepareOutput(path("new/deep"));
    QVERIFY(fs::is_empty(path("new/deep")));
    QVERIFY(sentence([] { prepareOutput("/proc/self"); }).contains("/proc/self"));
    writeTextFile(path("blocker"), "x");
    QVERIFY(sentence([&] { prepareOutput(path("blocker")); }).contains("blocker"));
  }
};

QTEST_APPLESS_MAIN(TestPictures)
#include "tst_pictures.moc"
