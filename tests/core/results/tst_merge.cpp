#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/results/merge.h"
#include "core/results/result_store.h"
#include "core/results/shard.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;

constexpr std::int64_t kImages = 5;
const std::vector<StoredRun> kRuns{{0, "", "{}", "clean"}, {1, "pgd", R"({"epsilon":1.0})", "PGD"}};
const Texts kFacts{{"checkpoint file", "a.pth"}, {"device", "CPU, 1 thread"}};

StoredResult result(std::int64_t run, std::int64_t image) {
  StoredResult one;
  one.run = run;
  one.image = image;
  if (run == 1 && image == 3) {
    one.skipped = "there is nothing to hide";
    return one;
  }
  one.facts.notes = {"x"};
  one.facts.seconds = static_cast<double>(image);
  ImageMeasures m(*cityscapesClasses());
  m.hasSegment = true;
  m.confusion[0] = 100 + 7 * image + run;
  one.measures[""] = m;
  if (image < 2) one.measures[kOtherArithmetic] = m;
  if (image < 3) one.pictures["input"] = cv::Mat(4, 6, CV_8UC3, cv::Scalar(1, 2, 3));
  return one;
}

Texts identity(const Texts& changed = {}) {
  Texts all = changed;
  all.insert({{"checkpoint", "abc"},
              {"plan", "p"},
              {"set of images", "s"},
              {"threads", "1"},
              {"number of images", std::to_string(kImages)}});
  return all;
}

void fill(ResultStore& store, const Shard& shard, std::int64_t without = -1) {
  for (std::int64_t image = 0; image < kImages; ++image) {
    if (!shard.holds(image) || image == without) continue;
    store.addImage(image, "i" + std::to_string(image), "f" + std::to_string(image));
    for (const StoredRun& run : kRuns) store.put(result(run.id, image));
  }
}

