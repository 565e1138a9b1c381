#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "attacks/sweep/sweep_setup.h"
#include "attacks/sweep/sweep_work.h"
#include "core/results/merge.h"
#include "core/results/result_store.h"

namespace uninet {

struct PassResult {
  SweepSummary summary;
  std::vector<LeftOutImage> leftOut;
};

/// Computes what `work` hands out and `before` does not have yet, and writes it to `store`.
/// `images`: all that take part, of whoever; `stored` as runSweep() says. Throws Cancelled.
PassResult runPass(const SweepSetup& setup, SweepWork& work, const SweepState& before,
                   const std::vector<std::int64_t>& images, ResultStore& store,
                   const Progress& progress, const std::function<void()>& stored);

}  // namespace uninet
