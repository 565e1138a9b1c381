#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace uninet {

/// Files that something needs, looked for again and again until all are there: a folder can be
/// renamed back, a drive mounted again. Asks them on a thread of its own, because a drive may not
/// answer; calls back on the thread that it lives on.
class AwaitedFiles : public QObject {
  Q_OBJECT
 public:
  using Paths = std::vector<std::filesystem::path>;

  struct Calls {
    /// All of them are there: what went wrong is something else. Called at once if none is named.
    std::function<void()> there;
    /// The first that is not there. It is waited for.
    std::function<void(const std::filesystem::path& gone)> gone;
    /// Each time that all are there, until it returns true.
    std::function<bool()> back;
  };

  explicit AwaitedFiles(QObject* parent = nullptr);
  ~AwaitedFiles() override;

  /// In place of what was waited for before.
  void look(Paths files, Calls calls);
  /// Waits for nothing any more.
  void stop();

 private:
  void ask(bool first);
  void answer(const std::filesystem::path& gone, bool first);

  Paths files_;
  Calls calls_;
  int generation_ = 0;  ///< answers of an earlier one are dropped
  QTimer timer_;
  QThreadPool pool_;
};

}  // namespace uninet
