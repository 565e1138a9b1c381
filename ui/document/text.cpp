#include "ui/document/text.h"

#include <QLocale>
#include <cmath>

#include "model/engine/device.h"

namespace uninet {

QString shownNumber(double value, char format, int digits) {
  return QLocale().toString(value, format, digits);
}

QString shownNumber(qint64 value) { return QLocale().toString(value); }

QString listText(const QStringList& parts) {
  return parts.join(QCoreApplication::translate("uninet::List", ", "));
}

QString clauseText(const QStringList& parts) {
  return parts.join(QCoreApplication::translate("uninet::List", "; "));
}

QString shownDevice(bool brief) {
  const Device found = device();
  if (!found.gpu.empty()) return QString::fromStdString(found.gpu);
  return brief ? QStringLiteral("CPU")
               : QCoreApplication::translate("uninet::StatusItems", "CPU, %Ln thread(s)", nullptr,
                                             found.threads);
}

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
  QString text = QCoreApplication::translate("uninet::AttackPanel", "%1: %2 of %3")
                     .arg(title, shownNumber(done), shownNumber(total));
  if (eta >= 0 && done < total)
    text += QCoreApplication::translate("uninet::AttackPanel", ", %1 left").arg(clockText(eta));
  return text;
}

}  // namespace uninet
