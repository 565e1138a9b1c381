#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace uninet {

/// Makes items first, first + 1, … on its own threads and hands them out in order, so that reading
/// or rendering overlaps computing. What a producer throws is thrown by the next() that would have
/// returned its item. The destructor stops and waits.
template <class T>
class Prefetcher {
 public:
  /// At most `depth` items wait; `make` is called from `threads` threads at once.
  Prefetcher(std::int64_t first, std::int64_t end, int threads, int depth,
             std::function<T(std::int64_t)> make)
      : make_(std::move(make)), wanted_(first), claimed_(first), end_(end), depth_(depth) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Prefetcher() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  /// The next item; may be called end − first times.
  T next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ready_.count(wanted_) != 0; });
    auto node = ready_.extract(wanted_++);
    lock.unlock();
    changed_.notify_all();
    if (std::holds_alternative<std::exception_ptr>(node.mapped()))
      std::rethrow_exception(std::get<std::exception_ptr>(node.mapped()));
    return std::get<T>(std::move(node.mapped()));
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock,
                    [this] { return stop_ || claimed_ >= end_ || claimed_ < wanted_ + depth_; });
      if (stop_ || claimed_ >= end_) return;
      const std::int64_t index = claimed_++;
      lock.unlock();
      std::variant<T, std::exception_ptr> item = std::exception_ptr();
      try {
        item = make_(index);
      } catch (...) {
        item = std::current_exception();
      }
      lock.lock();
      ready_.emplace(index, std::move(item));
      changed_.notify_all();
    }
  }

  std::function<T(std::int64_t)> make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::int64_t, std::variant<T, std::exception_ptr>> ready_;
  std::int64_t wanted_, claimed_, end_, depth_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace uninet
