#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "core/session/session.h"

namespace {

QString textOf(const QString& file) {
  QFile text(file);
  return text.open(QIODevice::ReadOnly) ? QString::fromUtf8(text.readAll()) : QString();
}

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
    QStringList files{"bin/uninet",
                      "share/uninet/demo/uninet-streetscape.safetensors",
                      "share/uninet/demo/mti-net-streetscape.safetensors",
                      "share/uninet/docs/results-format.md",
                      "share/man/man1/uninet.1.gz",
                      "share/doc/uninet-workbench/LICENSE"};
#ifdef UNINET_GUI
    files << "share/applications/uninet-workbench.desktop"
          << "share/metainfo/uninet-workbench.metainfo.xml"
          << "share/mime/packages/uninet-workbench.xml"
          << "share/icons/hicolor/scalable/apps/uninet-workbench.svg"
          << "share/icons/hicolor/16x16/apps/uninet-workbench.png"
          << "share/icons/hicolor/256x256/apps/uninet-workbench.png";
#endif
    for (const QString& file : files) QVERIFY2(QFile::exists(installed(file)), qPrintable(file));
    // What serves the build alone is not for users.
    for (const char* name : {"scripts", "cmake", "icons", "desktop", "package"})
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
    QString launchable, release;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      if (xml.name() == QLatin1String("launchable")) launchable = xml.readElementText();
      if (release.isEmpty() && xml.name() == QLatin1String("release"))
        release = xml.attributes().value("version").toString();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(launchable, QString("uninet-workbench.desktop"));
    QCOMPARE("uninet " + release + '\n',
             run(installed("bin/uninet"), {"--version"}, folder_.path()).out);
  }

  /// A file manager that was told of the type opens sessions with the program, and no other JSON.
  void sessionsAreKnownByTheirContent() {
#ifndef UNINET_GUI
    QSKIP("this build has no window");
#endif
    // As it stands in /usr/share after the package was installed, beside the types of other files.
    const QString known = "/usr/share/mime/packages/freedesktop.org.xml",
                  mime = folder_.filePath("types/mime/packages/");
    QVERIFY(QDir().mkpath(mime));
    QVERIFY(QFile::copy(installed("share/mime/packages/uninet-workbench.xml"),
                        mime + "uninet-workbench.xml"));
    const bool others = QFile::copy(known, mime + "freedesktop.org.xml");
    // Read when the first database is made, below.
    qputenv("XDG_DATA_DIRS", folder_.filePath("types").toUtf8());
    qputenv("XDG_DATA_HOME", folder_.filePath("none").toUtf8());
    const QString session = folder_.filePath("a session.json"), other = folder_.filePath("b.json");
    uninet::Session written = uninet::newSession();
    written.data.kind = uninet::Session::Data::Kind::pictures;
    for (int i = 0; i < 500; ++i)
      written.data.paths.emplace_back("/pictures/" + std::to_string(i) + ".png");
    uninet::writeSession(written, session.toStdString());
    QVERIFY(uninet::readSession(session.toStdString()) == written);
    QFile plain(other);
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.write("{\n  \"format\": \"another\"\n}\n");
    plain.close();
    const QMimeDatabase types;
    const QString type = types.mimeTypeForFile(session).name();
    QCOMPARE(type, QString("application/x-uninet-session"));
    // Where the types of other files are known.
    if (others) QCOMPARE(types.mimeTypeForFile(other).name(), QString("application/json"));
    const QString entry = textOf(installed("share/applications/uninet-workbench.desktop"));
    QVERIFY(entry.contains("MimeType=" + type + ';'));
  }

  void theManualNamesEveryCommandAndFlag() {
    const Outcome page =
        run("gzip", {"-dc", installed("share/man/man1/uninet.1.gz")}, folder_.path());
    QVERIFY2(page.code == 0, qPrintable(page.err));
    QVERIFY(page.out.startsWith(".TH UNINET 1 "));
    static const QRegularExpression kCommand("^  ([a-z][a-z0-9-]*) ",
                                             QRegularExpression::MultilineOption),
        kFlag("--[a-z][a-z-]+");
    const QString program = installed("bin/uninet");
    const QString help = run(program, {"--help"}, folder_.path()).out;
    QStringList commands;
    for (auto found = kCommand.globalMatch(help.section("Subcommands:", 1)); found.hasNext();)
      commands << found.next().captured(1);
    QVERIFY(commands.size() > 10);
    QCOMPARE(page.out.count("\n.SS \"uninet "), commands.size());
    // Where a command has a section of its own, what its help lists stands in it.
    for (const QString& command : {QString("attack"), QString("help-pages"), commands.first()}) {
      QVERIFY2(commands.contains(command), qPrintable(command));
      QString section =
          page.out.section("\n.SS \"uninet " + QString(command).replace('-', "\\-") + "\"\n", 1, 1);
      section = section.section("\n.SS ", 0, 0).replace("\\-", "-");
      const QString listed = run(program, {command, "--help"}, folder_.path()).out;
      for (auto found = kFlag.globalMatch(listed); found.hasNext();) {
        const QString flag = found.next().captured(0);
        if (flag != "--help") QVERIFY2(section.contains(flag), qPrintable(command + ' ' + flag));
      }
    }
    // What is no macro is no line that begins as one.
    for (const QString& line : page.out.split('\n'))
      if (line.startsWith('.') || line.startsWith('\''))
        QVERIFY2(QRegularExpression("^\\.(TH|SH|SS|TP|PP|B|br|nf|fi)\\b").match(line).hasMatch(),
                 qPrintable(line));
  }

  /// The version stands in CMakeLists.txt; what is written by hand follows it.
  void releaseIsWrittenDown() {
    const QString version =
        run(UNINET_PROGRAM, {"--version"}, folder_.path()).out.trimmed().section(' ', 1);
    QVERIFY(!version.isEmpty());
    const QString sources = UNINET_SOURCE_DIR;
    const auto latest =
        QRegularExpression("^## \\[([0-9.]+)\\] - ([0-9-]+)$", QRegularExpression::MultilineOption)
            .match(textOf(sources + "/CHANGELOG.md"));
    QCOMPARE(latest.captured(1), version);
    const QString citation = textOf(sources + "/CITATION.cff");
    QVERIFY(citation.contains("\nversion: " + version + '\n'));
    QVERIFY(citation.contains("\ndate-released: " + latest.captured(2) + '\n'));
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