/// Every row of every table in the order in which it was written.
QStringList rowsOf(const fs::path& file) {
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  QStringList rows;
  for (const char* table : {"meta", "runs", "images", "results", "measures", "pictures"}) {
    SQLite::Statement query(database, std::string("SELECT * FROM ") + table +
                                          (std::string(table) == "meta" ? " ORDER BY key" : ""));
    while (query.executeStep()) {
      std::string row = table;
      for (int c = 0; c < query.getColumnCount(); ++c) row += "|" + query.getColumn(c).getString();
      rows << QString::fromLatin1(QByteArray::fromStdString(row).toHex());
    }
  }
  return rows;
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

class TestMerge : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name / "results.sqlite";
  }
  /// A shard in a folder of this name.
  fs::path make(const std::string& name, std::int64_t index, std::int64_t count,
                const Texts& changed = {}, std::int64_t without = -1) const {
    fs::remove_all(path(name).parent_path());
    const Shard shard{index, count};
    Texts all = identity(changed);
    all["shard"] = shard.text();
    ResultStore store = ResultStore::create(path(name), all, kFacts, *cityscapesClasses(), kRuns,
                                            ResultStore::Journal::plain);
    store.setRemark(kCommandRemark, R"(["uninet","sweep","--plan","my plan.json","--shard",")" +
                                        shard.text() + R"(","--out",")" + name + R"("])");
    fill(store, shard, without);
    return path(name);
  }
  QString refusal(const std::vector<fs::path>& shards, const std::string& out = "refused") const {
    return messageOf([&] { mergeShards(shards, path(out), {}); });
  }

 private Q_SLOTS:
  void shardsAreRead_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char* text : {"1/1", "3/16", "16/16", "100000/100000"})
      QTest::newRow(text) << text << true;
    for (const char* text : {"0/3", "4/3", "-1/3", "3", "3/", "/3", "1/0", "1/3/5", "a/b", "1.5/3",
                             " 1/3", "1/100001", ""})
      QTest::newRow(text) << text << false;
  }
  void shardsAreRead() {
    const QFETCH(QString, text);
    const QFETCH(bool, good);
    if (good) {
      QCOMPARE(shardFromText(text.toStdString(), "--shard").text(), text.toStdString());
      return;
    }
    const QString sentence = messageOf([&] { shardFromText(text.toStdString(), "--shard"); });
    QVERIFY2(sentence.startsWith("--shard: expected K/N") && sentence.contains("\"" + text + "\""),
             qPrintable(sentence));
  }

  void everyImageIsInOneShard() {
    for (std::int64_t image = 0; image < 20; ++image) {
      int holders = 0;
      for (std::int64_t k = 1; k <= 3; ++k) holders += Shard{k, 3}.holds(image) ? 1 : 0;
      QCOMPARE(holders, 1);
      QVERIFY(Shard().holds(image));
    }
  }

  void commandsAreQuoted() {
    QCOMPARE(shellText({"uninet", "--out", "a b", "it's", "", "x=1"}),
             std::string(R"(uninet --out 'a b' 'it'\''s' '' x=1)"));
  }

  // The same rows in the same order as from one program, whatever the order of the shards.
  void shardsMakeTheFileOfOneProgram() {
    {
      ResultStore whole =
          ResultStore::create(path("whole"), identity(), kFacts, *cityscapesClasses(), kRuns);
      fill(whole, {});
    }
    for (const std::int64_t count : {1, 2, 3, 7}) {
      std::vector<fs::path> shards;
      for (std::int64_t k = count; k >= 1; --k)
        shards.push_back(
            make("s" + std::to_string(k), k, count).parent_path());  // folders are taken, too
      const std::string out = "merged" + std::to_string(count);
      const MergeSummary summary = mergeShards(shards, path(out), {});
      QCOMPARE(summary.shards, static_cast<std::size_t>(count));
      QCOMPARE(summary.results, std::size_t{2 * kImages});
      QCOMPARE(summary.taken, std::size_t{2 * kImages});
      QCOMPARE(rowsOf(path(out)), rowsOf(path("whole")));
      QVERIFY(!fs::exists(path(out).string() + "-wal"));
      // Again it finds everything there.
      QCOMPARE(mergeShards(shards, path(out), {}).taken, std::size_t{0});
    }
  }

  void stoppedMergeGoesOn() {
    const std::vector<fs::path> shards{make("a", 1, 2), make("b", 2, 2)};
    std::atomic<bool> stop{false};
    int steps = 0;
    const Progress progress([&](const ProgressReport&) { stop = ++steps > 2; }, &stop);
    QVERIFY_EXCEPTION_THROWN(mergeShards(shards, path("stopped"), progress), Cancelled);
    QVERIFY(!ResultStore::open(path("stopped")).finished().empty());
    mergeShards(shards, path("stopped"), {});
    QCOMPARE(rowsOf(path("stopped")), rowsOf(path("whole")));
  }

  void othersAreRefused_data() {
    QTest::addColumn<QString>("key");
    for (const char* key : {"checkpoint", "plan", "set of images", "threads", "number of images"})
      QTest::newRow(key) << key;
  }
  void othersAreRefused() {
    const QFETCH(QString, key);
    const QString sentence =
        refusal({make("a", 1, 2), make("b", 2, 2, {{key.toStdString(), "9"}})});
    QVERIFY2(sentence.contains("another " + key + " (9) than") && sentence.contains("/b/"),
             qPrintable(sentence));
    QVERIFY(!fs::exists(path("refused")));
  }

  void otherVersionIsRefused() {
    const fs::path old = make("old", 2, 2);
    SQLite::Database(old.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE meta SET value='1' WHERE key='version'");
    const QString sentence = refusal({make("a", 1, 2), old});
    QVERIFY2(sentence.contains("expected results of version 2, found 1"), qPrintable(sentence));
  }

  void theSameTwiceIsRefused() {
    const fs::path a = make("a", 1, 2), b = make("b", 2, 2), copy = path("copy");
    QVERIFY(refusal({a, b, a.parent_path()}).contains("is given twice"));
    fs::create_directories(copy.parent_path());
    fs::copy_file(a, copy, fs::copy_options::overwrite_existing);
    const QString sentence = refusal({a, b, copy});
    QVERIFY2(sentence.contains("are both shard 1/2"), qPrintable(sentence));
    QVERIFY(refusal({a, make("c", 2, 3)}).contains("shards of one division only"));
    QVERIFY(refusal({a, path("whole")}).contains("holds no shard"));
    QVERIFY(refusal({}).contains("no shard"));
    QVERIFY(refusal({a, path("nowhere")}).contains("is not there"));
  }

  // What lacks is counted, with the commands that compute it.
  void incompleteShardsAreNamed() {
    const QString sentence = refusal({make("a", 1, 3), make("b", 2, 3, {}, 4)});
    QVERIFY2(sentence.contains("/b/results.sqlite, shard 2/3, lacks 2 of 4 results (the first: "
                               "\"clean\" of image 4); complete it with: uninet sweep --plan "
                               "'my plan.json' --shard 2/3 --out b\n"),
             qPrintable(sentence));
    QVERIFY2(sentence.endsWith("shard 3/3 is missing; give it, or compute it with: uninet sweep "
                               "--plan 'my plan.json' --shard 3/3 --out FOLDER"),
             qPrintable(sentence));
    // An image that the shard itself could not read does not hold the others up.
    const fs::path b = make("b", 2, 3, {}, 4);
    ResultStore::create(b, identity({{"shard", "2/3"}}), {}, *cityscapesClasses(), kRuns)
        .setRemark(kLeftOutRemark, leftOutText({{4, "i4", "it cannot be read"}}));
    const MergeSummary summary =
        mergeShards({make("a", 1, 3), b, make("c", 3, 3)}, path("gaps"), {});
    QCOMPARE(summary.results, std::size_t{8});
    QCOMPARE(summary.leftOut.size(), std::size_t{1});
    QCOMPARE(summary.leftOut[0].second, std::string("it cannot be read"));
  }

  void filesInUseAreRefused() {
    const fs::path a = make("a", 1, 2), b = make("b", 2, 2);
    {
      const ResultStore held =
          ResultStore::create(b, identity({{"shard", "2/2"}}), {}, *cityscapesClasses(), kRuns);
      QVERIFY(refusal({a, b}).contains("/b/results.sqlite is in use by another run"));
    }
    {
      const ResultStore held =
          ResultStore::create(path("busy"), identity(), {}, *cityscapesClasses(), kRuns);
      QVERIFY(refusal({a, b}, "busy").contains("/busy/results.sqlite is in use by another run"));
    }
    QVERIFY(refusal({a, b}, "b").contains("is one of the shards"));
    {
      ResultStore::create(path("other"), identity({{"plan", "q"}}), {}, *cityscapesClasses(),
                          kRuns);
    }
    QVERIFY(refusal({a, b}, "other").contains("another plan (q, now p)"));
    // A whole sweep does not go on in the file of a shard.
    QVERIFY(messageOf([&] {
              ResultStore::create(a, identity(), {}, *cityscapesClasses(), kRuns);
            }).contains("another shard (1/2, now none)"));
  }

  // Killed in the middle of a write, a shard is as it was before.
  void halfWrittenTransactionIsUndone() {
    const fs::path a = make("a", 1, 2), b = make("b", 2, 2);
    const pid_t child = fork();
    if (child == 0) {
      SQLite::Database database(b.string(), SQLite::OPEN_READWRITE);
      database.exec(
          "PRAGMA cache_size=1; BEGIN; UPDATE results SET skipped='half';"
          "UPDATE measures SET data=zeroblob(100000)");
      _exit(0);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY2(fs::exists(b.string() + "-journal"), "the write left no journal");
    mergeShards({a, b}, path("healed"), {});
    QCOMPARE(rowsOf(path("healed")), rowsOf(path("whole")));
    QVERIFY(!fs::exists(b.string() + "-journal"));
  }
};

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"
