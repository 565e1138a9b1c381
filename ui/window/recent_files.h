#pragma once

#include <QStringList>

namespace uninet {

/// What was opened last, last first, in the settings. `kind`: "checkpoints" or "data".
QStringList recentFiles(const QString& kind);
void addRecentFile(const QString& kind, const QString& path);

}  // namespace uninet
