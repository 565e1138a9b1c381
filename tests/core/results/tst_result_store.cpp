#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/results/result_store.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::string> kIdentity{{"checkpoint", "abc"}, {"plan", "p"}};
const std::vector<StoredRun> kRuns{{0, "", "{}", "clean"}, {1, "pgd", R"({"epsilon":1.0})", "PGD"}};

ImageMeasures measures(std::int64_t diagonal) {
  ImageMeasures m(*cityscapesClasses());
  m.hasSegment = true;
  m.confusion[0] = diagonal;
  m.confusion[1] = 10;
  return m;
}

StoredResult result(std::int64_t run, std::int64_t image) {
  StoredResult one;
  one.run = run;
  one.image = image;
  one.facts.notes = {"x"};
  one.measures[""] = measures(100 + image);
  one.measures["clean E2"] = measures(5);
  one.pictures["input"] = cv::Mat(4, 6, CV_8UC3, cv::Scalar(1, 2, 3));
  return one;
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestResultStore : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) { return folder_.filePath(name).toStdString(); }

 private Q_SLOTS:
  // Reading takes long: a sweep that goes on meanwhile does not mix into it.
  void readsOneState() {
    const fs::path file = path("state.sqlite");
    ResultStore writer = ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns);
    writer.addImage(0, "a", "f0");
    writer.put(result(0, 0));
    const ResultStore reader = ResultStore::open(file);
    writer.addImage(1, "b", "f1");
    writer.put(result(0, 1));
    QCOMPARE(reader.images().size(), std::size_t{1});
    QCOMPARE(reader.measures(0).size(), std::size_t{1});
    QCOMPARE(ResultStore::open(file).images().size(), std::size_t{2});
  }

  // A picture stays with the measures of its own computation.
  void copiesWhatLacks() {
    const auto make = [&](const char* name, std::int64_t diagonal, bool attacked) {
      ResultStore store =
          ResultStore::create(path(name), kIdentity, {}, *cityscapesClasses(), kRuns);
      store.addImage(0, "a", "f0");
      for (const std::int64_t run : {0, 1}) {
        StoredResult one = result(run, 0);
        one.measures[""] = measures(diagonal);
        if (attacked && run == 1) one.pictures["attacked image"] = cv::Mat(2, 2, CV_8UC3);
        store.put(one);
      }
      return store;
    };
    ResultStore mine = make("mine.sqlite", 1, false);
    QCOMPARE(mine.copy(make("alike.sqlite", 2, false), 0), std::size_t{0});
    QCOMPARE(mine.measures(1).at(0).confusion[0], std::int64_t{1});
    const ResultStore theirs = make("theirs.sqlite", 3, true);
    QCOMPARE(mine.copy(theirs, 0), std::size_t{1});
    QCOMPARE(mine.measures(1).at(0).confusion[0], std::int64_t{3});
    QCOMPARE(mine.measures(0).at(0).confusion[0], std::int64_t{1});
    QCOMPARE(mine.imagesWithPicture(1, "attacked image"), std::vector<std::int64_t>{0});
    QCOMPARE(mine.imagesWithPicture(1, "input"), std::vector<std::int64_t>{0});
    QCOMPARE(mine.copy(theirs, 0), std::size_t{0});
    // The other way round nothing is lost.
    QCOMPARE(make("again.sqlite", 4, true).copy(mine, 0), std::size_t{0});
  }

  void keepsWhatItWasGiven() {
    const fs::path file = path("keeps.sqlite");
    {
      ResultStore store =
          ResultStore::create(file, kIdentity, {{"device", "CPU"}}, *cityscapesClasses(), kRuns);
      store.addImage(0, "a", "f0");
      store.addImage(1, "b", "f1");
      store.put(result(0, 0));
      store.put(result(1, 0));
      StoredResult skipped;
      skipped.run = 1;
      skipped.image = 1;
      skipped.skipped = "no object";
      store.put(skipped);
    }
    const ResultStore store = ResultStore::open(file);
    QCOMPARE(store.about().at("checkpoint"), std::string("abc"));
    QCOMPARE(store.about().at("device"), std::string("CPU"));
    QCOMPARE(store.runs().size(), std::size_t{2});
    QCOMPARE(store.runs()[1].options, kRuns[1].options);
    QCOMPARE(store.finished().size(), std::size_t{3});
    QCOMPARE(store.images().at(1), std::string("b"));
    QCOMPARE(store.measures(1).size(), std::size_t{1});
    QCOMPARE(packMeasures(store.measures(1).at(0)), packMeasures(measures(100)));
    QCOMPARE(packMeasures(store.measures(1, "clean E2").at(0)), packMeasures(measures(5)));
    QCOMPARE(store.facts(1).at(0).notes, std::vector<std::string>{"x"});
    QCOMPARE(store.skipped(1).at(1), std::string("no object"));
    QCOMPARE(store.imagesWithPicture(1, "input"), std::vector<std::int64_t>{0});
    const cv::Mat picture = store.picture(1, 0, "input");
    QCOMPARE(picture.at<cv::Vec3b>(0, 0), cv::Vec3b(1, 2, 3));
  }

  void refusesAnotherOrigin() {
    const fs::path file = path("origin.sqlite");
    {
      ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns).addImage(0, "a", "f0");
    }
    {
      ResultStore::create(file, kIdentity, {{"device", "other"}}, *cityscapesClasses(), kRuns);
    }  // facts may differ
    auto other = kIdentity;
    other["checkpoint"] = "xyz";
    const QString sentence =
        messageOf([&] { ResultStore::create(file, other, {}, *cityscapesClasses(), kRuns); });
    QVERIFY2(sentence.contains("another checkpoint") && sentence.contains("origin.sqlite"),
             qPrintable(sentence));
    ResultStore store = ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns);
    QVERIFY(messageOf([&] { store.addImage(0, "a", "f9"); }).contains("has changed"));
  }

  void refusesWhatIsNoResultsFile() {
    QVERIFY(messageOf([&] { ResultStore::open(path("none.sqlite")); }).contains("not there"));
    writeTextFile(path("text.sqlite"), std::string(5000, 'x'));
    QVERIFY(messageOf([&] { ResultStore::open(path("text.sqlite")); }).contains("no results file"));
    {
      SQLite::Database database(path("foreign.sqlite").string(),
                                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      database.exec("CREATE TABLE other(x)");
    }
    QVERIFY(
        messageOf([&] { ResultStore::open(path("foreign.sqlite")); }).contains("holds no results"));
    const fs::path old = path("old.sqlite");
    { ResultStore::create(old, kIdentity, {}, *cityscapesClasses(), kRuns); }
    {
      SQLite::Database database(old.string(), SQLite::OPEN_READWRITE);
      database.exec("UPDATE meta SET value='0' WHERE key='version'");
    }
    QVERIFY(messageOf([&] {
              ResultStore::open(old);
            }).contains("expected results of version 2, found 0"));
  }

  // Entries that somebody else wrote: each is refused by a sentence that names file and place.
  void damagedEntriesAreNamed_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* sql, const char* part) { QTest::newRow(sql) << sql << part; };
    row("UPDATE measures SET data=x'8181'", "run 1, image 0: measures of an image");
    row("UPDATE results SET details='['", "run 1, image 0: the details of an image");
    row("UPDATE pictures SET png=x''", "damaged.sqlite is ");
    row("UPDATE pictures SET png=x'89504e470d0a1a0a'", "damaged.sqlite is truncated");
    row("UPDATE runs SET options='[1]' WHERE id=1", "expected the options of a run, found array");
    row("UPDATE runs SET options='{' WHERE id=1", "expected the options of a run, found ");
    row("UPDATE runs SET changed='{\"a\":1}'", "the options of a run cannot be read");
    row("UPDATE meta SET value='{}' WHERE key='classes'", "the table of classes");
    // A view could go on for ever.
    row("DROP TABLE images; CREATE VIEW images AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL "
        "SELECT id+1 FROM n) SELECT id, 'x' AS name, 'y' AS fingerprint FROM n",
        "holds no results");
  }
  void damagedEntriesAreNamed() {
    const QFETCH(QString, sql);
    const QFETCH(QString, part);
    const fs::path file = path("damaged.sqlite");
    fs::remove(file);
    {
      ResultStore store = ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns);
      store.addImage(0, "a", "f0");
      store.put(result(1, 0));
    }
    {
      SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
      database.exec(sql.toStdString());
    }
    const QString sentence = messageOf([&] {
      const ResultStore store = ResultStore::open(file);
      store.images();
      store.measures(1);
      store.facts(1);
      store.picture(1, 0, "input");
    });
    QVERIFY2(sentence.contains(part) && sentence.contains("damaged.sqlite"), qPrintable(sentence));
  }

  void onlyOneMayWrite() {
    const fs::path file = path("two.sqlite");
    {
      const ResultStore first =
          ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns);
      const QString sentence =
          messageOf([&] { ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns); });
      QVERIFY2(sentence.contains("two.sqlite is in use by another run"), qPrintable(sentence));
      QVERIFY(sentence.contains(QString::number(QCoreApplication::applicationPid())));
      ResultStore::open(file);  // reading is free
    }
    { ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns); }
    // What is left is one file, which a folder that cannot be written can hold.
    QStringList left;
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
      if (entry.path().filename().string().starts_with("two."))
        left << QString::fromStdString(entry.path().filename().string());
    QCOMPARE(left, QStringList{"two.sqlite"});
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    QCOMPARE(database.execAndGet("PRAGMA journal_mode").getString(), std::string("delete"));
  }

  void aLockedFileIsNamed() {
    const fs::path file = path("locked.sqlite");
    ResultStore store = ResultStore::create(file, kIdentity, {}, *cityscapesClasses(), kRuns);
    store.setBusyTimeout(10);
    SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    QVERIFY(messageOf([&] { store.addImage(0, "a", "f"); }).contains("locked by another program"));
    other.exec("ROLLBACK");
    store.addImage(0, "a", "f");
    QCOMPARE(store.images().size(), std::size_t{1});
  }
};

QTEST_APPLESS_MAIN(TestResultStore)
#include "tst_result_store.moc"
