#pragma once

#include <atomic>
#include <filesystem>
#include <optional>

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include "core/base/file_lock.h"
#include "core/session/session.h"

namespace uninet {

/// The file of the session that is open: held by a lock, so that it has one writer, and replaced in
/// one step 5 s after a change, on a thread of its own. What cannot be written, because its folder
/// is gone for example, is tried again every 5 s. The destructor writes what is not yet there.
class SessionFile : public QObject {
  Q_OBJECT
 public:
  /// Of changes, until they are in the file.
  static constexpr int kSaveMs = 5000;

  explicit SessionFile(QObject* parent = nullptr);
  ~SessionFile() override;

  /// Empty: there is none, and nothing is written.
  const std::filesystem::path& file() const { return file_; }
  /// Leaves the file that was open in order. Throws Error: not there, held by another window, no
  /// session; what was open stays open then.
  Session open(const std::filesystem::path& file);
  /// The same for a file that is made or replaced.
  void create(const std::filesystem::path& file, const Session& session);
  /// What the file shall hold.
  void keep(const Session& session);
  /// At once, and waits for it. Whether the file holds everything then.
  bool save();

 Q_SIGNALS:
  /// It cannot be written: once, until it can be again.
  void failed(const QString& sentence);
  /// It can be written again, and holds everything.
  void recovered();

 private:
  void enter(const std::filesystem::path& file, FileLock lock);
  void write();
  void written(const std::filesystem::path& file, const Session& session, const QString& failure);

  std::filesystem::path file_;
  std::optional<FileLock> lock_;
  std::optional<Session> unsaved_;
  bool failing_ = false;
  std::atomic<bool> complete_{true};  ///< the last writing succeeded
  QTimer timer_;
  QThreadPool pool_;
};

/// Where sessions without a name of their own are kept.
std::filesystem::path sessionFolder();

/// The session that this program had open last, and whether it was left in order.
struct LastSession {
  std::filesystem::path file;  ///< empty: none
  bool inOrder = true;
};
LastSession lastSession();
/// Told when a session is opened, and with `inOrder` when it is left.
void rememberSession(const std::filesystem::path& file, bool inOrder);
/// Sessions by id, for files that name one; empty: not known on this machine.
std::filesystem::path sessionById(const QString& id);
/// Last first.
QStringList recentSessions();

}  // namespace uninet
