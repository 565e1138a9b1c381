#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/progress.h"
#include "core/data/sample.h"
#include "model/engine/engine.h"
#include "model/plan/tune.h"

namespace uninet {

/// One thing that was timed in several ways, seconds; negative: not in this way.
struct BenchRow {
  std::string name;   ///< "PGD, seg"
  double plain = -1;  ///< as a person writes it in Python: all heads, gradients of weights, NCHW
  double eager = -1;  ///< the best of LibTorch's operations: folded, pruned, channels last
  double half = -1;   ///< the same in bfloat16, where the processor has it
  double plan = -1;   ///< this program
  /// Of the plan: seconds in convolutions, their arithmetic by definition in GFLOP/s.
  double convolutions = -1, gflops = -1;
  /// All its convolutions one by one, each in the fastest way that this program has.
  double floor = -1;
};

struct BenchReport {
  std::string processor;  ///< or the card
  std::string kernels;    ///< of the plan; on a card the code path
  bool onCard = false;    ///< "plan" is CUDA graphs, and floor LibTorch's convolutions
  int lanes = 0;          ///< floats in a vector of the plan: 8 (AVX2), 16 (AVX-512); 0: no plan
  int threads = 0;
  std::string network;                ///< tasks, width and size
  std::vector<BenchRow> iterations;   ///< one iteration of an attack: value and gradient
  std::vector<BenchRow> predictions;  ///< forward pass without decoding
  /// What is done once an image beside the network, seconds.
  struct Part {
    std::string name;
    double seconds;
  };
  std::vector<Part> around;
  /// Greatest memory of the whole process during an iteration of the objective of all tasks, bytes:
  /// plain, and by a fresh plan with its making; 0: not known.
  std::size_t plainPeak = 0, planPeak = 0;
  std::size_t planBytes = 0;  ///< weights and feature maps of the largest plan
  std::vector<plan::TunedConv> convolutions;
};

/// Times one image. Each way is run once unmeasured, then `rounds` times in turn with the others;
/// the fastest counts. `original` at the size of the frame. Works minutes at 512 × 1024.
BenchReport runBench(const Engine& engine, const Sample& original, int rounds,
                     const Progress& progress);

nlohmann::json toJson(const BenchReport& report);

}  // namespace uninet
