#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <memory>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/results/result_store.h"
#include "support/rank_program.h"

using namespace uninet;

namespace {

// Of four images one is checked by the other arithmetic.
const char* const kPlan =
    "{\"name\": \"ranks\", \"arithmetic-check\": 1, \"attacks\": ["
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"seg\", \"iterations\": 6}},"
    "{\"attack\": \"hide-depth\"},"
    "{\"attack\": \"dag-detection\", \"options\": {\"iterations\": 2}, \"pictures\": true},"
    "{\"attack\": \"noise-sign\"}]}";
constexpr std::size_t kResults = 20;

}  // namespace

class TestRanks : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::string whole_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  QStringList sweepArguments(const QString& out, const QString& images = "4") const {
    return {"sweep",    "--plan", path("plan.json"), "--limit", images,        "--out", path(out),
            "--export", "json",   "--threads",       "1",       "--resamples", "20",    "--lease",
            "2"};
  }
  std::string exported(const QString& out) const {
    try {
      return readTextFile((path(out) + "/results.json").toStdString());
    } catch (const Error& e) {
      return e.what();
    }
  }
  std::size_t stored(const QString& out) const {
    try {
      return ResultStore::open((path(out) + "/results.sqlite").toStdString()).finished().size();
    } catch (const Error&) {
      return 0;
    }
  }
  /// Results in the file of another rank than 0.
  std::size_t storedByOthers(const QString& out, const QString& rank) const {
    const QDir shards(path(out) + "/uninet-shards");
    std::size_t found = 0;
    for (const QString& name : shards.entryList({"*-" + rank + ".sqlite"}, QDir::Files)) try {
        found += ResultStore::open(shards.filePath(name).toStdString()).finished().size();
      } catch (const Error&) {
      }
    return found;
  }
  /// Nothing but the results is left: no shard, no file by which ranks meet, no lock.
  QStringList leftIn(const QString& out) const {
    return QDir(path(out)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                                     QDir::Name);
  }

 private Q_SLOTS:
  void initTestCase() {
    writeTextFile(path("plan.json").toStdString(), kPlan);
    Rank alone;
    alone.start(sweepArguments("whole") + QStringList{"--save-images", path("images of whole")},
                QProcessEnvironment::systemEnvironment());
    QVERIFY2(alone.finish() == 0, qPrintable(alone.text));
    whole_ = exported("whole");
    QVERIFY(whole_.size() > 1000);
  }

  void ranksEqualOneProcess_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("launcher");
    QTest::newRow("1, mpirun") << 1 << "mpirun";
    QTest::newRow("2, torchrun") << 2 << "torchrun";
    QTest::newRow("3, srun") << 3 << "srun";
  }
  void ranksEqualOneProcess() {
    const QFETCH(int, size);
    const QFETCH(QString, launcher);
    const QString out = launcher;
    std::vector<std::unique_ptr<Rank>> ranks;
    for (int r = size - 1; r >= 0; --r) {  // rank 0 last: the others wait for it
      QProcessEnvironment variables = openMpi(r, size);
      if (launcher != "mpirun")
        for (const char* name : {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"})
          variables.remove(name);
      if (launcher == "torchrun") {
        variables.insert("RANK", QString::number(r));
        variables.insert("WORLD_SIZE", QString::number(size));
        variables.insert("MASTER_ADDR", "localhost");
        // Where torchrun itself listens; no rank may take it.
        variables.insert("MASTER_PORT", "1");
        variables.insert("TORCHELASTIC_USE_AGENT_STORE", "True");
      }
      if (launcher == "srun") {
        variables.insert("SLURM_PROCID", QString::number(r));
        variables.insert("SLURM_STEP_NUM_TASKS", QString::number(size));
        variables.insert("SLURM_STEP_ID", "0");
        variables.insert("SLURM_JOB_ID", "17");
      }
      ranks.insert(ranks.begin(), std::make_unique<Rank>());
      // The last bits must not depend on how many cores a rank may use.
      if (size == 1) ranks.front()->bindToOneCore();
      ranks.front()->start(sweepArguments(out), variables);
    }
    std::size_t computed = 0;
    for (int r = size - 1; r >= 0; --r) {
      QVERIFY2(ranks[static_cast<std::size_t>(r)]->finish() == 0,
               qPrintable(ranks[static_cast<std::size_t>(r)]->text));
      const QString& text = ranks[static_cast<std::size_t>(r)]->text;
      if (r == 0) continue;
      const auto match =
          QRegularExpression(QString("rank %1 of %2: (\\d+) attacks").arg(r).arg(size)).match(text);
      QVERIFY2(match.hasMatch(), qPrintable(text));
      computed += match.captured(1).toUInt();
      QVERIFY2(!text.contains("metric ratio"), qPrintable(text));  // rank 0 speaks for all
    }
    const QString& first = ranks[0]->text;
    if (size > 1) {
      QVERIFY2(first.contains(QString("20 attacks and predictions by %1 ranks").arg(size)),
               qPrintable(first));
      QVERIFY2(computed > 0 && computed < kResults, qPrintable(first));
    }
    QCOMPARE(exported(out), whole_);
    QCOMPARE(leftIn(out), (QStringList{"results.json", "results.sqlite"}));
  }

  // Images of every rank come together, here where the results are there already without them.
  void ranksSaveImages() {
    const auto treeOf = [&](const QString& folder) {
      std::map<QString, QByteArray> tree;
      QDirIterator images(folder, {"*_leftImg8bit.png"}, QDir::Files, QDirIterator::Subdirectories);
      while (images.hasNext()) {
        QFile file(images.next());
        if (file.open(QIODevice::ReadOnly))
          tree[QDir(folder).relativeFilePath(file.fileName())] = file.readAll();
      }
      return tree;
    };
    const auto expected = treeOf(path("images of whole"));
    QVERIFY(expected.size() > 12);
    QCOMPARE(exported("mpirun"), whole_);
    const QStringList arguments =
        sweepArguments("mpirun") + QStringList{"--save-images", path("images")};
    Rank ranks[2];
    for (int r = 1; r >= 0; --r) ranks[r].start(arguments, openMpi(r, 2));
    for (const int r : {1, 0}) QVERIFY2(ranks[r].finish() == 0, qPrintable(ranks[r].text));
    QVERIFY2(ranks[0].text.contains("attacked images in "), qPrintable(ranks[0].text));
    QVERIFY(treeOf(path("images")) == expected);
    QCOMPARE(exported("mpirun"), whole_);
  }

  // A rank that is killed loses what it had in hand: the others do that when its lease is over.
  void killedRankIsMadeUpFor() {
    Rank ranks[3];
    for (int r = 2; r >= 0; --r) ranks[r].start(sweepArguments("killed"), openMpi(r, 3));
    while (ranks[1].program.state() == QProcess::Running && storedByOthers("killed", "1") < 1)
      ranks[1].program.waitForFinished(5);
    QVERIFY2(ranks[1].program.state() == QProcess::Running, ranks[1].program.readAll().constData());
    ranks[1].kill();
    for (const int r : {2, 0}) QVERIFY2(ranks[r].finish() == 0, qPrintable(ranks[r].text));
    QVERIFY2(ranks[0].text.contains("rank 1 (") && ranks[0].text.contains("was lost"),
             qPrintable(ranks[0].text));
    QCOMPARE(exported("killed"), whole_);
    QCOMPARE(leftIn("killed"), (QStringList{"results.json", "results.sqlite"}));
  }

  // Without rank 0 the others stop and say so; fewer ranks, and then one process without any
  // launcher, go on with what all have finished.
  void lostRankZeroIsNoLoss() {
    {
      Rank ranks[3];
      for (int r = 2; r >= 0; --r) ranks[r].start(sweepArguments("lost"), openMpi(r, 3));
      while (ranks[0].program.state() == QProcess::Running &&
             (stored("lost") < 1 || storedByOthers("lost", "2") < 1))
        ranks[0].program.waitForFinished(5);
      QVERIFY2(ranks[0].program.state() == QProcess::Running,
               ranks[0].program.readAll().constData());
      ranks[0].kill();
      for (const int r : {1, 2}) {
        QVERIFY2(ranks[r].finish() == 1, qPrintable(ranks[r].text));
        QVERIFY2(ranks[r].text.contains("rank 0 is gone"), qPrintable(ranks[r].text));
      }
    }
    const std::size_t before = stored("lost");
    {
      Rank ranks[2];
      for (int r = 0; r < 2; ++r) ranks[r].start(sweepArguments("lost"), openMpi(r, 2));
      // What the ranks of the first start left is taken over at once.
      while (ranks[0].program.state() == QProcess::Running && stored("lost") <= before)
        ranks[0].program.waitForFinished(5);
      ranks[0].kill();
      ranks[1].kill();
    }
    QVERIFY(stored("lost") > before);
    Rank alone;
    alone.start(sweepArguments("lost"), QProcessEnvironment::systemEnvironment());
    QVERIFY2(alone.finish() == 0, qPrintable(alone.text));
    QCOMPARE(exported("lost"), whole_);
    QVERIFY2(!leftIn("lost").contains("uninet-shards"), qPrintable(leftIn("lost").join(' ')));
  }

  // What another rank has otherwise is named, and the others go on without it.
  void strangersAreRefused_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("named");
    QTest::newRow("plan") << QStringList{"--preset", "figure3a"} << "its plan is ";
    QTest::newRow("number of images") << QStringList{"--limit", "2"} << "its number of images is 2";
    QTest::newRow("threads") << QStringList{"--threads", "2"} << "its threads is 2";
    QTest::newRow("data") << QStringList{"--split", "train"} << "its first image is ";
    QTest::newRow("images kept") << QStringList{"--save-images", path("of a stranger")}
                                 << "its choice to keep images is yes";
    QTest::newRow("build") << QStringList{} << "its build is uninet ";
  }
  void strangersAreRefused() {
    const QFETCH(QStringList, more);
    const QFETCH(QString, named);
    const QString out = QString("stranger-") + QTest::currentDataTag();
    QString program = UNINET_PROGRAM;
    if (more.isEmpty()) {
      // The same program with another byte behind its end.
      program = path("other-build");
      QVERIFY(QFile::copy(UNINET_PROGRAM, program));
      QFile file(program);
      QVERIFY(file.open(QIODevice::Append) && file.write("x") == 1);
    }
    QStringList theirs = sweepArguments(out, "1");
    for (int i = 0; i + 1 < more.size(); i += 2) {
      if (more[i] == "--preset") theirs.remove(theirs.indexOf("--plan"), 2);
      if (const qsizetype at = theirs.indexOf(more[i]); at >= 0) theirs.remove(at, 2);
      theirs << more[i] << more[i + 1];
    }
    if (more.contains("--preset"))
      theirs << "--arithmetic-check"
             << "1";
    Rank ranks[2];
    ranks[0].start(sweepArguments(out, "1"), openMpi(0, 2));
    ranks[1].start(theirs, openMpi(1, 2), program);
    QCOMPARE(ranks[1].finish(), 1);
    QVERIFY2(ranks[1].text.contains("rank 1 (") && ranks[1].text.contains("is refused: " + named) &&
                 ranks[1].text.contains("that of rank 0 ("),
             qPrintable(ranks[1].text));
    QVERIFY2(ranks[0].finish() == 0, qPrintable(ranks[0].text));
    QVERIFY2(ranks[0].text.contains("is refused: " + named), qPrintable(ranks[0].text));
    QVERIFY2(ranks[0].text.contains("5 attacks and predictions by 1 ranks"),
             qPrintable(ranks[0].text));
  }

  // A second start into the same folder is refused while the first one goes on.
  void twoJobsAreRefused() {
    Rank first, second, twin;
    first.start(sweepArguments("two"), openMpi(0, 2, "1"));
    while (first.program.state() == QProcess::Running && stored("two") < 1)
      first.program.waitForFinished(5);
    second.start(sweepArguments("two"), openMpi(0, 2, "2"));
    QCOMPARE(second.finish(), 1);
    QVERIFY2(second.text.contains("results.sqlite is in use by another run"),
             qPrintable(second.text));
    // Neither does a rank that belongs to a start of another size take part.
    twin.start(sweepArguments("two"), openMpi(2, 3, "1"));
    QCOMPARE(twin.finish(), 1);
    QVERIFY2(twin.text.contains("is one of 3, but rank 0 of 2"), qPrintable(twin.text));
    Rank other;
    other.start(sweepArguments("two"), openMpi(1, 2, "1"));
    QVERIFY2(other.finish() == 0, qPrintable(other.text));
    QVERIFY2(first.finish() == 0, qPrintable(first.text));
    QCOMPARE(exported("two"), whole_);
  }

  void launchersCanBeIgnored() {
    Rank alone;
    alone.start(sweepArguments("whole") << "--no-ranks", openMpi(1, 2));
    QVERIFY2(alone.finish() == 0, qPrintable(alone.text));
    QVERIFY2(alone.text.contains("nothing was left to do"), qPrintable(alone.text));
    Rank bad;
    QProcessEnvironment variables = openMpi(0, 2);
    variables.insert("OMPI_COMM_WORLD_RANK", "two");
    bad.start(sweepArguments("whole"), variables);
    QCOMPARE(bad.finish(), 1);
    QVERIFY2(bad.text.contains("OMPI_COMM_WORLD_RANK: expected a whole number from 0 to 1, found "
                               "\"two\""),
             qPrintable(bad.text));
  }
};

QTEST_GUILESS_MAIN(TestRanks)
#include "tst_ranks.moc"
