#include "ui/style/fonts.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/style/metrics.h"

namespace uninet {
namespace {

QFont interfaceFont(int pixels, QFont::Weight weight) {
  QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  // Characters that Inter lacks come from the platform's fonts, Chinese ones from their own.
  QStringList families{font.family()};
  if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) families.prepend(QStringLiteral("Inter"));
  if (const QString chinese = chineseFamily(); !chinese.isEmpty()) families << chinese;
  font.setFamilies(families);
  font.setPointSizeF(pixels * 0.75);
  font.setWeight(weight);
  return font;
}

bool isTabular(QChar letter) {
  return letter.isDigit() || letter == '+' || letter == '-' || letter == QChar(0x2212);
}

double cellWidth(const QFontMetricsF& metrics) {
  double width = 0;
  for (char digit = '0'; digit <= '9'; ++digit)
    width = std::max(width, metrics.horizontalAdvance(QLatin1Char(digit)));
  return width;
}

double advance(const QFontMetricsF& metrics, QChar letter, double cell) {
  return isTabular(letter) ? std::max(cell, metrics.horizontalAdvance(letter))
                           : metrics.horizontalAdvance(letter);
}

}  // namespace

bool hasChineseFont() { return !chineseFamily().isEmpty(); }

QString chineseFamily() {
  static const QString kFamily = [] {
    const QStringList families = QFontDatabase::families(QFontDatabase::SimplifiedChinese);
    for (const QString& family : families)
      if (family.contains(QLatin1String("Sans")) && family.endsWith(QLatin1String(" SC")))
        return family;
    return families.value(0);
  }();
  return kFamily;
}

QFont bodyFont() { return interfaceFont(metrics::kBodyText, QFont::Normal); }
QFont titleFont() { return interfaceFont(metrics::kTitleText, QFont::DemiBold); }
QFont smallFont() { return interfaceFont(metrics::kSmallText, QFont::Normal); }

double tabularWidth(const QFontMetricsF& metrics, const QString& text) {
  const double cell = cellWidth(metrics);
  double width = 0;
  for (const QChar letter : text) width += advance(metrics, letter, cell);
  return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, const QString& text,
                 Qt::Alignment alignment) {
  const QFontMetricsF metrics(painter.font(), painter.device());
  const double cell = cellWidth(metrics), width = tabularWidth(metrics, text);
  double x = rect.left();
  if (alignment & Qt::AlignRight) x = rect.right() - width;
  if (alignment & Qt::AlignHCenter) x = rect.center().x() - width / 2;
  const double base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  for (const QChar letter : text) {
    const double room = advance(metrics, letter, cell);
    painter.drawText(QPointF(x + (room - metrics.horizontalAdvance(letter)) / 2, base), letter);
    x += room;
  }
}

}  // namespace uninet
