#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QtTest>

#include "ui/style/fonts.h"
#include "ui/style/metrics.h"

using namespace uninet;

namespace {

/// First and last column with ink; −1: none.
std::pair<int, int> columnsOf(const QImage& image) {
  std::pair<int, int> columns{-1, -1};
  for (int x = 0; x < image.width(); ++x)
    for (int y = 0; y < image.height(); ++y)
      if (qGray(image.pixel(x, y)) < 128) {
        if (columns.first < 0) columns.first = x;
        columns.second = x;
      }
  return columns;
}

QImage drawn(const QString& text, Qt::Alignment alignment) {
  QImage image(200, 40, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setFont(bodyFont());
  drawTabular(painter, QRectF(20, 0, 160, 40), text, alignment);
  return image;
}

}  // namespace

class TestFonts : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void sizesAreThoseOfTheScale() {
    QCOMPARE(QFontInfo(bodyFont()).pixelSize(), metrics::kBodyText);
    QCOMPARE(QFontInfo(titleFont()).pixelSize(), metrics::kTitleText);
    QCOMPARE(QFontInfo(smallFont()).pixelSize(), metrics::kSmallText);
    QVERIFY(titleFont().weight() > bodyFont().weight());
  }

  void interIsTakenWhereItIs() {
    const bool installed = QFontDatabase::hasFamily(QStringLiteral("Inter"));
    QCOMPARE(QFontInfo(bodyFont()).family() == QLatin1String("Inter"), installed);
  }

  void digitsHaveOneWidth() {
    const QFontMetricsF metrics(bodyFont());
    const double one = tabularWidth(metrics, QStringLiteral("1"));
    for (const char* text : {"0", "4", "7", "8", "-", "+"})
      QVERIFY(tabularWidth(metrics, QLatin1String(text)) >= one);
    for (int digit = 0; digit <= 9; ++digit)
      QCOMPARE(tabularWidth(metrics, QString::number(digit)), one);
    QCOMPARE(tabularWidth(metrics, QStringLiteral("0.11")),
             tabularWidth(metrics, QStringLiteral("9.88")));
    QCOMPARE(tabularWidth(metrics, QString()), 0.0);
  }

  void alignmentIsKept() {
    const auto [leftFirst, leftLast] = columnsOf(drawn(QStringLiteral("88.8"), Qt::AlignLeft));
    const auto [rightFirst, rightLast] = columnsOf(drawn(QStringLiteral("88.8"), Qt::AlignRight));
    const auto [first, last] = columnsOf(drawn(QStringLiteral("88.8"), Qt::AlignHCenter));
    QVERIFY(leftFirst >= 20 && leftFirst <= 23);
    QVERIFY(rightLast <= 180 && rightLast >= 176);
    QVERIFY(std::abs((first + last) / 2 - 100) <= 2);
    QVERIFY(std::abs((leftLast - leftFirst) - (rightLast - rightFirst)) <= 1);  // of a pixel
  }

  void chineseIsKnownByItsFonts() {
    const bool any = !QFontDatabase::families(QFontDatabase::SimplifiedChinese).isEmpty();
    QCOMPARE(hasChineseFont(), any);
    QCOMPARE(QLatin1String(kChineseFontPackage), QLatin1String("fonts-noto-cjk"));
  }
};

QTEST_MAIN(TestFonts)
#include "tst_fonts.moc"
