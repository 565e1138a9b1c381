#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/progress.h"
#include "core/data/sample.h"
#include "model/engine/engine.h"

namespace uninet {

/// One thing that was timed in several ways, seconds; negative: not in this way.
struct BenchRow {
  std::string name;   ///< "PGD, seg"
  double plain = -1;  ///< as a person writes it in Python: all heads, gradients of weights, NCHW
  double eager = -1;  ///< the best of LibTorch's operations: folded, pruned, channels last
  double plan = -1;   ///< this program
  /// Of the plan: seconds in convolutions, their arithmetic by definition in GFLOP/s.
  double convolutions = -1, gflops = -1;
};

struct BenchReport {
  std::string processor, kernels;
  int threads = 0;
  std::string network;                ///< tasks, width and size
  std::vector<BenchRow> iterations;   ///< one iteration of PGD: value and gradient
  std::vector<BenchRow> predictions;  ///< forward pass without decoding
  double decode = -1;                 ///< seconds of decoding, NMS and masks of one prediction
  std::size_t planBytes = 0;          ///< weights and feature maps of the largest plan
};

/// Times one image. Each way is run once unmeasured, then `rounds` times in turn with the others;
/// the fastest counts. Works at least a minute at 512 × 1024.
BenchReport runBench(const Engine& engine, const Sample& sample, int rounds,
                     const Progress& progress);

nlohmann::json toJson(const BenchReport& report);

}  // namespace uninet
