#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

struct Outcome {
  int code = -1;
  QString out, err;
};

Outcome run(const QString& program, const QStringList& arguments) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("OMP_NUM_THREADS", "1");
  environment.remove("DESTDIR");
  environment.remove("CXXFLAGS");
  QProcess process;
  process.setProcessEnvironment(environment);
  process.start(program, arguments);
  if (!process.waitForFinished(600000) || process.exitStatus() != QProcess::NormalExit) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace

/// The example of a plugin as a person builds and uses it: against what is installed, with the
/// program from there.
class TestAttackPlugin : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString plugin_, program_ = UNINET_PROGRAM;

  QString path(const char* name) const { return folder_.filePath(QString::fromUtf8(name)); }
  Outcome uninet(const QStringList& arguments) const { return run(program_, arguments); }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    const auto done = [](const Outcome& outcome) {
      if (outcome.code != 0) qWarning("%s", qPrintable(outcome.out + outcome.err));
      return outcome.code == 0;
    };
    QVERIFY(done(run(UNINET_CMAKE, {"--install", UNINET_BUILD_DIR, "--component", "development",
                                    "--prefix", path("prefix")})));
    const QString example = path("prefix/share/doc/uninet-workbench-dev/examples/attack_plugin");
    QVERIFY(QDir(example).exists());
    // The sources that this build is made from are not seen.
    QVERIFY(
        done(run(UNINET_CMAKE, {"-G", "Ninja", "-S", example, "-B", path("build"),
                                "-DCMAKE_PREFIX_PATH=" + path("prefix"), "-DCMAKE_BUILD_TYPE=Debug",
                                "-DCMAKE_CXX_FLAGS=-Wall -Wextra"})));
    QVERIFY(done(run(UNINET_CMAKE, {"--build", path("build")})));
    plugin_ = path("build/smooth_pgd.so");
    QVERIFY(QFile::exists(plugin_));
  }

  void keepsTheContract() {
    const Outcome checked = uninet({"check-attack", "--plugin", plugin_});
    QVERIFY2(checked.code == 0, qPrintable(checked.out + checked.err));
    QVERIFY(checked.out.startsWith("smooth-pgd: Smooth PGD\n"));
    QCOMPARE(checked.out.count("\n  ok "), 7);
    const Outcome chosen = uninet({"check-attack", "fgsm", "--plugin=" + plugin_});
    QVERIFY2(chosen.code == 0 && chosen.out.startsWith("fgsm: "), qPrintable(chosen.err));
  }

  void isInHelpAndFlags() {
    const Outcome help = uninet({"attack", "--help", "--plugin", plugin_});
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains("--sigma") && help.out.contains("smooth-pgd: Smooth PGD."));
    QVERIFY(!uninet({"attack", "--help"}).out.contains("smooth-pgd"));
  }

  void attacksAndSweeps() {
    const QStringList common{"--plugin", plugin_, "--out"};
    const Outcome done =
        uninet(QStringList{"attack", "--preset", "Smooth \u00b7 segmentation", "--sigma", "1.5",
                           "--iterations", "2", "--scenes", "2"} +
               common + QStringList{path("out")});
    QVERIFY2(done.code == 0, qPrintable(done.err));
    QFile file(path("out/report.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(report["attack"].toString(), QString("smooth-pgd"));
    QCOMPARE(report["options"].toObject()["sigma"].toDouble(), 1.5);
    QCOMPARE(report["options"].toObject()["objective"].toString(), QString("seg"));

    QFile plan(path("plan.json"));
    QVERIFY(plan.open(QIODevice::WriteOnly));
    plan.write(R"({"name": "mine", "attacks": [{"attack": "smooth-pgd", "epsilon": [1],
        "options": {"objective": "seg", "sigma": 3, "iterations": 1}}]})");
    plan.close();
    const QStringList sweep{"sweep",       "--plan", plan.fileName(),      "--limit", "1",
                            "--resamples", "10",     "--arithmetic-check", "0"};
    const Outcome without = uninet(sweep + QStringList{"--out", path("none")});
    QCOMPARE(without.code, 1);
    QVERIFY2(without.err.contains("\"smooth-pgd\" is not one of") && without.err.count('\n') == 1,
             qPrintable(without.err));
    const Outcome swept = uninet(sweep + common + QStringList{path("sweep")});
    QVERIFY2(swept.code == 0, qPrintable(swept.err));
    QVERIFY(QFile::exists(path("sweep/results.sqlite")));
  }

  /// Only what is named, and only by who attacks.
  void isRefusedInOneSentence() {
    const QString text = QString(UNINET_SOURCE_DIR) + "/README.md";
    for (const QStringList& arguments :
         {QStringList{"attack", "--plugin", text, "--out", path("refused")},
          QStringList{"--plugin", path("nothing.so")},
          QStringList{"evaluate", "--limit", "1", "--plugin", plugin_}}) {
      const Outcome refused = uninet(arguments);
      QCOMPARE(refused.code, 2);
      QVERIFY2(refused.err.startsWith("uninet: ") && refused.err.count('\n') == 1,
               qPrintable(refused.err));
    }
    QVERIFY(!QFile::exists(path("refused")));
  }
};

QTEST_GUILESS_MAIN(TestAttackPlugin)
#include "tst_attack_plugin.moc"
