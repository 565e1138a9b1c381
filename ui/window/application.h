#pragma once

#include <QList>
#include <QString>

class QApplication;

namespace uninet {

/// Gives the C library its own numbers back: an application object hands it those of the user's
/// locale, and from then on strtod() and printf() of any library know a decimal comma. Called right
/// after each application object; prepareApplication() does it.
void keepPlainNumbers();

/// Names, icon, look and language of the application object of a window.
void prepareApplication(QApplication& application);

struct Language {
  QString code;  ///< "de", "zh_CN"
  QString name;  ///< in the language itself: "Deutsch"
};
/// Those that the window can be in, English among them.
QList<Language> languages();
/// What the menu calls it: its own name and, where no font has the characters for it, the package
/// that brings them.
QString languageLabel(const Language& language, bool chineseFont);

/// The chosen language's code; empty: that of the system, whatever it is.
QString language();
/// Changes translations and the form of numbers and dates at once, and keeps the choice. Texts that
/// stand in widgets stay: the caller makes its windows anew. A code of no languages() is as empty.
void setLanguage(const QString& code);

}  // namespace uninet
