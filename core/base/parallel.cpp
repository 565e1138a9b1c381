#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <thread>

#include "core/base/numbers.h"

namespace uninet {

int defaultThreads() {
  if (const char* asked = std::getenv("OMP_NUM_THREADS")) {
    const std::string_view text = asked;
    const auto threads = parseNumber<int>(text.substr(0, text.find(',')));
    if (threads && *threads > 0) return *threads;
  }
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void runParallel(const std::vector<std::function<void()>>& tasks) {
  std::vector<std::exception_ptr> failures(tasks.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) {
      try {
        tasks[i]();
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  const auto threads = static_cast<std::size_t>(defaultThreads());
  {
    std::vector<std::jthread> helpers;
    while (helpers.size() + 1 < std::min(threads, tasks.size())) helpers.emplace_back(work);
    work();
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace uninet
