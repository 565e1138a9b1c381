#include "ui/document/text.h"

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

#include "model/engine/device.h"

namespace uninet {
namespace {

struct Composed {
  Q_DECLARE_TR_FUNCTIONS(uninet::Composed)
};

/// A label, perhaps with a capital that is not its own, or with a number behind it.
QString piece(const QString& text) {
  if (text.isEmpty()) return text;
  const auto translated = [](const QString& label) {
    return labelText(label.toUtf8().constData());
  };
  if (const QString found = translated(text); found != text) return found;
  QString lower = text;
  lower[0] = lower[0].toLower();
  if (QString found = translated(lower); found != lower) {
    found[0] = found[0].toUpper();
    return found;
  }
  static const QRegularExpression kNumbered(QStringLiteral("^(.*\\S) (\\d+)$"));
  const auto numbered = kNumbered.match(text);
  if (!numbered.hasMatch()) return text;
  return translated(numbered.captured(1)) + QLatin1Char(' ') + numbered.captured(2);
}

/// What core says of a category or of two of them; `text` without its epsilon.
QString deed(const QString& text) {
  static const QRegularExpression kHidden(
      QStringLiteral("^(.+) hidden from (segmentation|depth)$"));
  static const QRegularExpression kSwapped(
      QStringLiteral("^(.+) and (.+) swapped( in segmentation)?$"));
  if (const auto hidden = kHidden.match(text); hidden.hasMatch()) {
    const QString category = piece(hidden.captured(1));
    return hidden.captured(2) == QLatin1String("depth")
               ? Composed::tr("%1 hidden from depth").arg(category)
               : Composed::tr("%1 hidden from segmentation").arg(category);
  }
  if (const auto swapped = kSwapped.match(text); swapped.hasMatch()) {
    const QString first = piece(swapped.captured(1)), second = piece(swapped.captured(2));
    return swapped.captured(3).isEmpty()
               ? Composed::tr("%1 and %2 swapped").arg(first, second)
               : Composed::tr("%1 and %2 swapped in segmentation").arg(first, second);
  }
  return piece(text);
}

}  // namespace

QString composedText(const std::string& name) {
  const QString text = QString::fromStdString(name);
  if (text.isEmpty()) return text;
  if (const QString whole = labelText(name.c_str()); whole != text) return whole;
  // "(a) " before it; pieces that a comma or a colon joins.
  static const QRegularExpression kJoint(QStringLiteral("^\\([a-z]\\) |, |: "));
  QString found;
  qsizetype from = 0;
  for (auto joint = kJoint.globalMatch(text); joint.hasNext();) {
    const auto match = joint.next();
    found += deed(text.mid(from, match.capturedStart() - from)) + match.captured();
    from = match.capturedEnd();
  }
  return found + deed(text.mid(from));
}

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

QString networkName(const std::string& title) {
  return QFileInfo(QString::fromStdString(title)).completeBaseName();
}

QString shownDevice(const std::string& key, bool brief) {
  const Device found = device(key);
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
