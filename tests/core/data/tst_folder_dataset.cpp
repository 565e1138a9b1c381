#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/data/dataset.h"

using namespace uninet;
namespace fs = std::filesystem;

/// Lists and folders of plain pictures.
class TestFolderDataset : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path root_;

  QStringList namesOf(const fs::path& path) const {
    const auto data = openDataset(path, "val");
    QStringList names;
    for (std::size_t i = 0; i < data->size(); ++i) {
      names << QString::fromStdString(data->name(i));
      if (data->image(i).cols != 60) names << "another picture";
    }
    return names;
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = fs::path(folder_.path().toStdString()) / "pictures";
    for (const char* name :
         {"a.png", "with blank.png", "comma,name.png", "sub/b.png", "sub/c.png"}) {
      makeFolder((root_ / name).parent_path());
      writePng(root_ / name, cv::Mat(40, 60, CV_8UC3, cv::Scalar(1, 2, 3)));
    }
    writePng(root_.parent_path() / "outside.png", cv::Mat(40, 60, CV_8UC3));
  }

  void listsAreRead_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("end");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char* name, const QByteArray& text, const QStringList& names,
                        const char* end = "list.txt") {
      QTest::newRow(name) << text << end << names;
    };
    row("plain", "a.png\nsub/b.png\n", {"a", "sub/b"});
    row("no end of line", "a.png", {"a"});
    row("byte-order mark, comment, CRLF", "\xef\xbb\xbf# mine\r\na.png\r\n\r\n  \r\nsub/b.png\r\n",
        {"a", "sub/b"});
    row("two columns, blank", "a.png labels/a.png\nsub/b.png  labels/b.png", {"a", "sub/b"});
    row("two columns, tab", "with blank.png\tlabels/a.png\n", {"with blank"});
    row("two columns, comma", "a.png,labels/a.png\n comma,name.png , x y.png\n",
        {"a", "comma,name"});
    row("three columns", "a.png sub/b.png 3\n", {"a"});
    row("titles and quotes", "image,label\n\"with blank.png\",\"x.png\"\na.png,b",
        {"with blank", "a"}, "list.CSV");
    row("the same twice", "a.png\na.png\na.png\n", {"a", "a_png", "a-2"});
    row("above the list", "../outside.png\nsub/../a.png\n", {"outside", "a"});
    row(".lst", "a.png\n", {"a"}, "list.lst");
    row(".LIST", "a.png\n", {"a"}, "list.LIST");
  }
  void listsAreRead() {
    const QFETCH(QByteArray, text);
    const QFETCH(QString, end);
    const QFETCH(QStringList, names);
    const fs::path list = root_ / end.toStdString();
    writeTextFile(list, text.toStdString());
    QCOMPARE(namesOf(list), names);
    fs::remove(list);
  }

  void badListsAreOneSentence_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("missing") << QByteArray("a.png\ngone.png x.png\n")
                             << "gone.png, which is not there";
    QTest::newRow("folder") << QByteArray("sub\n") << "which is a folder";
    QTest::newRow("UTF-16") << QByteArray(
                                   "\xff\xfe"
                                   "a\0.\0",
                                   6)
                            << "UTF-16";
    QTest::newRow("nothing") << QByteArray("# none\n") << "lists no picture";
  }
  void badListsAreOneSentence() {
    const QFETCH(QByteArray, text);
    const QFETCH(QString, said);
    const fs::path list = root_ / "bad.txt";
    writeTextFile(list, text.toStdString());
    try {
      openDataset(list, "val");
      QFAIL("was read");
    } catch (const Error& error) {
      const QString found = QString::fromUtf8(error.what());
      QVERIFY2(found.contains(said) && found.contains("bad.txt"), qPrintable(found));
    }
    fs::remove(list);
  }

  void namesStayInside() {
    for (const char* name : {"...png", "..png", ".png.png"}) {
      const fs::path picture = root_.parent_path() / name;
      writePng(picture, cv::Mat(40, 60, CV_8UC3));
      const QString found = namesOf(picture).value(0);
      QVERIFY2(!found.startsWith('.') && !found.isEmpty(), qPrintable(found));
    }
  }

  void linkedFoldersAreFollowed() {
    const fs::path links = root_.parent_path() / "links";
    makeFolder(links);
    fs::create_directory_symlink(root_, links / "there");
    fs::create_directory_symlink(links, links / "loop");
    QCOMPARE(namesOf(links), QStringList({"there/a", "there/comma,name", "there/sub/b",
                                          "there/sub/c", "there/with blank"}));
  }
};

QTEST_APPLESS_MAIN(TestFolderDataset)
#include "tst_folder_dataset.moc"
