#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>
#include <csignal>
#include <filesystem>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/session/run_store.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

cv::Mat noise(int seed, cv::Size size = {64, 32}) {
  cv::Mat image(size, CV_8UC3);
  cv::RNG(static_cast<std::uint64_t>(seed) + 1).fill(image, cv::RNG::UNIFORM, 0, 256);
  return image;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

ImageMeasures measures(std::int64_t diagonal) {
  ImageMeasures m(*cityscapesClasses());
  m.hasSegment = true;
  m.confusion[0] = diagonal;
  return m;
}

KeptRun someRun(const std::string& image = "berlin_1") {
  KeptRun run;
  run.name = "mine";
  run.note = "ε\nnote";
  run.time = "2026-11-25T13:17:45Z";
  run.data = "cityscapes · val";
  run.image = image;
  run.imageFingerprint = "f";
  run.network = "a.pth";
  run.networkHash = "h";
  run.attack = "pgd";
  run.options = R"({"epsilon":0.1})";
  run.preset = "Figure 3a";
  run.region = "box:0,0,8,8";
  run.stopped = true;
  run.facts.iterationsPlanned = 3;
  run.facts.iterationsDone = 2;
  run.facts.iterations = {{1.5, {{"seg", 0.1}}}, {2.5, {{"seg", 0.2}}}};
  run.facts.norms = {1, 0.1, 7};
  run.facts.seed = 5;
  run.facts.notes = {"n"};
  run.facts.seconds = 0.3;
  run.clean = measures(10);
  run.attacked = measures(3);
  run.manifest = R"({"attack":"pgd"})";
  return run;
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

std::vector<std::int64_t> idsOf(const RunStore& store) {
  std::vector<std::int64_t> ids;
  for (const KeptRun& run : store.runs()) ids.push_back(run.id);
  return ids;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

class TestRunStore : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) { return folder_.filePath(name).toStdString(); }

 private Q_SLOTS:
  void keepsWhatItWasGiven() {
    const fs::path file = path("keeps.sqlite");
    KeptRun run = someRun();
    run.attackedOn = "b.pth";
    run.attackedOnHash = "hash of b";
    run.networkFrom = {Session::Network::Kind::file, path("a.pth"), "", "w", "128x256", "h"};
    run.dataFrom = {Session::Data::Kind::path, {path("city")}, "val"};
    {
      RunStore store = RunStore::open(file);
      QVERIFY(store.runs().empty());
      QCOMPARE(store.add(run, noise(1), noise(2)), std::int64_t{1});
    }
    const RunStore store = RunStore::open(file);
    QCOMPARE(store.file(), file);
    const KeptRun found = store.run(1).value();
    QCOMPARE(found.name, run.name);
    QCOMPARE(found.note, run.note);
    QVERIFY(!found.pinned && found.stopped);
    QCOMPARE(found.time, run.time);
    QCOMPARE(found.data, run.data);
    QCOMPARE(found.image, run.image);
    QCOMPARE(found.imageFingerprint, run.imageFingerprint);
    QCOMPARE(found.network, run.network);
    QCOMPARE(found.networkHash, run.networkHash);
    QCOMPARE(found.attackedOn, run.attackedOn);
    QCOMPARE(found.attackedOnHash, run.attackedOnHash);
    QVERIFY(found.networkFrom == run.networkFrom && found.dataFrom == run.dataFrom);
    QCOMPARE(found.attack, run.attack);
    QCOMPARE(found.options, run.options);
    QCOMPARE(found.preset, run.preset);
    QCOMPARE(found.region, run.region);
    QCOMPARE(packFacts(found.facts), packFacts(run.facts));
    QVERIFY(sameClasses(found.classes, run.classes));
    QCOMPARE(packMeasures(found.clean), packMeasures(run.clean));
    QCOMPARE(packMeasures(found.attacked), packMeasures(run.attacked));
    QCOMPARE(found.manifest, run.manifest);
    QVERIFY(same(store.cleanImage(1), noise(1)));
    QVERIFY(same(store.attackedImage(1), noise(2)));
    QVERIFY(!store.run(2));
    // One plain file, that can be copied.
    for (const char* more : {"keeps.sqlite-wal", "keeps.sqlite-journal"})
      QVERIFY2(!fs::exists(path(more)), more);
  }

  void thumbnails() {
    RunStore store = RunStore::open(path("thumbnails.sqlite"));
    const std::int64_t wide = store.add(someRun(), noise(1), noise(2, {512, 256}));
    const std::int64_t tall = store.add(someRun(), noise(1), noise(2, {100, 200}));
    const std::int64_t small = store.add(someRun(), noise(1), noise(2, {20, 10}));
    QCOMPARE(store.thumbnail(wide).size(), cv::Size(96, 48));
    QCOMPARE(store.thumbnail(tall).size(), cv::Size(24, 48));
    QVERIFY(same(store.thumbnail(small), noise(2, {20, 10})));
  }

  void namesNotesPins() {
    RunStore store = RunStore::open(path("names.sqlite"));
    const std::int64_t id = store.add(someRun(), noise(1), noise(2));
    store.rename(id, "'; DROP TABLE runs; --");
    store.setNote(id, "später");
    store.setPinned(id, true);
    const KeptRun run = store.run(id).value();
    QCOMPARE(run.name, std::string("'; DROP TABLE runs; --"));
    QCOMPARE(run.note, std::string("später"));
    QVERIFY(run.pinned);
    QVERIFY(messageOf([&] { store.rename(9, "x"); }).contains("run 9 is not there any more"));
    QVERIFY(messageOf([&] { store.attackedImage(9); }).contains("run 9 is not there any more"));
  }

  void removesRestoresPurges() {
    RunStore store = RunStore::open(path("removes.sqlite"));
    for (int i = 1; i <= 3; ++i) store.add(someRun(), noise(0), noise(i));
    store.remove(2);
    QCOMPARE(idsOf(store), (Ids{1, 3}));
    QVERIFY(!store.run(2));
    store.restore(2);
    QCOMPARE(idsOf(store), (Ids{1, 2, 3}));
    QVERIFY(same(store.attackedImage(2), noise(2)));
    store.remove(3);
    const std::uint64_t before = store.bytes();
    store.purge();
    QVERIFY(store.bytes() < before);
    QVERIFY(messageOf([&] { store.restore(3); }).contains("run 3 is not there any more"));
    QVERIFY(same(store.cleanImage(1), noise(0)));  // shared with what was purged
    // Also the id of the newest is never used again.
    QCOMPARE(store.add(someRun(), noise(0), noise(3)), std::int64_t{4});
  }

  void makesRoom() {
    const fs::path file = path("room.sqlite");
    RunStore store = RunStore::open(file);
    std::vector<std::uint64_t> bytes;
    for (int i = 1; i <= 6; ++i) {
      store.add(someRun(), noise(100 + i), noise(i));
      bytes.push_back(store.bytes());
    }
    const std::uint64_t one = bytes[1] - bytes[0];
    const auto size = fs::file_size(file);
    QVERIFY(store.makeRoom(bytes.back()).empty());
    store.setPinned(1, true);
    store.remove(3);
    // A removed run goes first, and nobody misses it.
    QVERIFY(store.makeRoom(bytes.back() - 1).empty());
    QVERIFY(messageOf([&] { store.restore(3); }).contains("not there"));
    QCOMPARE(store.makeRoom(4 * one), (Ids{2}));
    QCOMPARE(idsOf(store), (Ids{1, 4, 5, 6}));
    QVERIFY(store.bytes() <= 4 * one);
    QCOMPARE(store.makeRoom(0), (Ids{4, 5}));
    QCOMPARE(idsOf(store), (Ids{1, 6}));
    QVERIFY(fs::file_size(file) < size);  // the disk has it back
  }

  void aPictureThatRunsShareIsKeptOnce() {
    RunStore store = RunStore::open(path("shared.sqlite"));
    store.add(someRun(), noise(1, {200, 100}), noise(2));
    const std::uint64_t first = store.bytes();
    store.add(someRun(), noise(1, {200, 100}), noise(3));
    QVERIFY(store.bytes() - first < first);
  }

  void severalAddAtOnce() {
    const fs::path file = path("several.sqlite");
    constexpr int kEach = 12, kWriters = 3;
    std::vector<std::vector<std::int64_t>> ids(kWriters);
    std::vector<std::thread> writers;
    for (std::size_t w = 0; w < kWriters; ++w)
      writers.emplace_back([&, w] {
        RunStore store = RunStore::open(file);  // all of them may make it
        for (int i = 0; i < kEach; ++i)
          ids[w].push_back(store.add(someRun(), noise(0), noise(static_cast<int>(w) * 100 + i)));
      });
    for (std::thread& writer : writers) writer.join();
    const RunStore store = RunStore::open(file);
    QCOMPARE(store.runs().size(), std::size_t{kEach * kWriters});
    std::set<std::int64_t> different;
    for (std::size_t w = 0; w < kWriters; ++w)
      for (std::size_t i = 0; i < kEach; ++i) {
        different.insert(ids[w][i]);
        QVERIFY(same(store.attackedImage(ids[w][i]),
                     noise(static_cast<int>(w) * 100 + static_cast<int>(i))));
      }
    QCOMPARE(different.size(), std::size_t{kEach * kWriters});
  }

  void seesWhatOthersChange() {
    RunStore window = RunStore::open(path("seen.sqlite"));
    RunStore command = RunStore::open(path("seen.sqlite"));
    const std::int64_t before = window.dataVersion();
    window.add(someRun(), noise(1), noise(2));
    QCOMPARE(window.dataVersion(), before);
    command.add(someRun(), noise(1), noise(3));
    QVERIFY(window.dataVersion() != before);
    QCOMPARE(window.runs().size(), std::size_t{2});
  }

  // Killed in the middle of adding, again and again: each id that was returned is there.
  void aKilledProgramLosesNothing() {
    const fs::path file = path("killed.sqlite");
    RunStore::open(file);
    std::int64_t last = 0;
    for (int round = 0; round < 4; ++round) {
      int ends[2];
      QVERIFY(::pipe(ends) == 0);
      const pid_t child = ::fork();
      if (child == 0) {
        RunStore store = RunStore::open(file);
        while (true) {
          const std::int64_t id = store.add(someRun(), noise(0), noise(7, {300, 200}));
          if (::write(ends[1], &id, sizeof id) != sizeof id) ::_exit(1);
        }
      }
      ::close(ends[1]);
      std::int64_t id = 0;
      for (int i = 0; i <= round; ++i) QVERIFY(::read(ends[0], &id, sizeof id) == sizeof id);
      ::kill(child, SIGKILL);
      while (::read(ends[0], &id, sizeof id) == sizeof id) {
      }
      ::close(ends[0]);
      int status = 0;
      QCOMPARE(::waitpid(child, &status, 0), child);
      QVERIFY(WIFSIGNALED(status));
      QVERIFY(id > last);
      last = id;
      RunStore store = RunStore::open(file);
      // What was written but not told any more may be there, too.
      const Ids ids = idsOf(store);
      QVERIFY(ids.size() >= static_cast<std::size_t>(last) - static_cast<std::size_t>(round));
      for (const std::int64_t told : {id - round, id}) {
        QVERIFY(std::find(ids.begin(), ids.end(), told) != ids.end());
        QVERIFY(same(store.attackedImage(told), noise(7, {300, 200})));
      }
    }
  }

  void copies() {
    RunStore store = RunStore::open(path("original.sqlite"));
    store.add(someRun(), noise(1), noise(2));
    store.copyTo(path("copy.sqlite"));
    const RunStore copy = RunStore::open(path("copy.sqlite"));
    QCOMPARE(idsOf(copy), (Ids{1}));
    QVERIFY(same(copy.attackedImage(1), noise(2)));
    const QString sentence = messageOf([&] { store.copyTo(path("copy.sqlite")); });
    QVERIFY2(sentence.contains("copy.sqlite is there already"), qPrintable(sentence));
  }

  void whatIsNoFileOfRuns() {
    writeTextFile(path("text.sqlite"), std::string(5000, 'x'));
    QVERIFY(messageOf([&] { RunStore::open(path("text.sqlite")); }).contains("is no file of runs"));
    QVERIFY(messageOf([&] {
              RunStore::open(path("no/such/folder.sqlite"));
            }).contains("cannot be opened"));
    {
      SQLite::Database database(path("foreign.sqlite").string(),
                                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      database.exec("CREATE TABLE other(x)");
    }
    QVERIFY(messageOf([&] { RunStore::open(path("foreign.sqlite")); }).contains("holds no runs"));
    const fs::path old = path("old.sqlite");
    RunStore::open(old);
    {
      SQLite::Database database(old.string(), SQLite::OPEN_READWRITE);
      database.exec("UPDATE meta SET value='2' WHERE key='version'");
    }
    QVERIFY(
        messageOf([&] { RunStore::open(old); }).contains("expected runs of version 1, found 2"));
  }

  void aLockedFileIsNamed() {
    const fs::path file = path("locked.sqlite");
    RunStore store = RunStore::open(file);
    store.setBusyTimeout(10);
    SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    QVERIFY(messageOf([&] {
              store.add(someRun(), noise(1), noise(2));
            }).contains("locked.sqlite is locked by another program"));
    other.exec("ROLLBACK");
    QCOMPARE(store.add(someRun(), noise(1), noise(2)), std::int64_t{1});
  }

  void refusesWhatIsNoPicture() {
    RunStore store = RunStore::open(path("pictures.sqlite"));
    QVERIFY(messageOf([&] { store.add(someRun(), noise(1), cv::Mat()); }).contains("not RGB"));
    QVERIFY(messageOf([&] {
              store.add(someRun(), cv::Mat(4, 4, CV_8U), noise(1));
            }).contains("not RGB"));
    QVERIFY(store.runs().empty());
    QCOMPARE(store.bytes(), std::uint64_t{0});
  }

  // Rows that somebody else wrote: each is refused by a sentence that names file and run, and the
  // others stay readable.
  void damagedRowsAreNamed_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* sql, const char* part) { QTest::newRow(sql) << sql << part; };
    row("UPDATE runs SET details='[' WHERE id=1", "run 1: the details of an image");
    row("UPDATE runs SET clean=x'8181' WHERE id=1", "run 1: measures of an image");
    row("UPDATE runs SET options='[1]' WHERE id=1", "run 1: its options are no JSON object");
    row("UPDATE runs SET options='{' WHERE id=1", "run 1: ");
    row("UPDATE runs SET classes='{}' WHERE id=1", "run 1: ");
    row("UPDATE runs SET origin='{}' WHERE id=1", "run 1: ");
    row("UPDATE runs SET origin='3' WHERE id=1", "run 1: ");
    row("UPDATE runs SET thumbnail=x'' WHERE id=1", "run 1: its picture is ");
    row("UPDATE pictures SET png=x'89504e470d0a1a0a'", "run 1: its picture is truncated");
    row("DELETE FROM pictures", "run 1 is not there any more");
  }
  void damagedRowsAreNamed() {
    const QFETCH(QString, sql);
    const QFETCH(QString, part);
    const fs::path file = path("damaged.sqlite");
    fs::remove(file);
    {
      RunStore store = RunStore::open(file);
      store.add(someRun(), noise(1), noise(2));
      store.add(someRun("other"), noise(3), noise(4));
    }
    {
      SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
      database.exec(sql.toStdString());
    }
    const RunStore store = RunStore::open(file);
    const QString sentence = messageOf([&] {
      store.runs();
      store.thumbnail(1);
      store.attackedImage(1);
    });
    QVERIFY2(sentence.contains(part) && sentence.contains("damaged.sqlite"), qPrintable(sentence));
    std::vector<std::string> damaged;
    const std::vector<KeptRun> readable = store.runs(&damaged);
    QCOMPARE(readable.size() + damaged.size(), std::size_t{2});
    QCOMPARE(readable.back().image, std::string("other"));
  }
};

QTEST_APPLESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
