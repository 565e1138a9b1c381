#include "model/cuda/suppress.h"

#include "model/cuda/launch.cuh"
#include "model/cuda/suppress_body.h"

namespace uninet::cuda {

void suppress(const SuppressTask& task, std::uint64_t* words, int* kept, int* keptCount,
              Stream stream) {
  suppressOn(Grid("suppress", stream), task, words, kept, keptCount);
}

}  // namespace uninet::cuda
