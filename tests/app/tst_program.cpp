#include <torch/version.h>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>
#include <opencv2/core/version.hpp>

namespace {

struct Outcome {
  int code = -1;
  QString out, err;
};

/// Runs the program with no display and with a window system that does not exist, so that anything
/// which starts Qt's part for windows ends in an abort.
Outcome run(const QStringList& arguments, const QStringList& variables = {}) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "OMP_WAIT_POLICY"})
    environment.remove(name);
  environment.insert("QT_QPA_PLATFORM", "none-such");
  environment.insert("OMP_NUM_THREADS", "1");
  for (const QString& variable : variables)
    environment.insert(variable.section('=', 0, 0), variable.section('=', 1));
  QProcess process;
  process.setProcessEnvironment(environment);
  process.start(UNINET_PROGRAM, arguments);
  if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

/// The names under "Subcommands:".
QStringList commandsInHelp() {
  const QString list = run({"--help"}).out.section("Subcommands:", 1);
  QStringList names;
  static const QRegularExpression kName("^  ([a-z][a-z-]*)\\b",
                                        QRegularExpression::MultilineOption);
  for (auto matches = kName.globalMatch(list); matches.hasNext();)
    names << matches.next().captured(1);
  return names;
}

}  // namespace

class TestProgram : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void printsVersionAndHelp() {
    const Outcome version = run({"--version"});
    QCOMPARE(version.code, 0);
    QVERIFY(QRegularExpression("^uninet \\d+\\.\\d+\\.\\d+\n$").match(version.out).hasMatch());
    const Outcome help = run({"--help"});
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains("--threads"));
    QVERIFY(help.err.isEmpty());
  }

  void verboseVersionNamesWhatComputes() {
    const Outcome plain = run({"--version"}), verbose = run({"--version", "--verbose"});
    QCOMPARE(verbose.code, 0);
    QVERIFY2(verbose.err.isEmpty(), qPrintable(verbose.err));
    const QStringList lines = verbose.out.trimmed().split('\n');
    QCOMPARE(lines.value(0) + '\n', plain.out);
    // What the libraries that this test is linked with say of themselves.
    for (const QString& line : {QString("Qt: ") + qVersion(), QString("LibTorch: ") + TORCH_VERSION,
                                QString("OpenCV: ") + CV_VERSION, QString("Threads: 1")})
      QVERIFY2(lines.contains(line), qPrintable(verbose.out));
    for (const char* name : {"oneDNN: ", "SQLite: ", "Processor: ", "Features: ", "Arithmetic: "})
      QVERIFY2(!lines.filter(QRegularExpression(QString("^") + name + ".")).isEmpty(), name);

    const QString two = run({"--threads", "2", "--verbose", "--version"}).out;
    QVERIFY2(two.contains("\nThreads: 2\n"), qPrintable(two));
    // As on an older processor, where there is no plan.
    const QString old = run({"--version", "--verbose"}, {"ATEN_CPU_CAPABILITY=default"}).out;
    QVERIFY2(old.contains("\nArithmetic: LibTorch, "), qPrintable(old));

    const Outcome alone = run({"--verbose"});
    QCOMPARE(alone.code, 2);
    QVERIFY2(alone.err.contains("--version"), qPrintable(alone.err));
  }

  void everyCommandHasHelp() {
    for (const QString& command : commandsInHelp()) {
      const Outcome help = run({command, "--help"});
      QVERIFY2(help.code == 0, qPrintable(command));
      QVERIFY2(help.out.contains(command), qPrintable(help.out));
    }
  }

  void refusesInOneSentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown command") << QStringList{"atack"} << "'atack'";
    QTest::newRow("unknown flag") << QStringList{"--frob"} << "--frob";
    QTest::newRow("no number") << QStringList{"--threads", "x"} << "--threads";
    QTest::newRow("negative") << QStringList{"--threads", "-1"} << "--threads";
    QTest::newRow("too many digits")
        << QStringList{"--threads", "99999999999999999999999"} << "from 0 to 1024";
    QTest::newRow("NaN") << QStringList{"profile", "--width", "nan"} << "from 0.125 to 2";
    QTest::newRow("negative limit")
        << QStringList{"evaluate", "--limit", "-1"} << "from 0 to 10000000";
    QTest::newRow("seed of nothing") << QStringList{"evaluate", "--seed", "1"} << "--seed";
    QTest::newRow("empty checkpoint") << QStringList{"--checkpoint", ""} << "--checkpoint";
    QTest::newRow("empty data") << QStringList{"--data", ""} << "--data";
    QTest::newRow("missing picture") << QStringList{"/nowhere/a.png"} << "'/nowhere/a.png'";
  }
  void refusesInOneSentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.startsWith("uninet: ") && outcome.err.count('\n') == 1 &&
                 outcome.err.contains(named),
             qPrintable(outcome.err));
  }

  /// What was printed into a full device is no success.
  void aFullDeviceIsNoSuccess() {
    for (const char* command : {"profile", "profile --json"}) {
      QProcess process;
      process.setStandardOutputFile("/dev/full");
      process.start(UNINET_PROGRAM, QString(command).split(' '));
      QVERIFY(process.waitForFinished(60000));
      QCOMPARE(process.exitCode(), 1);
      const QString text = QString::fromUtf8(process.readAllStandardError());
      QVERIFY2(text.contains("standard output cannot be written: No space left"), qPrintable(text));
    }
  }

  /// A value that OMP_WAIT_POLICY has already is the user's; otherwise libgomp reads "passive".
  void waitsPassively() {
    const Outcome unset = run({"--version"}, {"OMP_DISPLAY_ENV=true"});
    QCOMPARE(unset.code, 0);
    QVERIFY2(unset.err.trimmed()
                 .section("OPENMP DISPLAY ENVIRONMENT BEGIN", -1)
                 .contains("OMP_WAIT_POLICY = 'PASSIVE'"),
             qPrintable(unset.err));
    const Outcome set = run({"--version"}, {"OMP_DISPLAY_ENV=true", "OMP_WAIT_POLICY=active"});
    QCOMPARE(set.code, 0);
    QVERIFY(set.err.contains("OMP_WAIT_POLICY = 'ACTIVE'"));
    QVERIFY(!set.err.contains("PASSIVE"));
  }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
