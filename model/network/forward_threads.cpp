#include "model/network/forward_threads.h"

#include <mutex>

namespace uninet {
namespace {

std::mutex g_mutex;
std::set<std::thread::id> g_threads;

}  // namespace

std::set<std::thread::id> forwardThreads() {
  const std::lock_guard lock(g_mutex);
  return g_threads;
}

void noteForwardThread() {
  thread_local bool noted = false;
  if (noted) return;
  noted = true;
  const std::lock_guard lock(g_mutex);
  g_threads.insert(std::this_thread::get_id());
}

}  // namespace uninet
