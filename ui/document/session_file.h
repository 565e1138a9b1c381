#pragma once

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
/// one step 5 s after a change, on a thread of its own. The destructor writes what is not yet
/// there.
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
  /// At once, and waits for it.
  void save();

 Q_SIGNALS:
  /// It could not be written.
  void failed(const QString& sentence);

 private:
  void write();

  std::filesystem::path file_;
  std::optional<FileLock> lock_;
  std::optional<Session> unsaved_;
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
