#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

namespace {

/// Needs the demo network.
const QStringList kCommand{"evaluate", "--limit", "1"};

struct Outcome {
  int code = -1;
  QString out, err;
};

Outcome run(const QString& program, const QStringList& arguments, const QString& folder) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("OMP_NUM_THREADS", "1");
  environment.remove("DESTDIR");
  QProcess process;
  process.setProcessEnvironment(environment);
  process.setWorkingDirectory(folder);
  process.start(program, arguments);
  if (!process.waitForFinished(300000) || process.exitStatus() != QProcess::NormalExit) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace

/// What "cmake --install" puts below a prefix, and that it runs from there.
class TestInstall : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  QString prefix() const { return folder_.filePath("prefix"); }
  QString installed(const QString& file) const { return prefix() + '/' + file; }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    const Outcome done =
        run(UNINET_CMAKE, {"--install", UNINET_BUILD_DIR, "--prefix", prefix()}, folder_.path());
    QVERIFY2(done.code == 0, qPrintable(done.out + done.err));
  }

  void everythingHasItsPlace() {
    QStringList files{"bin/uninet", "share/uninet/demo/uninet-streetscape.safetensors",
                      "share/uninet/docs/results-format.md"};
#ifdef UNINET_GUI
    files << "share/applications/uninet-workbench.desktop"
          << "share/metainfo/uninet-workbench.metainfo.xml"
          << "share/icons/hicolor/scalable/apps/uninet-workbench.svg"
          << "share/icons/hicolor/16x16/apps/uninet-workbench.png"
          << "share/icons/hicolor/256x256/apps/uninet-workbench.png";
#endif
    for (const QString& file : files) QVERIFY2(QFile::exists(installed(file)), qPrintable(file));
    // What serves the build alone is not for users.
    for (const char* name : {"scripts", "cmake", "icons", "desktop"})
      QVERIFY2(!QFile::exists(installed(QString("share/uninet/") + name)), name);
  }

  void desktopFilesNameWhatIsThere() {
#ifndef UNINET_GUI
    QSKIP("this build has no window");
#endif
    QFile entry(installed("share/applications/uninet-workbench.desktop"));
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(entry.readAll());
    QVERIFY(text.startsWith("[Desktop Entry]\n"));
    QVERIFY(text.contains("\nExec=uninet %F\n") && text.contains("\nIcon=uninet-workbench\n"));
    QFile metainfo(installed("share/metainfo/uninet-workbench.metainfo.xml"));
    QVERIFY(metainfo.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&metainfo);
    QString launchable;
    while (!xml.atEnd())
      if (xml.readNext() == QXmlStreamReader::StartElement &&
          xml.name() == QLatin1String("launchable"))
        launchable = xml.readElementText();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(launchable, QString("uninet-workbench.desktop"));
  }

  void aLinkToItFindsTheDemo() {
    const QString link = folder_.filePath("elsewhere");
    QVERIFY(QDir().mkpath(folder_.filePath("away")));
    QVERIFY(QFile::link(installed("bin/uninet"), link));
    QVERIFY(QFile::link(link, folder_.filePath("away/uninet")));
    const Outcome whole = run(folder_.filePath("away/uninet"), kCommand, folder_.path());
    QVERIFY2(whole.code == 0, qPrintable(whole.err));
    QVERIFY(!whole.out.isEmpty());

    // It is the installed demo that was read: broken, it is named.
    QFile demo(installed("share/uninet/demo/uninet-streetscape.safetensors"));
    QVERIFY(demo.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(demo.open(QIODevice::WriteOnly | QIODevice::Truncate));
    demo.write("none");
    demo.close();
    const Outcome broken = run(folder_.filePath("away/uninet"), kCommand, folder_.path());
    QCOMPARE(broken.code, 1);
    QVERIFY2(broken.err.contains(QDir(prefix()).canonicalPath() + "/share/uninet/demo"),
             qPrintable(broken.err));
  }

  void fromTheBuildFolderTheSourcesServe() {
    const QString link = folder_.filePath("built");
    QVERIFY(QFile::link(UNINET_PROGRAM, link));
    const Outcome outcome = run(link, kCommand, folder_.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
  }
};

QTEST_GUILESS_MAIN(TestInstall)
#include "tst_install.moc"
