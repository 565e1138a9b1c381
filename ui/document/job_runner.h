#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <QObject>
#include <QString>

#include "core/base/progress.h"

namespace uninet {

/// Names a job of one runner; 0: none.
using JobId = quint64;

enum class JobKind { opening, prediction, showing, attack, saving, sweep, figures, features };

/// How a job ended.
enum class JobOutcome {
  done,
  failed,   ///< with a sentence
  stopped,  ///< it had begun
  dropped,  ///< it never began
};

/// The one thread that computes. Jobs run one after another; what their work returns runs on the
/// thread of this object, from which everything but post() is called. Nothing leaves a work as an
/// exception. When there is nothing to do for a while, freed memory goes back to the system.
class JobRunner : public QObject {
  Q_OBJECT
 public:
  using Finish = std::function<void()>;
  using Work = std::function<Finish(const Progress&)>;
  /// Told to whoever started the job, once, on the thread of this object, after the Finish of a job
  /// that is done. `sentence` says what went wrong; empty unless it failed.
  using Ended = std::function<void(JobOutcome outcome, const QString& sentence)>;

  /// `prepare` runs once on the compute thread before all works.
  explicit JobRunner(std::function<void()> prepare, QObject* parent = nullptr);
  /// Stops the running job, drops the others and waits. Nobody is told.
  ~JobRunner() override;

  /// Queues a job. `title` is what the status bar says while it runs.
  JobId start(JobKind kind, const QString& title, Work work, Ended ended = {});
  /// Drops the jobs of this kind that have not begun, then as start().
  JobId replace(JobKind kind, const QString& title, Work work, Ended ended = {});
  /// Asks this job to stop, or drops it if it has not begun. A job that has ended is left alone.
  void stop(JobId id);
  /// Drops the jobs of this kind that have not begun.
  void drop(JobKind kind);

  /// A job that has not told its outcome.
  struct Line {
    JobId id = 0;
    QString title;
    bool begun = false;
  };
  /// In the order in which they run.
  std::vector<Line> lines() const;
  /// Whether any job has not told its outcome.
  bool busy() const { return pending_ > 0; }
  /// Whether this job has begun and not told its outcome.
  bool begun(JobId id) const;
  /// Whether the work that asks, on the compute thread, is done a second time because memory ran
  /// out in it: what it can spare it should then leave out.
  bool sparing() const { return sparing_; }
  std::thread::id threadId() const { return thread_.get_id(); }
  /// Any thread: runs `action` on the thread of this object, unless it is gone by then.
  void post(std::function<void()> action);

 Q_SIGNALS:
  /// lines() are others.
  void linesChanged();
  void busyChanged(bool busy);
  /// The job that runs now; 0 and no title: none.
  void runningChanged(JobId id, const QString& title);
  /// Memory ran out in this job. Who keeps what can be made again lets go of it now: afterwards the
  /// job is done once more, before any other. `details` are of the exception.
  void memoryShort(JobId id, const QString& title, const QString& details);
  /// `eta` in seconds, negative: unknown.
  void progressed(JobId id, const QString& title, qint64 done, qint64 total, double eta);

 private:
  struct Job {
    JobId id = 0;
    JobKind kind = JobKind::opening;
    QString title;
    Work work;
    Ended ended;
    std::atomic<bool> stop{false};
    bool again = false;  ///< memory ran out in it before
  };
  using JobPointer = std::shared_ptr<Job>;

  void loop(const std::function<void()>& prepare);
  void run(const JobPointer& job);
  void repeat(const JobPointer& job, const QString& details);
  void end(const JobPointer& job, JobOutcome outcome, const QString& sentence, Finish finish);

  mutable std::mutex mutex_;  ///< guards the queue, what has begun, and quit_ to again_
  std::condition_variable wake_;
  std::deque<JobPointer> queue_;
  std::vector<JobPointer> begun_;  ///< until its outcome is told
  bool quit_ = false;
  bool held_ = false;     ///< nothing begins until memory was made
  JobPointer again_;      ///< then this one does
  bool sparing_ = false;  ///< of the compute thread
  JobId lastId_ = 0;
  int pending_ = 0;
  std::thread thread_;
};

}  // namespace uninet
