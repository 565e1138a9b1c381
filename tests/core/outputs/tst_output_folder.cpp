#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/outputs/output_folder.h"

using namespace uninet;
namespace fs = std::filesystem;

class TestOutputFolder : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path out_;

  void write(const char* name) const {
    makeFolder((out_ / name).parent_path());
    writeTextFile(out_ / name, "x");
  }
  bool there(const char* name) const { return isThere(out_ / name); }

 private Q_SLOTS:
  void init() {
    out_ = fs::path(folder_.path().toStdString()) / QTest::currentTestFunction() / "out";
    makeFolder(out_);
  }

  void theNextRunRemovesWhatTheLastWrote() {
    {
      OutputFolder run(out_, "report.json", "test");
      QCOMPARE(run.removeEarlier(), std::size_t{0});
      for (const char* name : {"a/x.png", "a/y.png", "b/x.png", "kept"}) write(name);
      run.add({out_ / "a/x.png", out_ / "a/y.png", out_ / "b/x.png"});
      run.writeReport({{"data", "d"}});
    }
    write("b/foreign.png");
    const auto report = nlohmann::json::parse(readTextFile(out_ / "report.json"));
    QCOMPARE(report["files"], nlohmann::json({"a/x.png", "a/y.png", "b/x.png"}));
    QCOMPARE(report["data"], nlohmann::json("d"));
    OutputFolder next(out_, "report.json", "test");
    QVERIFY(there("a/x.png"));
    QCOMPARE(next.removeEarlier(), std::size_t{3});
    QVERIFY(!there("a") && !there("b/x.png") && !there("report.json"));
    QVERIFY(there("kept") && there("b/foreign.png"));
  }

  void aRunThatEndsEarlyListsItsFiles() {
    write("a.png");
    { OutputFolder(out_, "report.json", "test").add({out_ / "a.png"}); }
    QCOMPARE(OutputFolder(out_, "report.json", "test").removeEarlier(), std::size_t{1});
    QVERIFY(!there("a.png"));
  }

  void foreignFilesStay_data() {
    QTest::addColumn<QByteArray>("report");
    QTest::newRow("outside") << QByteArray(
        R"({"written_by": "uninet", "command": "test", "files": ["../outside.png", "/tmp/x", "."]})");
    QTest::newRow("behind a link") << QByteArray(
        R"({"written_by": "uninet", "command": "test", "files": ["link/behind.png", "linked.png"]})");
    QTest::newRow("another program's report") << QByteArray(R"({"files": ["mine.png"]})");
    QTest::newRow("no list") << QByteArray(
        R"({"written_by": "uninet", "command": "test", "files": 3})");
    QTest::newRow("no names") << QByteArray(
        R"({"written_by": "uninet", "command": "test", "files": [3, null, {}]})");
    QTest::newRow("deep") << R"({"written_by": "uninet", "command": "test", "files": )" +
                                 QByteArray(1000000, '[') + QByteArray(1000000, ']') + "}";
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no object") << QByteArray("[1]");
  }
  void foreignFilesStay() {
    const QFETCH(QByteArray, report);
    const fs::path behind = out_.parent_path() / "behind";
    makeFolder(behind);
    for (const char* name : {"../outside.png", "mine.png", "../behind/behind.png"}) write(name);
    std::error_code ignored;
    fs::create_directory_symlink(behind, out_ / "link", ignored);
    fs::create_symlink("mine.png", out_ / "linked.png", ignored);
    writeTextFile(out_ / "report.json", report.toStdString());
    QCOMPARE(OutputFolder(out_, "report.json", "test").removeEarlier(), std::size_t{0});
    for (const char* name : {"../outside.png", "mine.png", "../behind/behind.png", "linked.png"})
      QVERIFY2(there(name), name);
  }

  void resultsOfAnotherCommandStay() {
    writeTextFile(out_ / "report.json",
                  R"({"written_by": "uninet", "command": "other", "files": ["mine.png"]})");
    write("mine.png");
    QVERIFY_EXCEPTION_THROWN(OutputFolder(out_, "report.json", "test"), Error);
    QVERIFY(there("mine.png"));
  }

  void resultsAreNotTheInputOfTheRunThatReplacesThem() {
    write("a/x.png");
    write("b.png");
    {
      OutputFolder run(out_, "report.json", "test");
      run.add({out_ / "a/x.png"});
      run.writeReport(nlohmann::json::object());
    }
    const OutputFolder next(out_, "report.json", "test");
    for (const char* result : {"a/x.png", "a", "./a/"})
      QVERIFY_EXCEPTION_THROWN(next.refuseInput(out_ / result), Error);
    // By a link, and named in a list.
    std::error_code ignored;
    fs::create_directory_symlink(out_, out_.parent_path() / "linked-out", ignored);
    QVERIFY_EXCEPTION_THROWN(next.refuseInput(out_.parent_path() / "linked-out" / "a"), Error);
    const fs::path list = out_.parent_path() / "list.txt";
    writeTextFile(list, "out/b.png\nout/a/x.png\n");
    QVERIFY_EXCEPTION_THROWN(next.refuseInput(list), Error);
    for (const fs::path& fine : {out_ / "b.png", out_, out_.parent_path(), fs::path("streetscape")})
      next.refuseInput(fine);
  }
};

QTEST_APPLESS_MAIN(TestOutputFolder)
#include "tst_output_folder.moc"
