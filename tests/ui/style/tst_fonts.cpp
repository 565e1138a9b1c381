#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/style/fonts.h"
#include "ui/style/metrics.h"

using namespace uninet;

namespace {

/// Whether there are Chinese fonts is all that the program then says, as its exit code.
const QString kAskOnly = QStringLiteral("--chinese-fonts");
constexpr int kSome = 40, kNone = 41;

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
    QCOMPARE(bodyFont().families().contains(chineseFamily()), any);
    QCOMPARE(QLatin1String(kChineseFontPackage), QLatin1String("fonts-noto-cjk"));
  }

  // A machine with no fonts but those that this program asks for: another process sees only them.
  void withoutChineseFontsThereAreNone() {
    QTemporaryDir folder;
    QFile fonts(folder.filePath("fonts.conf"));
    QVERIFY(fonts.open(QIODevice::WriteOnly));
    fonts.write("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>" +
                folder.path().toUtf8() + "</cachedir></fontconfig>");
    fonts.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FONTCONFIG_FILE", fonts.fileName());
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {kAskOnly});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), kNone);
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (QCoreApplication::arguments().contains(kAskOnly)) return hasChineseFont() ? kSome : kNone;
  TestFonts test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_fonts.moc"
