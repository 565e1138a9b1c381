#pragma once

#include <functional>
#include <vector>

namespace uninet {

/// Threads that compute unless told otherwise: what OMP_NUM_THREADS asks for ("2"; of "4,2" the
/// outermost), else one per core.
int defaultThreads();

/// Calls every task once, on defaultThreads(), and waits for all of them. Then
/// throws what the first that failed has thrown, in the order of the list.
void runParallel(const std::vector<std::function<void()>>& tasks);

}  // namespace uninet
