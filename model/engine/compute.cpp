#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <malloc.h>

#include <algorithm>
#include <thread>

#include "core/base/error.h"
#include "model/engine/engine.h"

namespace uninet {

void configureCompute(int threads, std::uint64_t seed) {
  // Feature maps are taken and given back thousands of times; keeping their pages spares the
  // kernel clearing them anew each time (measured: 10 % of a training step).
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 2147483647);
  mallopt(M_TOP_PAD, 64 << 20);
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  at::set_num_threads(threads > 0 ? threads : cores);
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
  at::manual_seed(seed);
}

std::string deviceText() {
  const int threads = at::get_num_threads();
  return concat("CPU, ", threads, threads == 1 ? " thread" : " threads");
}

}  // namespace uninet
