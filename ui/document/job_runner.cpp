#include "ui/document/job_runner.h"

#include <QMetaObject>
#include <chrono>
#include <exception>
#include <memory>

#include "core/base/error.h"
#include "core/base/log.h"

namespace uninet {
namespace {

constexpr std::chrono::milliseconds kProgressPause{40};

}  // namespace

JobRunner::JobRunner(std::function<void()> prepare, QObject* parent) : QObject(parent) {
  thread_ = std::thread([this, prepare = std::move(prepare)] { loop(prepare); });
}

JobRunner::~JobRunner() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
    quit_ = true;
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void JobRunner::start(const QString& title, Work work) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({title, std::move(work)});
  }
  wake_.notify_one();
  if (++pending_ == 1) Q_EMIT busyChanged(true);
}

void JobRunner::stop() {
  int dropped = 0;
  {
    const std::lock_guard lock(mutex_);
    dropped = static_cast<int>(queue_.size());
    queue_.clear();
    // A work that was taken from the queue resets the flag before it starts, under this lock.
    stop_ = true;
  }
  pending_ -= dropped;
  if (dropped > 0 && pending_ == 0) Q_EMIT busyChanged(false);
}

void JobRunner::post(std::function<void()> action) {
  QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

void JobRunner::finish(std::function<void()> action) {
  post([this, action = std::move(action)] {
    if (action) action();
    if (--pending_ == 0) Q_EMIT busyChanged(false);
  });
}

void JobRunner::loop(const std::function<void()>& prepare) {
  if (prepare) prepare();
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return quit_ || !queue_.empty(); });
      if (quit_) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      stop_ = false;
    }
    run(job);
  }
}

void JobRunner::run(const Job& job) {
  using Clock = std::chrono::steady_clock;
  const auto last = std::make_shared<Clock::time_point>();
  const Progress progress(
      [this, title = job.title, last](const ProgressReport& report) {
        const auto now = Clock::now();
        if (report.done < report.total && now - *last < kProgressPause) return;
        *last = now;
        post([this, title, report] {
          Q_EMIT progressed(title, report.done, report.total, report.etaSeconds);
        });
      },
      &stop_);
  try {
    finish(job.work(progress));
  } catch (const Cancelled&) {
    finish([this, title = job.title] { Q_EMIT cancelled(title); });
  } catch (const std::exception& error) {
    // Exceptions of libraries carry backtraces after their first line.
    const std::string text = error.what();
    logError(concat(job.title.toStdString(), ": ", text));
    const QString sentence = QString::fromStdString(text.substr(0, text.find('\n')));
    finish([this, sentence] { Q_EMIT failed(sentence); });
  }
}

}  // namespace uninet
