#include "ui/text.h"

#include <cmath>

namespace uninet {

QString clockText(double seconds) {
  const auto whole = static_cast<qint64>(std::lround(seconds));
  const QChar zero('0');
  if (whole < 3600) return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, zero);
  return QStringLiteral("%1:%2:%3")
      .arg(whole / 3600)
      .arg(whole / 60 % 60, 2, 10, zero)
      .arg(whole % 60, 2, 10, zero);
}

}  // namespace uninet
