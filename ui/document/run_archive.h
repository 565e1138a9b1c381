#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <QImage>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <opencv2/core.hpp>

#include "core/session/run_store.h"

class QTemporaryDir;

namespace uninet {

/// The runs of a session: a RunStore on a thread of its own, and what it holds for this one. Work
/// is done in the order in which it was asked for; the destructor waits for all of it. Runs that
/// another program adds to the file come by themselves. While the file is gone, with its folder or
/// drive, changes wait in memory until it is back.
class RunArchive : public QObject {
  Q_OBJECT
 public:
  /// What a run is shown from.
  struct Pictures {
    cv::Mat clean, attacked;  ///< CV_8UC3 RGB
  };

  /// In a temporary file until open().
  explicit RunArchive(QObject* parent = nullptr);
  ~RunArchive() override;

  /// Leaves the earlier store as it is. What was removed in this one before goes for good.
  void open(const std::filesystem::path& store);
  /// The same, and does there what waits for the file that is gone.
  void moveTo(const std::filesystem::path& store);
  const std::filesystem::path& file() const { return file_; }

  /// In the order in which they were added.
  const std::vector<KeptRun>& runs() const { return runs_; }
  /// nullptr: it is not there, or not any more. Valid until changed().
  const KeptRun* run(std::int64_t id) const;
  /// Null until it was read; thumbnailCame() then comes.
  QImage thumbnail(std::int64_t id) const;
  quint64 bytes() const { return bytes_; }
  quint64 budget() const { return budget_; }
  /// Bytes of runs that are kept: beyond it the oldest go that are not pinned, and said() tells.
  void setBudget(quint64 bytes);

  /// `added` is told the id; it is not called if that failed.
  void add(KeptRun run, const Pictures& pictures, std::function<void(std::int64_t)> added = {});
  void rename(std::int64_t id, const QString& name);
  void setNote(std::int64_t id, const QString& note);
  void setPinned(std::int64_t id, bool pinned);
  void remove(const std::vector<std::int64_t>& ids);
  void restore(const std::vector<std::int64_t>& ids);
  void load(std::int64_t id, std::function<void(const Pictures&)> loaded);
  /// Waits until everything that was asked for is in the file; false: something waits for the file
  /// to be back.
  bool flush();
  /// Looks whether another program has changed the file; done by itself every two seconds.
  void look();

 Q_SIGNALS:
  void changed();
  void thumbnailCame(std::int64_t id);
  /// There is a run that was not there before, in the file that is open.
  void grew();
  void said(const QString& text, bool error);
  /// The file is back, and everything that waited is in it.
  void recovered();

 private:
  using Then = std::function<void()>;
  /// Work on the store, on its thread; what it returns runs on this one.
  using Work = std::function<Then(RunStore&)>;
  void ask(Work work);
  /// The same, and then what the store holds is read anew.
  void change(Work work);
  void start(const std::filesystem::path& store, bool carry);
  Then readAll(const RunStore& store);
  // On the thread of pool_:
  /// Does it now, or, if it `waits`, when the file is back.
  void perform(Work work, int generation, bool waits);
  /// Whether the file is there. One that is back is opened anew, and what waited is done.
  bool reach();
  QString goneSentence() const;
  void set(std::vector<KeptRun> runs, quint64 bytes);

  std::filesystem::path file_;
  std::unique_ptr<QTemporaryDir> temporary_;
  std::vector<KeptRun> runs_;
  mutable std::map<std::int64_t, QImage> thumbnails_;  ///< null: asked for
  std::set<std::string> damaged_;                      ///< sentences that were told
  quint64 bytes_ = 0, budget_;
  int generation_ = 0;  ///< what was read from an earlier file is dropped
  bool read_ = false;   ///< what the file held when it was opened is known
  // Of the thread of pool_:
  std::optional<RunStore> store_;
  std::filesystem::path storeFile_;
  bool gone_ = false;                         ///< the file is not there any more
  std::deque<std::pair<Work, int>> waiting_;  ///< changes for when it is back, with generation
  std::int64_t seen_ = 0;                     ///< RunStore::dataVersion()
  QTimer lookTimer_;
  QThreadPool pool_;
};

}  // namespace uninet
