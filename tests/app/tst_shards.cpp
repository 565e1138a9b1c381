#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/results/result_store.h"
#include "support/sweep_program.h"

using namespace uninet;

namespace {

// Of three images two are checked by the other arithmetic: one in each shard.
const char* const kPlan =
    "{\"name\": \"shards\", \"arithmetic-check\": 2, \"attacks\": ["
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"seg\", \"iterations\": 3}},"
    "{\"attack\": \"dag-detection\", \"options\": {\"iterations\": 2}, \"pictures\": true},"
    "{\"attack\": \"noise-sign\"}]}";

}  // namespace

class TestShards : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  QStringList sweepArguments(const QString& out, const QString& shard = {}) const {
    QStringList all{"sweep",     "--plan", path("plan.json"), "--limit", "3",
                    "--threads", "1",      "--out",           path(out)};
    if (!shard.isEmpty()) all << "--shard" << shard;
    return all;
  }
  /// Exports and figures' numbers of a folder of results.
  std::string madeOf(const QString& out) const {
    std::string all;
    for (const char* kind : {"json", "csv"}) {
      const auto [code, text] =
          runProgram({"sweep", "--out", path(out), "--export", kind, "--resamples", "20"});
      if (code != 0) return text.toStdString();
      all += readTextFile((path(out) + "/results." + kind).toStdString());
    }
    const QString figures = path(out + "-figures");
    const auto [code, text] = runProgram({"figures", "--from", path(out) + "/results.sqlite",
                                          "--out", figures, "--resamples", "20"});
    if (code != 0) return text.toStdString();
    for (const QString& name : QDir(figures).entryList(QDir::Files, QDir::Name)) {
      QFile file(figures + "/" + name);
      if (!file.open(QIODevice::ReadOnly)) return "cannot be read: " + name.toStdString();
      all += name.toStdString() + "\n" + file.readAll().toStdString();
    }
    return all;
  }

 private Q_SLOTS:
  void initTestCase() {
    writeTextFile(path("plan.json").toStdString(), kPlan);
    const auto [code, text] = runProgram(sweepArguments("whole"));
    QVERIFY2(code == 0, qPrintable(text));
  }

  // One shard is killed without warning; merging says what lacks, and the command that it names
  // completes it. Exports and figures are then those of one process, to the last byte.
  void shardsEqualOneProcess() {
    const auto [first, said] = runProgram(sweepArguments("a", "1/2"));
    QVERIFY2(first == 0, qPrintable(said));
    QVERIFY2(said.contains("shard 1/2 (2 images)"), qPrintable(said));
    const QString file = path("b/results.sqlite");
    QProcess program;
    program.start(UNINET_PROGRAM, sweepArguments("b", "2/2"));
    QVERIFY(program.waitForStarted());
    while (program.state() == QProcess::Running && storedResults(file) < 2)
      program.waitForFinished(5);
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
    program.waitForFinished();
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);

    const QStringList merge{"merge", path("b"), path("a"), "--out", path("merged")};
    const auto [refused, sentence] = runProgram(merge);
    QCOMPARE(refused, 1);
    QVERIFY2(sentence.contains("b/results.sqlite, shard 2/2, lacks "), qPrintable(sentence));
    const QString mark = "complete it with: ";
    QVERIFY2(sentence.contains(mark), qPrintable(sentence));
    QVERIFY(!QFile::exists(path("merged/results.sqlite")));
    QProcess shell;
    shell.start("/bin/sh", {"-c", sentence.mid(sentence.indexOf(mark) + mark.size())});
    QVERIFY(shell.waitForFinished(kPatience));
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());

    const auto [merged, text] = runProgram(merge);
    QVERIFY2(merged == 0, qPrintable(text));
    QVERIFY2(text.contains("2 shards with 12 results on 3 images"), qPrintable(text));
    const std::string whole = madeOf("whole");
    QVERIFY(whole.size() > 10000);
    QCOMPARE(madeOf("merged"), whole);
    // A sweep of one process finds nothing left to do in it.
    const auto [code, nothing] = runProgram(sweepArguments("merged"));
    QVERIFY2(code == 0 && nothing.contains("nothing was left to do"), qPrintable(nothing));
  }

  // Shards keep their images; the whole command writes those of the merged results.
  void shardsSaveImages() {
    const QStringList save{"--save-images", path("images")};
    for (const char* shard : {"1/2", "2/2"}) {
      const auto [code, text] =
          runProgram(sweepArguments(QString("kept%1").arg(shard[0]), shard) + save);
      QVERIFY2(code == 0, qPrintable(text));
      QVERIFY2(text.contains("attacked images are kept there"), qPrintable(text));
    }
    QVERIFY(!QDir(path("images")).exists());
    const auto [merged, said] =
        runProgram({"merge", path("kept1"), path("kept2"), "--out", path("kept")});
    QVERIFY2(merged == 0, qPrintable(said));
    const auto [code, text] = runProgram(sweepArguments("kept") + save);
    QVERIFY2(code == 0 && text.contains("nothing was left to do"), qPrintable(text));
    QVERIFY2(text.contains("attacked images in " + path("images/03-noise-sign-1")),
             qPrintable(text));
    QCOMPARE(madeOf("kept"), madeOf("whole"));
  }

  void badUseIsRefused() {
    const auto refuses = [](const QStringList& arguments, const char* part) {
      const auto [code, text] = runProgram(arguments);
      QVERIFY(code != 0);
      QVERIFY2(text.contains(part), qPrintable(text));
    };
    refuses(sweepArguments("c", "0/2"), "--shard: expected K/N");
    refuses(sweepArguments("a", "2/2"), "another shard (1/2, now 2/2)");
    refuses(sweepArguments("a"), "another shard (1/2, now none)");
    refuses(sweepArguments("c", "1/2") << "--export"
                                       << "csv",
            "uninet merge");
    refuses({"merge", path("a"), path("a"), "--out", path("x")}, "is given twice");
    refuses({"merge", path("a"), "--out", path("x")}, "shard 2/2 is missing");
    refuses({"merge", path("whole"), "--out", path("x")}, "holds no shard");
    refuses({"merge", path("a"), path("b")}, "--out");
  }

  // More shards than images: the last ones are empty, and count.
  void emptyShardsCount() {
    QStringList merge{"merge", "--out", path("few")};
    for (int k = 1; k <= 2; ++k) {
      QStringList arguments = sweepArguments(QString("few%1").arg(k), QString("%1/2").arg(k));
      arguments[4] = "1";
      const auto [code, text] = runProgram(arguments);
      QVERIFY2(code == 0, qPrintable(text));
      merge << path(QString("few%1").arg(k));
    }
    const auto [code, text] = runProgram(merge);
    QVERIFY2(code == 0 && text.contains("4 results on 1 images"), qPrintable(text));
  }
};

QTEST_GUILESS_MAIN(TestShards)
#include "tst_shards.moc"
