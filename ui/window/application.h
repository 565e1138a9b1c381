#pragma once

class QApplication;

namespace uninet {

/// Names, style and translations of every application object of this program.
void prepareApplication(QApplication& application);

}  // namespace uninet
