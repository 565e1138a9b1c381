#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include <QObject>
#include <QString>

#include "core/base/progress.h"

namespace uninet {

/// The one thread that computes. Works run one after another; what they return runs on the thread
/// of this object. Nothing leaves a work as an exception: failed() carries the sentence.
class JobRunner : public QObject {
  Q_OBJECT
 public:
  using Finish = std::function<void()>;
  using Work = std::function<Finish(const Progress&)>;

  /// `prepare` runs once on the compute thread before all works.
  explicit JobRunner(std::function<void()> prepare, QObject* parent = nullptr);
  /// Stops the running work, drops the others and waits.
  ~JobRunner() override;

  /// Queues a work. `title` is what the progress bar says.
  void start(const QString& title, Work work);
  /// Asks the running work to stop and drops those that wait.
  void stop();
  bool busy() const { return pending_ > 0; }
  /// From a work: runs `action` on the thread of this object, unless it is gone by then.
  void post(std::function<void()> action);

 Q_SIGNALS:
  void busyChanged(bool busy);
  /// `eta` in seconds, negative: unknown.
  void progressed(const QString& title, qint64 done, qint64 total, double eta);
  void failed(const QString& sentence);
  void cancelled(const QString& title);

 private:
  struct Job {
    QString title;
    Work work;
  };
  void loop(const std::function<void()>& prepare);
  void run(const Job& job);
  void finish(std::function<void()> action);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool quit_ = false;
  std::atomic<bool> stop_{false};
  int pending_ = 0;  ///< works queued, running or not yet finished here
  std::thread thread_;
};

}  // namespace uninet
