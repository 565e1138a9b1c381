#include <QApplication>
#include <QDir>
#include <QToolButton>
#include <QtTest>
#include <cstring>

#include "ui/style/icons.h"
#include "ui/style/theme.h"

using namespace uninet;

namespace {

struct Coverage {
  int clear = 0, full = 0, other = 0;
  int drawn() const { return full + other; }
};

Coverage coverageOf(const QImage& image) {
  Coverage coverage;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const int alpha = qAlpha(image.pixel(x, y));
      ++(alpha == 0 ? coverage.clear : alpha == 255 ? coverage.full : coverage.other);
    }
  return coverage;
}

QImage picture(const QIcon& icon, int side, double scale, QIcon::Mode mode = QIcon::Normal) {
  return icon.pixmap(QSize(side, side), scale, mode)
      .toImage()
      .convertToFormat(QImage::Format_ARGB32);
}

/// Colour of the pixels that are fully drawn; invalid if they differ.
QColor inkOf(const QImage& image) {
  QColor ink;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const QColor colour(image.pixel(x, y));
      if (qAlpha(image.pixel(x, y)) != 255) continue;
      if (ink.isValid() && ink != colour) return {};
      ink = colour;
    }
  return ink;
}

}  // namespace

class TestIcons : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cleanup() { QApplication::setPalette(themePalette(Scheme::light)); }

  void drawingsAndNamesAreTheSame() {
    QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    files.removeOne(QStringLiteral("uninet.svg"));
    QStringList names;
    for (const char* name : iconNames()) names << QLatin1String(name) + QStringLiteral(".svg");
    names.sort();
    files.sort();
    QCOMPARE(files, names);
    QVERIFY(names.size() >= 25);
  }

  void everyIconIsDrawnInEveryState_data() {
    QTest::addColumn<QByteArray>("name");
    for (const char* name : iconNames()) QTest::newRow(name) << QByteArray(name);
  }
  void everyIconIsDrawnInEveryState() {
    QFETCH(QByteArray, name);
    for (const Ink ink : {Ink::text, Ink::muted, Ink::onAccent, Ink::error}) {
      const QIcon drawing = icon(name.constData(), ink);
      QVERIFY(!drawing.isNull());
      for (const QIcon::Mode mode :
           {QIcon::Normal, QIcon::Disabled, QIcon::Active, QIcon::Selected})
        for (const int side : {16, 24, 32})
          for (const double scale : {1.0, 1.5, 2.0}) {
            const QImage image = picture(drawing, side, scale, mode);
            QCOMPARE(image.size(), QSize(qRound(side * scale), qRound(side * scale)));
            const Coverage coverage = coverageOf(image);
            const int all = image.width() * image.height();
            QVERIFY(coverage.drawn() > all / 50);
            QVERIFY(coverage.clear > all / 5);
            QVERIFY(inkOf(picture(drawing, 64, 1, mode)).isValid());
          }
    }
  }

  void largerOnesAreDrawnNotEnlarged() {
    // Enlarging leaves soft edges everywhere; a drawing at four times the size has few.
    const Coverage large = coverageOf(picture(icon("grid"), 16, 4));
    QVERIFY(large.other < large.full / 2);
  }

  void twoIconsDiffer() {
    QSet<QByteArray> seen;
    for (const char* name : iconNames()) {
      const QImage image = picture(icon(name), 32, 1);
      const QByteArray bytes(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
      QVERIFY2(!seen.contains(bytes), name);
      seen.insert(bytes);
    }
  }

  void inkFollowsThePalette() {
    const QIcon plain = icon("stop"), accent = icon("stop", Ink::onAccent);
    for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::light}) {
      QApplication::setPalette(themePalette(scheme));
      const Tokens& all = tokens(scheme);
      QCOMPARE(inkOf(picture(plain, 32, 1)), all.text);
      QCOMPARE(inkOf(picture(plain, 32, 1, QIcon::Disabled)), all.disabled);
      QCOMPARE(inkOf(picture(plain, 32, 1, QIcon::Selected)), all.softInk);
      QCOMPARE(inkOf(picture(accent, 32, 1)), all.accentInk);
    }
  }

  void aButtonShowsTheNewColour() {
    QToolButton button;
    button.setIcon(icon("stop"));
    button.setIconSize(QSize(16, 16));
    button.resize(32, 32);
    const QImage light = button.grab().toImage();
    QApplication::setPalette(themePalette(Scheme::dark));
    const QColor centre = button.grab().toImage().pixelColor(16, 16);
    QCOMPARE(centre, tokens(Scheme::dark).text);
    QVERIFY(light.pixelColor(16, 16) != centre);
  }

  void theApplicationHasAnIconOfEverySize() {
    const QIcon own = applicationIcon();
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
      const QImage image = picture(own, side, 1);
      QCOMPARE(image.size(), QSize(side, side));
      const Coverage coverage = coverageOf(image);
      QVERIFY(coverage.clear > 0 && coverage.full > side * side / 2);
    }
  }

  void unknownNamesAreEmptyAndSaid() {
    QTest::ignoreMessage(QtWarningMsg, "there is no icon 'none-such'");
    QVERIFY(icon("none-such").isNull());
  }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
