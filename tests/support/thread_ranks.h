#pragma once

#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "model/ranks/rank_group.h"

namespace uninet {

/// Calls `work` on as many threads as there shall be ranks, each with its group. What the first of
/// them threw; empty: nothing.
inline std::string onRanks(int size, const std::function<void(const RankGroup&)>& work,
                           std::chrono::milliseconds timeout = std::chrono::seconds(60)) {
  const RankStore store = RankStore::serve(0);
  std::vector<std::string> thrown(static_cast<std::size_t>(size));
  std::vector<std::thread> threads;
  for (int rank = 0; rank < size; ++rank)
    threads.emplace_back([&, rank] {
      try {
        const RankStore own =
            rank == 0 ? store : RankStore::connect("localhost", store.port(), timeout);
        work(RankGroup(own, rank, size, /*oneMachine=*/true, timeout));
      } catch (const std::exception& e) {
        thrown[static_cast<std::size_t>(rank)] = e.what();
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : thrown)
    if (!text.empty()) return text;
  return {};
}

}  // namespace uninet
