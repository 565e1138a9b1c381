#include "ui/forms/form_label.h"

#include <QRegularExpression>

namespace uninet {

int widestWord(const QString& text, const QFontMetrics& metrics) {
  static const QRegularExpression kBreaks(QStringLiteral("[ \\n]|\\x{00AD}|(?<=-)"));
  int widest = 0;
  for (const QString& word : text.split(kBreaks))
    widest = std::max(widest, metrics.horizontalAdvance(word));
  return widest;
}

FormLabel::FormLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
  setWordWrap(true);
  setContentsMargins(0, 0, kLabelGap, 0);
  setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  setForegroundRole(QPalette::PlaceholderText);
}

QFont noteFont(const QFont& font) {
  QFont small = font;
  if (font.pointSizeF() > 0)
    small.setPointSizeF(font.pointSizeF() * 0.87);
  else
    small.setPixelSize(std::max(9, font.pixelSize() * 87 / 100));
  return small;
}

}  // namespace uninet
