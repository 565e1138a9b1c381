#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <string>

namespace uninet {

/// Translation of a label that is declared below this layer (tasks, options, attacks).
inline QString labelText(const char* text) { return QCoreApplication::translate("uninet", text); }

/// The same for what core puts together from such labels, as in the titles of figures and results:
/// "(a) Person, aspect ratio", "Car hidden from depth, ε 2". What has no translation stays.
QString composedText(const std::string& name);

/// A number as the screen shows it, in the user's locale; never for files.
QString shownNumber(double value, char format = 'g', int digits = 6);
QString shownNumber(qint64 value);

/// "a, b, c", with the comma of the language.
QString listText(const QStringList& parts);
/// Parts that have commas themselves: "a, b; c".
QString clauseText(const QStringList& parts);
/// Of an Engine::title(): without the kind of file.
QString networkName(const std::string& title);
/// Of an Engine::device(): "CPU, 2 threads" or the GPU's name; `brief`: "CPU".
QString shownDevice(const std::string& key, bool brief = false);

/// "0:07", "1:02:05".
QString clockText(double seconds);
/// What a progress bar says; `eta` in seconds, negative: unknown.
QString progressText(const QString& title, qint64 done, qint64 total, double eta);

}  // namespace uninet
