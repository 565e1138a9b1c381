#pragma once

#include <cuda_runtime.h>

#include "model/cuda/failure.h"
#include "model/cuda/host_device.h"
#include "model/cuda/stream.h"

namespace uninet::cuda {

inline void check(const char* kernel, cudaError_t status) {
  if (status != cudaSuccess)
    fail(kernel, cudaGetErrorString(status), status == cudaErrorMemoryAllocation);
}

/// Merges the sums of a block's threads into sums[0]; all threads call it.
template <class Sum>
__device__ void mergeBlock(Sum* sums) {
  __syncthreads();
  for (int half = kThreads / 2; half > 0; half /= 2) {
    mergeLevel(sums, static_cast<int>(threadIdx.x), half);
    __syncthreads();
  }
}

__device__ inline Stride ownStride(std::int64_t count) {
  return strideOf(count, static_cast<int>(gridDim.x), static_cast<int>(blockIdx.x),
                  static_cast<int>(threadIdx.x));
}

template <class Body>
__global__ void eachKernel(Body body, std::int64_t count) {
  body(ownStride(count));
}

template <class Sum, class Body>
__global__ void sumKernel(Body body, std::int64_t count, Sum* partials) {
  __shared__ Sum sums[kThreads];
  Sum own{};
  body(ownStride(count), own);
  sums[threadIdx.x] = own;
  mergeBlock(sums);
  if (threadIdx.x == 0) partials[blockIdx.x] = sums[0];
}

template <class Sum>
__global__ void mergeKernel(const Sum* partials, int count, Sum* result) {
  __shared__ Sum sums[kThreads];
  Sum own{};
  for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) own.merge(partials[i]);
  sums[threadIdx.x] = own;
  mergeBlock(sums);
  if (threadIdx.x == 0) *result = sums[0];
}

struct Count {
  unsigned number;
  __device__ void merge(const Count& other) { number += other.number; }
};

/// A row of blocks for each row. Whole numbers come to the same in any order.
template <class Body>
__global__ void countKernel(Body body, std::int64_t most, unsigned* sums) {
  __shared__ Count counts[kThreads];
  counts[threadIdx.x].number = body(static_cast<int>(blockIdx.y), ownStride(most));
  mergeBlock(counts);
  if (threadIdx.x == 0) atomicAdd(sums + blockIdx.y, counts[0].number);
}

/// The threads of a kernel of one block.
struct Block {
  __device__ int thread() const { return static_cast<int>(threadIdx.x); }
  __device__ int threads() const { return static_cast<int>(blockDim.x); }
  __device__ void sync() const { __syncthreads(); }
};

template <class Body>
__global__ void blockKernel(Body body) {
  body(Block());
}

/// Launches the passes of one kernel (the functions of the …_body.h) on a stream.
class Grid {
 public:
  /// `kernel`: what errors call it.
  Grid(const char* kernel, Stream stream) : kernel_(kernel), stream_(stream) {}

  /// `body(Stride)` in every thread, over `count` values.
  template <class Body>
  void each(const Body& body, std::int64_t count) const {
    eachKernel<<<blocks(count), kThreads, 0, stream_>>>(body, count);
    check(kernel_, cudaGetLastError());
  }

  /// `body(Stride, Sum&)` in every thread, and all sums merged by a fixed tree into `result`.
  /// `partials` has place for kMostBlocks.
  template <class Sum, class Body>
  void sumEach(const Body& body, std::int64_t count, Sum* partials, Sum* result) const {
    sumKernel<<<blocks(count), kThreads, 0, stream_>>>(body, count, partials);
    check(kernel_, cudaGetLastError());
    mergeKernel<<<1, kThreads, 0, stream_>>>(partials, blocksFor(count), result);
    check(kernel_, cudaGetLastError());
  }

  /// `body(row, Stride)` for each row in threads over `most` values; `sums` [rows] of what it
  /// returns.
  template <class Body>
  void countRows(const Body& body, int rows, std::int64_t most, unsigned* sums) const {
    if (rows == 0) return;
    const auto bytes = sizeof(unsigned) * static_cast<std::size_t>(rows);
    check(kernel_, cudaMemsetAsync(sums, 0, bytes, stream_));
    const dim3 grid(blocks(most), static_cast<unsigned>(rows));
    countKernel<<<grid, kThreads, 0, stream_>>>(body, most, sums);
    check(kernel_, cudaGetLastError());
  }

  /// `body(block)` in every thread of one block.
  template <class Body>
  void oneBlock(const Body& body) const {
    blockKernel<<<1, kThreads, 0, stream_>>>(body);
    check(kernel_, cudaGetLastError());
  }

 private:
  static unsigned blocks(std::int64_t count) { return static_cast<unsigned>(blocksFor(count)); }

  const char* kernel_;
  Stream stream_;
};

}  // namespace uninet::cuda
