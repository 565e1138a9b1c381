#include "model/cuda/cross_entropy.h"

#include "model/cuda/cross_entropy_body.h"
#include "model/cuda/launch.cuh"

namespace uninet::cuda {

void crossEntropy(const CrossEntropyTask& task, CrossEntropySums* sums, PixelSoftmax* softmax,
                  Stream stream) {
  crossEntropyOn(Grid("crossEntropy", stream), task, sums, softmax);
}

}  // namespace uninet::cuda
