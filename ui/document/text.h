#pragma once

#include <QCoreApplication>
#include <QString>

namespace uninet {

/// Translation of a label that is declared below this layer (tasks, options, attacks).
inline QString labelText(const char* text) { return QCoreApplication::translate("uninet", text); }

/// A number as the screen shows it, in the user's locale; never for files.
QString shownNumber(double value, char format = 'g', int digits = 6);
QString shownNumber(qint64 value);

/// "0:07", "1:02:05".
QString clockText(double seconds);
/// What a progress bar says; `eta` in seconds, negative: unknown.
QString progressText(const QString& title, qint64 done, qint64 total, double eta);

}  // namespace uninet
