#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace uninet {

/// Does tasks one after another on a thread of its own. At most `depth` wait: post() blocks then.
/// What a task throws is thrown by the next post() or finish(); later tasks are dropped.
class WorkQueue {
 public:
  explicit WorkQueue(std::size_t depth) : depth_(depth), thread_([this] { work(); }) {}
  /// Drops what has not begun.
  ~WorkQueue() {
    {
      const std::lock_guard lock(mutex_);
      tasks_.clear();
      closed_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  void post(std::function<void()> task) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failure_ || tasks_.size() < depth_; });
    if (failure_) std::rethrow_exception(failure_);
    tasks_.push_back(std::move(task));
    lock.unlock();
    changed_.notify_all();
  }
  /// Waits until every task is done.
  void finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failure_ || (tasks_.empty() && !busy_); });
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      busy_ = true;
      lock.unlock();
      changed_.notify_all();
      std::exception_ptr failure;
      try {
        task();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      busy_ = false;
      if (failure) {
        failure_ = failure;
        tasks_.clear();
      }
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::exception_ptr failure_;
  std::size_t depth_;
  bool busy_ = false, closed_ = false;
  std::thread thread_;
};

}  // namespace uninet
