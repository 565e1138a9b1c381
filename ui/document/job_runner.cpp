#include "ui/document/job_runner.h"

#include <QMetaObject>
#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/memory.h"

namespace uninet {
namespace {

constexpr std::chrono::milliseconds kProgressPause{40};
/// Works follow each other faster than that while a person looks through images: those find the
/// memory of the last one still there.
constexpr std::chrono::milliseconds kIdle{500};

}  // namespace

JobRunner::JobRunner(std::function<void()> prepare, QObject* parent) : QObject(parent) {
  thread_ = std::thread([this, prepare = std::move(prepare)] { loop(prepare); });
}

JobRunner::~JobRunner() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
    quit_ = true;
    for (const JobPointer& job : begun_) job->stop = true;
  }
  wake_.notify_all();
  thread_.join();
}

JobId JobRunner::start(JobKind kind, const QString& title, Work work, Ended ended) {
  auto job = std::make_shared<Job>();
  job->id = ++lastId_;
  job->kind = kind;
  job->title = title;
  job->work = std::move(work);
  job->ended = std::move(ended);
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(job);
  }
  wake_.notify_one();
  if (++pending_ == 1) Q_EMIT busyChanged(true);
  Q_EMIT linesChanged();
  return job->id;
}

JobId JobRunner::replace(JobKind kind, const QString& title, Work work, Ended ended) {
  drop(kind);
  return start(kind, title, std::move(work), std::move(ended));
}

void JobRunner::stop(JobId id) {
  const auto is = [id](const JobPointer& job) { return job->id == id; };
  const std::lock_guard lock(mutex_);
  if (const auto queued = std::find_if(queue_.begin(), queue_.end(), is); queued != queue_.end()) {
    end(*queued, JobOutcome::dropped, {}, {});
    queue_.erase(queued);
  } else if (const auto begun = std::find_if(begun_.begin(), begun_.end(), is);
             begun != begun_.end()) {
    (*begun)->stop = true;
  }
}

void JobRunner::drop(JobKind kind) {
  const std::lock_guard lock(mutex_);
  std::erase_if(queue_, [&](const JobPointer& job) {
    if (job->kind != kind) return false;
    end(job, JobOutcome::dropped, {}, {});
    return true;
  });
}

std::vector<JobRunner::Line> JobRunner::lines() const {
  std::vector<Line> lines;
  const std::lock_guard lock(mutex_);
  for (const JobPointer& job : begun_) lines.push_back({job->id, job->title, true});
  for (const JobPointer& job : queue_) lines.push_back({job->id, job->title, false});
  return lines;
}

bool JobRunner::begun(JobId id) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(begun_.begin(), begun_.end(),
                     [id](const JobPointer& job) { return job->id == id; });
}

void JobRunner::post(std::function<void()> action) {
  QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

void JobRunner::end(const JobPointer& job, JobOutcome outcome, const QString& sentence,
                    Finish finish) {
  post([this, job, outcome, sentence, finish = std::move(finish)] {
    {
      const std::lock_guard lock(mutex_);
      std::erase(begun_, job);
    }
    if (outcome != JobOutcome::dropped) Q_EMIT runningChanged(0, {});
    if (finish) finish();
    if (job->ended) job->ended(outcome, sentence);
    if (--pending_ == 0) Q_EMIT busyChanged(false);
    Q_EMIT linesChanged();
  });
}

void JobRunner::loop(const std::function<void()>& prepare) {
  if (prepare) prepare();
  const auto due = [this] { return quit_ || again_ || (!held_ && !queue_.empty()); };
  bool worked = false;
  for (;;) {
    JobPointer job;
    {
      std::unique_lock lock(mutex_);
      if (worked && !wake_.wait_for(lock, kIdle, due)) {
        lock.unlock();
        giveBackMemory();
        lock.lock();
      }
      wake_.wait(lock, due);
      if (quit_) return;
      if (again_) {
        job = std::exchange(again_, nullptr);
      } else {
        job = queue_.front();
        queue_.pop_front();
        begun_.push_back(job);
      }
    }
    run(job);
    worked = true;
  }
}

void JobRunner::run(const JobPointer& job) {
  using Clock = std::chrono::steady_clock;
  const auto last = std::make_shared<Clock::time_point>();
  const Progress progress(
      [this, id = job->id, title = job->title, last](const ProgressReport& report) {
        const auto now = Clock::now();
        if (report.done < report.total && now - *last < kProgressPause) return;
        *last = now;
        post([this, id, title, report] {
          Q_EMIT progressed(id, title, report.done, report.total, report.etaSeconds);
        });
      },
      &job->stop);
  post([this, id = job->id, title = job->title] {
    Q_EMIT runningChanged(id, title);
    Q_EMIT linesChanged();
  });
  sparing_ = job->again;
  try {
    end(job, JobOutcome::done, {}, job->work(progress));
  } catch (const Cancelled&) {
    end(job, JobOutcome::stopped, {}, {});
  } catch (const std::exception& error) {
    logError(concat(job->title.toStdString(), ": ", error.what()));
    if (!isOutOfMemory(error))
      end(job, JobOutcome::failed, QString::fromStdString(sentenceOf(error)), {});
    else if (!job->again)
      repeat(job, QString::fromLocal8Bit(error.what()));
    else
      end(job, JobOutcome::failed,
          tr("There is not enough memory, also after everything was let go that could be: close "
             "other programs, or open the network at a smaller size."),
          {});
  }
}

void JobRunner::repeat(const JobPointer& job, const QString& details) {
  {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  post([this, job, details] {
    Q_EMIT memoryShort(job->id, job->title, details);
    giveBackMemory();
    // Whoever stops a job does so on this thread.
    if (job->stop) end(job, JobOutcome::stopped, {}, {});
    {
      const std::lock_guard lock(mutex_);
      job->again = true;
      held_ = false;
      if (!job->stop) again_ = job;
    }
    wake_.notify_one();
  });
}

}  // namespace uninet
