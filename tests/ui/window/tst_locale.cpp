#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <clocale>
#include <cstdlib>

#include "core/base/files.h"
#include "core/base/pictures.h"
#include "support/patience.h"
#include "ui/document/text.h"
#include "ui/window/application.h"

using namespace uninet;

namespace {

const char* const kPlan =
    "{\"name\": \"locale\", \"attacks\": ["
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"multi-task\", \"iterations\": 1, "
    "\"epsilon\": 1}},"
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"semantic\", \"iterations\": 1, "
    "\"epsilon\": 1}},"
    "{\"attack\": \"pgd\", \"options\": {\"objective\": \"semantic\", \"iterations\": 1, "
    "\"epsilon\": 0.5}},"
    "{\"attack\": \"dag-detection\", \"options\": {\"iterations\": 1}}]}";

const char* const kLocale = "de_DE.UTF-8";

/// How long something took is another number each time.
QByteArray withoutTimes(QByteArray text) {
  static const QRegularExpression kTimes("seconds[^0-9]{1,12}[0-9.e+-]+");
  return QString::fromUtf8(text).remove(kTimes).toUtf8();
}

QByteArray bytesOf(const QString& file) {
  return QByteArray::fromStdString(readTextFile(file.toStdString()));
}

}  // namespace

/// Under a locale with a decimal comma the program writes what it writes under any other.
class TestLocale : public QObject {
  Q_OBJECT

 public:
  explicit TestLocale(const QString& locales) : locales_(locales) {}

 private:
  QString locales_;
  QTemporaryDir folder_;

  QString path(const QString& name) const { return folder_.filePath(name); }

  /// Exit code and standard output. `locale`: "C" or the one with the comma; texts are English
  /// under both.
  std::pair<int, QString> run(const QString& locale, const QStringList& arguments) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LC_ALL", locale);
    environment.insert("LOCPATH", locales_);
    environment.insert("LANGUAGE", "en");
    environment.insert("OMP_NUM_THREADS", "1");
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(UNINET_PROGRAM, arguments);
    program.waitForFinished(kPatience);
    return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1,
            QString::fromUtf8(program.readAllStandardOutput())};
  }

  static QStringList filesIn(const QString& folder) {
    QStringList files;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
      files << QDir(folder).relativeFilePath(it.next());
    files.sort();
    return files;
  }

 private Q_SLOTS:
  // The locale is there, and the application object would bring it in.
  void theLibraryKeepsItsPoint() {
    QCOMPARE(QString(std::setlocale(LC_CTYPE, nullptr)), QString(kLocale));
    QCOMPARE(QString(std::localeconv()->decimal_point), QString("."));
    QCOMPARE(std::strtod("0.5", nullptr), 0.5);
    QCOMPARE(shownNumber(0.5), QString("0,5"));
    QCOMPARE(shownNumber(qint64{12345}), QString("12.345"));
  }

  void writesTheSameBytes_data() {
    QTest::addColumn<QStringList>("arguments");
    writePng(path("picture.png").toStdString(), cv::Mat(64, 96, CV_8UC3, cv::Scalar(90, 120, 60)));
    writeTextFile(path("plan.json").toStdString(), kPlan);
    const auto [code, text] =
        run("C", {"sweep", "--plan", path("plan.json"), "--limit", "2", "--out", path("sweep")});
    QVERIFY2(code == 0, qPrintable(text));
    QTest::newRow("predict") << QStringList{"predict", "--input", path("picture.png")};
    QTest::newRow("figures") << QStringList{"figures", "--from", path("sweep/results.sqlite")};
    QTest::newRow("first-light") << QStringList{"first-light"};
  }
  void writesTheSameBytes() {
    const QFETCH(QStringList, arguments);
    const bool timed = arguments[0] == "first-light";
    QString printed[2], out[2];
    const QString locales[2] = {"C", kLocale};
    for (int i = 0; i < 2; ++i) {
      out[i] = path(arguments[0] + QString::number(i));
      const auto [code, text] = run(locales[i], arguments + QStringList{"--out", out[i]});
      QVERIFY2(code == 0, qPrintable(text));
      printed[i] = QString(text).remove(out[i]);
    }
    QCOMPARE(withoutTimes(printed[1].toUtf8()), withoutTimes(printed[0].toUtf8()));
    const QStringList files = filesIn(out[0]);
    QVERIFY(files.size() > 5);
    QCOMPARE(filesIn(out[1]), files);
    for (const QString& file : files) {
      const QString one = out[0] + '/' + file, two = out[1] + '/' + file;
      if (!timed) {
        QVERIFY2(bytesOf(one) == bytesOf(two), qPrintable(file));
      } else if (file == "window.png" || file.endsWith(".pdf")) {
        // A picture of the screen, which follows the user; a PDF holds the time in compressed form.
        QVERIFY2(!bytesOf(two).isEmpty(), qPrintable(file));
      } else if (file.endsWith(".png")) {
        QVERIFY2(QImage(one) == QImage(two), qPrintable(file));
      } else {
        QVERIFY2(withoutTimes(bytesOf(one)) == withoutTimes(bytesOf(two)), qPrintable(file));
      }
    }
  }
};

int main(int argc, char** argv) {
  QTemporaryDir locales;
  // Of the package "locales"; it warns of nothing that matters here.
  QProcess::execute("localedef",
                    {"-i", "de_DE", "-f", "UTF-8", locales.filePath(QString(kLocale))});
  qputenv("LOCPATH", locales.path().toUtf8());
  qputenv("LC_ALL", kLocale);
  QApplication application(argc, argv);
  prepareApplication(application);
  TestLocale test(locales.path());
  return QTest::qExec(&test, argc, argv);
}
#include "tst_locale.moc"
