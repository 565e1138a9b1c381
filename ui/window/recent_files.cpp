#include "ui/window/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace uninet {
namespace {

constexpr int kMost = 10;
QString keyOf(const QString& kind) { return QStringLiteral("recent/") + kind; }

}  // namespace

QStringList recentFiles(const QString& kind) {
  return QSettings().value(keyOf(kind)).toStringList();
}

void addRecentFile(const QString& kind, const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  QStringList files = recentFiles(kind);
  files.removeAll(absolute);
  files.prepend(absolute);
  QSettings().setValue(keyOf(kind), QStringList(files.mid(0, kMost)));
}

}  // namespace uninet
