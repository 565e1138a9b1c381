#include "ui/document/session_file.h"

#include <QSettings>
#include <QStandardPaths>
#include <QStringList>
#include <exception>
#include <utility>

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
  enter(file, std::move(lock));
  return session;
}

void SessionFile::create(const std::filesystem::path& file, const Session& session) {
  std::filesystem::create_directories(file.parent_path());
  FileLock lock(file);
  writeSession(session, file);
  save();
  enter(file, std::move(lock));
}

void SessionFile::enter(const std::filesystem::path& file, FileLock lock) {
  lock_.emplace(std::move(lock));
  file_ = file;
  failing_ = false;
  complete_ = true;
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
    QString failure;
    std::error_code error;
    try {
      writeSession(session, file);
    } catch (const std::exception& what) {
      failure = std::filesystem::exists(file.parent_path(), error)
                    ? QString::fromStdString(sentenceOf(what))
                    : tr("The session cannot be written, because %1 is gone: bring that folder or "
                         "drive back, or choose File \u25b8 Keep session as; until then nothing is "
                         "lost.")
                          .arg(QString::fromStdString(file.parent_path().string()));
    }
    complete_ = failure.isEmpty();
    QMetaObject::invokeMethod(
        this, [this, file, session, failure] { written(file, session, failure); },
        Qt::QueuedConnection);
  });
  unsaved_.reset();
}

void SessionFile::written(const std::filesystem::path& file, const Session& session,
                          const QString& failure) {
  if (file != file_) return;  // another one was opened meanwhile
  const bool before = std::exchange(failing_, !failure.isEmpty());
  if (failing_) {
    // Newer changes wait already, or this is what is tried again.
    if (!unsaved_) unsaved_ = session;
    if (!timer_.isActive()) timer_.start();
    if (!before) Q_EMIT failed(failure);
  } else if (before) {
    Q_EMIT recovered();
  }
}

bool SessionFile::save() {
  timer_.stop();
  write();
  pool_.waitForDone();
  return complete_;
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
