#pragma once

#include <QtTest>
#include <vector>

#include "model/cuda/host_device.h"

#ifdef UNINET_CUDA
#include <cuda_runtime_api.h>

#include "core/base/error.h"
#endif

/// What tests of the kernels in model/cuda run them on: plain loops, in every build, and with
/// UNINET_CUDA a card, if there is one.
namespace uninet::cuda {

/// Grid of model/cuda/launch.cuh as loops, with its sums in the same order.
class LoopGrid {
 public:
  template <class Body>
  void each(const Body& body, std::int64_t count) const {
    const int blocks = blocksFor(count);
    for (int block = 0; block < blocks; ++block)
      for (int thread = 0; thread < kThreads; ++thread)
        body(strideOf(count, blocks, block, thread));
  }

  template <class Sum, class Body>
  void sumEach(const Body& body, std::int64_t count, Sum* partials, Sum* result) const {
    const int blocks = blocksFor(count);
    for (int block = 0; block < blocks; ++block) {
      std::vector<Sum> sums(kThreads, Sum{});
      for (int thread = 0; thread < kThreads; ++thread)
        body(strideOf(count, blocks, block, thread), sums[static_cast<std::size_t>(thread)]);
      partials[block] = merged(sums);
    }
    std::vector<Sum> sums(kThreads, Sum{});
    for (int i = 0; i < blocks; ++i)
      sums[static_cast<std::size_t>(i % kThreads)].merge(partials[i]);
    *result = merged(sums);
  }

  template <class Body>
  void countRows(const Body& body, int rows, std::int64_t most, unsigned* sums) const {
    const int blocks = blocksFor(most);
    for (int row = 0; row < rows; ++row) {
      sums[row] = 0;
      for (int block = 0; block < blocks; ++block)
        for (int thread = 0; thread < kThreads; ++thread)
          sums[row] += body(row, strideOf(most, blocks, block, thread));
    }
  }

  template <class Body>
  void oneBlock(const Body& body) const {
    body(OneThread());
  }

 private:
  struct OneThread {
    static int thread() { return 0; }
    static int threads() { return 1; }
    static void sync() {}
  };

  template <class Sum>
  static Sum merged(std::vector<Sum>& sums) {
    for (int half = kThreads / 2; half > 0; half /= 2)
      for (int thread = 0; thread < half; ++thread) mergeLevel(sums.data(), thread, half);
    return sums.front();
  }
};

#ifdef UNINET_CUDA
inline bool hasCard() {
  int count = 0;
  return cudaGetDeviceCount(&count) == cudaSuccess && count > 0;
}
inline void need(cudaError_t status) {
  if (status != cudaSuccess) throw Error(cudaGetErrorString(status));
}
#else
inline bool hasCard() { return false; }
#endif

/// Values that a kernel reads or writes.
template <class T>
class Values {
 public:
  Values(bool onCard, std::vector<T> values) : values_(std::move(values)) {
#ifdef UNINET_CUDA
    if (!onCard) return;
    need(cudaMalloc(&card_, bytes() + 1));
    need(cudaMemcpy(card_, values_.data(), bytes(), cudaMemcpyHostToDevice));
#else
    Q_UNUSED(onCard)
#endif
  }
  Values(bool onCard, std::size_t count) : Values(onCard, std::vector<T>(count)) {}
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;
  ~Values() {
#ifdef UNINET_CUDA
    cudaFree(card_);
#endif
  }

  T* data() { return card_ != nullptr ? static_cast<T*>(card_) : values_.data(); }
  /// As they are now, after all that was launched.
  const std::vector<T>& read() {
#ifdef UNINET_CUDA
    if (card_ != nullptr) need(cudaMemcpy(values_.data(), card_, bytes(), cudaMemcpyDeviceToHost));
#endif
    return values_;
  }

 private:
  std::size_t bytes() const { return values_.size() * sizeof(T); }

  std::vector<T> values_;
  void* card_ = nullptr;
};

/// Values of a column `card` of data-driven tests.
inline std::vector<bool> machines() {
#ifdef UNINET_CUDA
  return {false, true};
#else
  return {false};
#endif
}
inline const char* nameOf(bool card) { return card ? "card" : "loops"; }

/// This column alone.
inline void addMachines() {
  QTest::addColumn<bool>("card");
  for (const bool card : machines()) QTest::newRow(nameOf(card)) << card;
}

}  // namespace uninet::cuda

/// CUDA_RUN(card, stepLinf, arguments…): the kernel on the card, or its passes as loops.
#ifdef UNINET_CUDA
#define CUDA_RUN(card, function, ...)                    \
  ((card) ? uninet::cuda::function(__VA_ARGS__, nullptr) \
          : uninet::cuda::function##On(uninet::cuda::LoopGrid(), __VA_ARGS__))
#else
#define CUDA_RUN(card, function, ...) \
  uninet::cuda::function##On(uninet::cuda::LoopGrid(), __VA_ARGS__)
#endif
