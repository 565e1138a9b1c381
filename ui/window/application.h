#pragma once

class QApplication;

namespace uninet {

/// Gives the C library its own numbers back: an application object hands it those of the user's
/// locale, and from then on strtod() and printf() of any library know a decimal comma. Called right
/// after each application object; prepareApplication() does it.
void keepPlainNumbers();

/// Names, style and translations of the application object of a window.
void prepareApplication(QApplication& application);

}  // namespace uninet
