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
    QVERIFY(codes.contains("de") && codes.contains("en"));
    QVERIFY(names.contains("Deutsch") && names.contains("English"));
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
