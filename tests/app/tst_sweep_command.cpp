#include <QFile>
#include <QJsonDocument>
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

const char* const kPlan =
    "{\"name\": \"killed\", \"attacks\": ["
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"seg\"}},"
    "{\"attack\": \"hide-depth\"},"
    "{\"attack\": \"dag-detection\", \"options\": {\"iterations\": 2}, \"pictures\": true},"
    "{\"attack\": \"noise-sign\"}]}";

}  // namespace

class TestSweepCommand : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  QStringList sweepArguments(const QString& out) const {
    return {"sweep",    "--plan", path("plan.json"), "--limit", "2",           "--out", path(out),
            "--export", "json",   "--threads",       "1",       "--resamples", "20"};
  }

 private Q_SLOTS:
  void initTestCase() {
    writeTextFile(path("plan.json").toStdString(), kPlan);
    const auto [code, text] = runProgram(sweepArguments("whole"));
    QVERIFY2(code == 0, qPrintable(text));
    QVERIFY2(text.contains("a second"), qPrintable(text));
  }

  // Killed again and again without warning, each time one result further.
  void killedSweepGoesOnToTheSameNumbers() {
    const QString file = path("killed/results.sqlite");
    int kills = 0;
    for (std::size_t wanted = 1; wanted <= 9; wanted += 2) {
      QProcess program;
      program.start(UNINET_PROGRAM, sweepArguments("killed"));
      QVERIFY(program.waitForStarted());
      while (program.state() == QProcess::Running && storedResults(file) < wanted)
        program.waitForFinished(5);
      if (program.state() != QProcess::Running) break;
      ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
      program.waitForFinished();
      QCOMPARE(program.exitStatus(), QProcess::CrashExit);
      QVERIFY(storedResults(file) >= wanted);
      ++kills;
    }
    QVERIFY(kills >= 3);
    const auto [code, text] = runProgram(sweepArguments("killed"));
    QVERIFY2(code == 0, qPrintable(text));
    QCOMPARE(storedResults(file), std::size_t{10});
    QCOMPARE(readTextFile(path("killed/results.json").toStdString()),
             readTextFile(path("whole/results.json").toStdString()));
  }

  void nothingIsDoneTwice() {
    const auto [code, text] = runProgram(sweepArguments("whole"));
    QCOMPARE(code, 0);
    QVERIFY2(text.contains("nothing was left to do"), qPrintable(text));
  }

  void otherOptionsAreRefused() {
    QStringList arguments = sweepArguments("whole");
    arguments[4] = "1";
    const auto [code, text] = runProgram(arguments);
    QVERIFY(code != 0);
    QVERIFY2(text.contains("number of images"), qPrintable(text));
  }

  void figuresAreMade() {
    const auto [code, text] = runProgram({"figures", "--from", path("whole/results.sqlite"),
                                          "--out", path("figures"), "--resamples", "20"});
    QVERIFY2(code == 0, qPrintable(text));
    for (const char* file : {"figure-5.csv", "figure-shape.csv", "ratios.md", "claims.md"})
      QVERIFY2(QFile::exists(path("figures/") + file), file);
    const auto [missing, sentence] = runProgram({"figures", "--from", path("whole/results.sqlite"),
                                                 "--out", path("figures"), "--figure", "levels"});
    QVERIFY(missing != 0 || sentence.contains("no window"));
    const auto [none, message] =
        runProgram({"figures", "--from", path("none.sqlite"), "--out", path("figures")});
    QVERIFY(none != 0);
    QVERIFY2(message.contains("none.sqlite"), qPrintable(message));
  }

  void networksStandSideBySide() {
    QStringList other = sweepArguments("other");
    other[4] = "1";
    const auto [swept, problem] = runProgram(other);
    QVERIFY2(swept == 0, qPrintable(problem));
    const QStringList both{"figures",
                           "--from",
                           path("whole/results.sqlite"),
                           "--from",
                           path("other/results.sqlite"),
                           "--out",
                           path("both"),
                           "--resamples",
                           "20"};
    const auto [code, text] = runProgram(both + QStringList{"--label", "A", "--label", "B"});
    QVERIFY2(code == 0, qPrintable(text));
    QVERIFY2(text.contains("note: Images asked for: A 2; B 1."), qPrintable(text));
    QVERIFY2(text.contains("are the same checkpoint"), qPrintable(text));
    const auto contents = [&](const char* file) {
      return QString::fromStdString(readTextFile(path("both/" + QString(file)).toStdString()));
    };
    QVERIFY(contents("figure-5.csv").startsWith("network,panel,"));
    QVERIFY(contents("ratios.csv").startsWith("Attack,Network,Images,"));
    QVERIFY(contents("claims.md").contains("| A | B | same for both |"));
    QVERIFY(contents("claims.json").contains("\"same\""));
    const auto [twice, why] =
        runProgram({"figures", "--from", path("whole/results.sqlite"), "--from",
                    path("whole/results.sqlite"), "--out", path("twice")});
    QVERIFY(twice != 0);
    QVERIFY2(why.contains("the same results"), qPrintable(why));
    const auto [single, sentence] = runProgram({"figures", "--from", path("whole/results.sqlite"),
                                                "--label", "A", "--out", path("twice")});
    QVERIFY(single != 0);
    QVERIFY2(sentence.contains("--label"), qPrintable(sentence));
  }

  void imagesTogetherAreForWhatCanTakeThem() {
    writeTextFile(path("short.json").toStdString(),
                  R"({"arithmetic-check": 0, "attacks": [{"attack": "fgsm"}]})");
    const auto shortSweep = [this](const QString& out) {
      return QStringList{"sweep", "--plan", path("short.json"), "--limit",     "2",  "--threads",
                         "1",     "--out",  path(out),          "--resamples", "20", "--batch",
                         "2"};
    };
    const auto [code, text] =
        runProgram(shortSweep("precise") + QStringList{"--precision", "float64"});
    QVERIFY2(code == 0, qPrintable(text));
    QVERIFY2(text.contains("up to 2 images were computed together"), qPrintable(text));
    const ResultStore store = ResultStore::open(path("precise/results.sqlite").toStdString());
    QCOMPARE(store.remark("images together"), std::string("2"));
    QCOMPARE(store.finished().size(), std::size_t{4});
    // As float32 goes by the compiled plan, on processors that have one.
    const ResultStore whole = ResultStore::open(path("whole/results.sqlite").toStdString());
    if (whole.about().at("code path") != "plan") QSKIP("this processor has no plan");
    const auto [refused, sentence] = runProgram(shortSweep("together"));
    QVERIFY(refused != 0);
    QVERIFY2(sentence.contains("computes one image at a time"), qPrintable(sentence));
    QVERIFY(!QFile::exists(path("together/results.sqlite")));
  }

  // Images of the sweep that is there already are added to it; `compare` finds its numbers again.
  void savesImagesAndComparesThem() {
    const auto [code, text] =
        runProgram(sweepArguments("whole") + QStringList{"--save-images", path("images")});
    QVERIFY2(code == 0, qPrintable(text));
    const QString tree = path("images/04-noise-sign-1");
    QVERIFY2(text.contains("attacked images in " + tree), qPrintable(text));
    const auto [compared, said] =
        runProgram({"compare", "--clean", path("images/clean"), "--attacked", tree, "--out",
                    path("compared"), "--threads", "1", "--resamples", "20", "--export", "csv"});
    QVERIFY2(compared == 0, qPrintable(said));
    const ResultStore sweep = ResultStore::open(path("whole/results.sqlite").toStdString());
    const ResultStore store = ResultStore::open(path("compared/results.sqlite").toStdString());
    QCOMPARE(store.runs().at(1).title, sweep.runs().at(4).title);
    for (const auto& [image, measures] : store.measures(1))
      QCOMPARE(packMeasures(measures), packMeasures(sweep.measures(4).at(image)));
    const auto [none, sentence] = runProgram(
        {"sweep", "--out", path("whole"), "--export", "json", "--save-images", path("images")});
    QVERIFY(none != 0);
    QVERIFY2(sentence.contains("--save-images needs the plan"), qPrintable(sentence));
  }

  void convertsBothWays() {
    QCOMPARE(runProgram({"sweep", "--out", path("whole")}).first != 0, true);
    const QString demo =
        QString(UNINET_SOURCE_DIR) + "/resources/demo/uninet-streetscape.safetensors";
    const auto [code, text] = runProgram({"convert", demo, path("demo.pth"), "--half"});
    QVERIFY2(code == 0, qPrintable(text));
    const auto [back, again] = runProgram({"convert", path("demo.pth"), path("demo.safetensors")});
    QVERIFY2(back == 0, qPrintable(again));
    QVERIFY(runProgram({"convert", demo, path("demo.onnx")}).first != 0);
  }
};

QTEST_GUILESS_MAIN(TestSweepCommand)
#include "tst_sweep_command.moc"
