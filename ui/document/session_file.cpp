#include "ui/document/session_file.h"

#include <QSettings>
#include <QStandardPaths>
#include <QStringList>
#include <exception>

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr int kRecent = 10;
const auto kLast = QStringLiteral("session/last"), kInOrder = QStringLiteral("session/in-order"),
           kKnown = QStringLiteral("session/recent");

}  // namespace

SessionFile::SessionFile(QObject* parent) : QObject(parent) {
  pool_.setMaxThreadCount(1);
  timer_.setSingleShot(true);
  timer_.setInterval(kSaveMs);
  connect(&timer_, &QTimer::timeout, this, &SessionFile::write);
}

SessionFile::~SessionFile() { save(); }

Session SessionFile::open(const std::filesystem::path& file) {
  FileLock lock(file);
  Session session = readSession(file);
  save();
  lock_.emplace(std::move(lock));
  file_ = file;
  return session;
}

void SessionFile::create(const std::filesystem::path& file, const Session& session) {
  std::filesystem::create_directories(file.parent_path());
  FileLock lock(file);
  writeSession(session, file);
  save();
  lock_.emplace(std::move(lock));
  file_ = file;
}

void SessionFile::keep(const Session& session) {
  if (file_.empty()) return;
  unsaved_ = session;
  // Not begun anew: changes without a pause are written as well.
  if (!timer_.isActive()) timer_.start();
}

void SessionFile::write() {
  if (!unsaved_) return;
  pool_.start([this, session = *unsaved_, file = file_] {
    try {
      writeSession(session, file);
    } catch (const std::exception& error) {
      const QString sentence = QString::fromStdString(sentenceOf(error));
      QMetaObject::invokeMethod(
          this, [this, sentence] { Q_EMIT failed(sentence); }, Qt::QueuedConnection);
    }
  });
  unsaved_.reset();
}

void SessionFile::save() {
  timer_.stop();
  write();
  pool_.waitForDone();
}

std::filesystem::path sessionFolder() {
  return std::filesystem::path(
             QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) /
         "sessions";
}

LastSession lastSession() {
  const QSettings settings;
  return {settings.value(kLast).toString().toStdString(), settings.value(kInOrder, true).toBool()};
}

void rememberSession(const std::filesystem::path& file, bool inOrder) {
  QSettings settings;
  const QString path = QString::fromStdString(file.string());
  settings.setValue(kLast, path);
  settings.setValue(kInOrder, inOrder);
  QStringList known = settings.value(kKnown).toStringList();
  known.removeAll(path);
  known.prepend(path);
  settings.setValue(kKnown, QStringList(known.mid(0, kRecent)));
  // A killed program must not have left it in memory.
  settings.sync();
}

std::filesystem::path sessionById(const QString& id) {
  for (const QString& path : recentSessions()) try {
      if (readSession(path.toStdString()).id == id.toStdString()) return path.toStdString();
    } catch (const std::exception&) {
      // Gone or damaged: another one may be meant.
    }
  return {};
}

QStringList recentSessions() { return QSettings().value(kKnown).toStringList(); }

}  // namespace uninet
