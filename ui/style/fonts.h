#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QFontMetricsF;
class QPainter;

namespace uninet {

/// The Debian package that brings Chinese characters.
inline constexpr const char* kChineseFontPackage = "fonts-noto-cjk";
/// Whether a font of this machine has the characters of simplified Chinese.
bool hasChineseFont();
/// The family for simplified Chinese, which the fonts below end with; empty: there is none. One and
/// the same character looks different in Chinese and in Japanese.
QString chineseFamily();

/// Inter where it is installed, the platform's font otherwise; sizes are those of metrics.h at
/// 96 dpi and follow the text size of the desktop.
QFont bodyFont();
QFont titleFont();  ///< headings of panels and sections
QFont smallFont();  ///< units, hints, ticks

/// Digits of one width, so that numbers in columns stand under each other whatever the font; Inter
/// has such digits, but Qt 6.4 cannot ask for them. Also signs, which change with the values.
double tabularWidth(const QFontMetricsF& metrics, const QString& text);
/// Draws `text` with the painter's font and pen in `rect`, centred upright; `alignment` is left,
/// right or centre.
void drawTabular(QPainter& painter, const QRectF& rect, const QString& text,
                 Qt::Alignment alignment = Qt::AlignRight);

}  // namespace uninet
