#pragma once

#include <cstdint>

/// Marks what kernels call and, in the tests, plain loops: it uses nothing of the standard library
/// but <math.h>.
#ifdef __CUDACC__
#define UNINET_HOST_DEVICE __host__ __device__
#else
#define UNINET_HOST_DEVICE
#endif

namespace uninet::cuda {

/// What one thread goes over: first, first + step … below end.
struct Stride {
  std::int64_t first, end, step;
};

constexpr int kThreads = 256;  ///< of a block
/// Blocks of a launch at most; fixed, as sums depend on it.
constexpr int kMostBlocks = 1024;

/// Blocks that go over `count` values.
UNINET_HOST_DEVICE inline int blocksFor(std::int64_t count) {
  const std::int64_t needed = (count + kThreads - 1) / kThreads;
  return needed > kMostBlocks ? kMostBlocks : needed < 1 ? 1 : static_cast<int>(needed);
}

UNINET_HOST_DEVICE inline Stride strideOf(std::int64_t count, int blocks, int block, int thread) {
  const std::int64_t first = static_cast<std::int64_t>(block) * kThreads + thread;
  return {first, count, static_cast<std::int64_t>(blocks) * kThreads};
}

/// One level of the tree that merges the sums of a block's threads: `half` = kThreads / 2 … 1.
template <class Sum>
UNINET_HOST_DEVICE void mergeLevel(Sum* sums, int thread, int half) {
  if (thread < half) sums[thread].merge(sums[thread + half]);
}

}  // namespace uninet::cuda
