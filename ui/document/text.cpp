#include "ui/document/text.h"

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

QString progressText(const QString& title, qint64 done, qint64 total, double eta) {
  const auto tr = [](const char* text) {
    return QCoreApplication::translate("uninet::AttackPanel", text);
  };
  QString text = tr("%1: %2 of %3").arg(title).arg(done).arg(total);
  if (eta >= 0 && done < total) text += tr(", %1 left").arg(clockText(eta));
  return text;
}

}  // namespace uninet
