#pragma once

#include <set>
#include <thread>

namespace uninet {

/// Threads of this process on which a network has run: it can be shown that whoever must not wait
/// is not among them.
std::set<std::thread::id> forwardThreads();
/// Adds the calling thread.
void noteForwardThread();

}  // namespace uninet
