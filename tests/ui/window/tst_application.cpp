#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>
#include <cstdio>

#include "ui/document/text.h"
#include "ui/style/theme.h"
#include "ui/window/application.h"

using namespace uninet;

namespace {

/// A translation of the German file, of Qt's own and a number, as the window would show them.
QString shown() { return QCoreApplication::translate("uninet", "Depth") + '|' + shownNumber(0.5); }

}  // namespace

class TestApplication : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cleanup() { setLanguage(QString()); }

  void namesIconAndLookAreSet() {
    QCOMPARE(QApplication::applicationName(), QStringLiteral("UniNet Workbench"));
    QVERIFY(!QApplication::windowIcon().isNull());
    QCOMPARE(QGuiApplication::desktopFileName(), QStringLiteral("uninet-workbench"));
    QVERIFY(Theme::instance() != nullptr);
  }

  void languagesCarryTheirOwnNames() {
    QStringList codes, names;
    for (const Language& entry : languages()) {
      codes << entry.code;
      names << entry.name;
    }
    QCOMPARE(codes, QStringList({"de", "en", "zh_CN"}));
    QCOMPARE(names, QStringList({"Deutsch", "English", QStringLiteral("简体中文")}));
  }

  // Without a font the name is a row of empty boxes: what is missing has to stand there in letters.
  void aLanguageWithoutAFontNamesThePackage() {
    for (const Language& entry : languages()) {
      QCOMPARE(languageLabel(entry, true), entry.name);
      QCOMPARE(languageLabel(entry, false).contains("fonts-noto-cjk"), entry.code == "zh_CN");
      QVERIFY(languageLabel(entry, false).startsWith(entry.name));
    }
  }

  void textsAndNumbersChangeAtOnceAndBack() {
    QCOMPARE(language(), QString());
    const QString before = shown();
    for (int round = 0; round < 3; ++round) {
      setLanguage("de");
      QCOMPARE(language(), QString("de"));
      QCOMPARE(shown(), QStringLiteral("Tiefe|0,5"));
      setLanguage("en");
      QCOMPARE(shown(), QStringLiteral("Depth|0.5"));
      setLanguage("zh_CN");
      QCOMPARE(shown(), QStringLiteral("深度|0.5"));
      QCOMPARE(shownNumber(qint64{12345}), QStringLiteral("12,345"));
      // Not one more at every change.
      QVERIFY(qApp->findChildren<QTranslator*>().size() <= 2);
    }
    setLanguage(QString());
    QCOMPARE(shown(), before);
  }

  void pluralsAreThereInEveryLanguage() {
    for (const Language& entry : languages()) {
      setLanguage(entry.code);
      QVERIFY(!qApp->findChildren<QTranslator*>().isEmpty());
      QCOMPARE(QLocale().language(), QLocale(entry.code).language());
    }
  }

  void widgetsAreTold() {
    class Listener : public QWidget {
     public:
      int told = 0;
      void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::LanguageChange) ++told;
      }
    } listener;
    listener.show();
    setLanguage("de");
    QCoreApplication::processEvents();
    QVERIFY(listener.told > 0);
  }

  void filesKeepTheirPoint() {
    setLanguage("de");
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", 0.5);
    QCOMPARE(QLatin1String(text), QLatin1String("0.5"));
  }

  void theChoiceIsKeptAndUnknownOnesAreTheSystem() {
    setLanguage("de");
    prepareApplication(*qApp);  // as the next start does
    QCOMPARE(shown(), QStringLiteral("Tiefe|0,5"));
    setLanguage("tlh");
    QCOMPARE(language(), QString());
    QSettings().setValue("looks/language", "tlh");
    QCOMPARE(language(), QString());
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  prepareApplication(application);
  TestApplication test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_application.moc"
