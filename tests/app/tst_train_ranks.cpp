// The program as several ranks that train one network, with the variables of launchers.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "model/ranks/rank_group.h"
#include "support/rank_program.h"

using namespace uninet;

class TestTrainRanks : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  QStringList arguments(const QString& out, const QStringList& more = {}) const {
    return QStringList{"train",
                       "--data",
                       "streetscape",
                       "--out",
                       path(out),
                       "--tasks",
                       "segment,depth",
                       "--width",
                       "0.125",
                       "--size",
                       "128x256",
                       "--batch",
                       "4",
                       "--rate",
                       "1e-8",
                       "--epochs",
                       "4",
                       "--precision",
                       "float32",
                       "--epoch-images",
                       "20",
                       "--threads",
                       "1",
                       "--validate-every",
                       "0",
                       "--optimiser",
                       "adamw"} +
           more;
  }
  QByteArray content(const QString& out, const QString& name) const {
    QFile file(path(out) + "/" + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// Two ranks that are not waited for.
  void start(Rank (&ranks)[2], const QString& out, const QStringList& more = {}) const {
    for (int r = 1; r >= 0; --r) ranks[r].start(arguments(out, more), openMpi(r, 2));
  }
  /// Goes on as soon as there is a state, that after an epoch.
  void awaitState(Rank& rank, const QString& out) const {
    while (rank.program.state() == QProcess::Running &&
           !QFile::exists(path(out) + "/state.safetensors"))
      rank.program.waitForFinished(5);
  }

 private Q_SLOTS:
  void initTestCase() {
    if (!RankGroup::available()) QSKIP("this build has no Gloo");
    Rank ranks[2];
    start(ranks, "whole");
    for (const int r : {0, 1}) QVERIFY2(ranks[r].finish() == 0, qPrintable(ranks[r].text));
    QVERIFY2(ranks[0].text.contains("mpirun has started 2 ranks, which share every batch"),
             qPrintable(ranks[0].text));
    QVERIFY2(!ranks[1].text.contains("loss"), qPrintable(ranks[1].text));  // rank 0 speaks for all
  }

  void ranksEqualOneProcess() {
    Rank alone;
    alone.start(arguments("alone", {"--no-ranks"}), openMpi(0, 2));
    QVERIFY2(alone.finish() == 0, qPrintable(alone.text));
    const QList<QByteArray> one = content("alone", "losses.csv").trimmed().split('\n');
    const QList<QByteArray> two = content("whole", "losses.csv").trimmed().split('\n');
    QCOMPARE(one.size(), 3);
    QCOMPARE(two.size(), one.size());
    QCOMPARE(two[0], one[0]);
    for (int row = 1; row < 3; ++row) {
      const QList<QByteArray> right = one[row].split(','), found = two[row].split(',');
      QCOMPARE(found.size(), right.size());
      for (int i = 0; i < right.size(); ++i)
        // The rate holds the weights: AdamW makes whole steps of rounding. tst_shared_batch
        // compares losses and gradients in double precision.
        QVERIFY2(std::abs(found[i].toDouble() - right[i].toDouble()) <=
                     1e-3 * std::abs(right[i].toDouble()),
                 (one[row] + "; " + two[row]).constData());
    }
  }

  // Whichever rank is stopped: the state is saved, and the same command goes on to the same bytes.
  void stopOfOneStopsAll() {
    {
      Rank ranks[2];
      start(ranks, "stopped");
      awaitState(ranks[0], "stopped");
      QVERIFY2(ranks[1].program.state() == QProcess::Running, "it was too fast to be stopped");
      ranks[1].program.terminate();
      for (Rank& rank : ranks) {
        QCOMPARE(rank.finish(), 130);
        QVERIFY2(rank.text.contains("uninet: stopped"), qPrintable(rank.text));
      }
    }
    Rank ranks[2];
    start(ranks, "stopped");
    for (Rank& rank : ranks) QVERIFY2(rank.finish() == 0, qPrintable(rank.text));
    for (const char* name : {"network.safetensors", "losses.csv"})
      QVERIFY2(content("stopped", name) == content("whole", name), name);
  }

  void lostRankEndsAll() {
    Rank ranks[2];
    start(ranks, "lost");
    awaitState(ranks[0], "lost");
    ranks[1].kill();
    QCOMPARE(ranks[0].finish(), 1);
    QVERIFY2(ranks[0].text.contains("a rank was lost, or did not answer within 300 s; training "
                                    "ends; what was last saved in "),
             qPrintable(ranks[0].text));
    QVERIFY(!content("lost", "network.safetensors").isEmpty());
    QVERIFY(!QFile::exists(path("lost") + "/.uninet-ranks.json"));
  }

  void lostRankZeroEndsAll() {
    Rank ranks[2];
    start(ranks, "lost zero");
    awaitState(ranks[0], "lost zero");
    ranks[0].kill();
    QCOMPARE(ranks[1].finish(), 1);
    QVERIFY2(ranks[1].text.contains("rank 0 is gone; training ends; what was last saved in "),
             qPrintable(ranks[1].text));
  }

  void otherOptionsAreRefused() {
    Rank ranks[2];
    ranks[0].start(arguments("refused"), openMpi(0, 2));
    ranks[1].start(arguments("refused", {"--seed", "4"}), openMpi(1, 2));
    for (Rank& rank : ranks) {
      QCOMPARE(rank.finish(), 1);
      QVERIFY2(rank.text.contains("rank 1 (") &&
                   rank.text.contains("is refused: its option seed is 4, that of rank 0 ("),
               qPrintable(rank.text));
    }
    QVERIFY(content("refused", "state.safetensors").isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestTrainRanks)
#include "tst_train_ranks.moc"
