#include <QApplication>
#include <QtTest>

#include "ui/document/text.h"
#include "ui/window/application.h"

using namespace uninet;

class TestText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { setLanguage({}); }

  // Titles that core puts together from labels, a category and numbers.
  void composedTextIsTranslatedPieceByPiece_data() {
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("german");
    const auto row = [](const char* english, const char* german) {
      QTest::newRow(english) << QString::fromUtf8(english) << QString::fromUtf8(german);
    };
    row("What the attacks move, by level", "Was die Angriffe bewegen, je Ebene");
    row("PGD on single losses, \u03b5 1", "PGD auf einzelne Verluste, \u03b5 1");
    row("(a) Person, aspect ratio", "(a) Person, Seitenverhältnis");
    row("Bicycle hidden from depth, \u03b5 2", "Fahrrad aus der Tiefe verborgen, \u03b5 2");
    row("Person and car swapped, \u03b5 1: undone by clean features",
        "Person und Auto vertauscht, \u03b5 1: aufgehoben durch unveränderte Merkmale");
    row("Person and car swapped in segmentation",
        "Person und Auto in der Segmentierung vertauscht");
    row("Multi-task, step 3", "Multi-Task, Schritt 3");
    row("frankfurt_000000_000294", "frankfurt_000000_000294");
    row("", "");
  }
  void composedTextIsTranslatedPieceByPiece() {
    const QFETCH(QString, english);
    setLanguage(QStringLiteral("en"));
    QCOMPARE(composedText(english.toStdString()), english);
    setLanguage(QStringLiteral("de"));
    QTEST(composedText(english.toStdString()), "german");
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  prepareApplication(application);
  TestText test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_text.moc"
