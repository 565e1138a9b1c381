#pragma once

#include <functional>
#include <vector>

namespace uninet {

/// Calls every task once, on as many threads as there are cores, and waits for all of them. Then
/// throws what the first that failed has thrown, in the order of the list.
void runParallel(const std::vector<std::function<void()>>& tasks);

}  // namespace uninet
