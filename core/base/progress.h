#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace uninet {

/// Thrown by Progress::step() after a stop was requested; not an error.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

/// One step of a long work. `etaSeconds` < 0 means unknown.
struct ProgressReport {
  std::int64_t done = 0;
  std::int64_t total = 0;
  double elapsedSeconds = 0;
  double etaSeconds = -1;
  double perSecond = 0;  ///< units done a second since the first report; 0: unknown
  std::string text;
};

/// Handed to every long work, which calls step() at each batch or iteration.
/// A default-constructed Progress reports nothing and never stops. Copyable; thread safe as far as
/// the callback is.
class Progress {
 public:
  using Callback = std::function<void(const ProgressReport&)>;

  Progress() = default;
  explicit Progress(Callback callback, const std::atomic<bool>* stop = nullptr)
      : callback_(std::move(callback)), stop_(stop) {}

  /// Reports `done` of `total`; throws Cancelled if a stop was requested.
  void step(std::int64_t done, std::int64_t total, std::string_view text = {}) const;

  /// The same without throwing.
  void report(std::int64_t done, std::int64_t total, std::string_view text = {}) const;

  /// For works that keep their best result so far instead of throwing it away.
  bool stopRequested() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

 private:
  Callback callback_;
  const std::atomic<bool>* stop_ = nullptr;
  /// Where the work with this total began: a resumed one does not begin at 0.
  struct Begin {
    std::mutex mutex;
    std::chrono::steady_clock::time_point time = std::chrono::steady_clock::now();
    std::int64_t done = 0, total = -1;
  };
  std::shared_ptr<Begin> begin_ = std::make_shared<Begin>();
};

}  // namespace uninet
