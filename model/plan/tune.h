#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/plan/graph.h"
#include "model/plan/layers.h"

namespace uninet::plan {

/// One convolution by itself, forward or the gradient by its data, in every way that can compute
/// it.
struct TunedConv {
  std::string key;    ///< of the network's weights
  std::string shape;  ///< "256 -> 256, 3 x 3, 64 x 128"
  bool backward = false;
  double flops = 0;  ///< by definition: 2 · MACs
  struct Way {
    const char* method;
    double seconds;
  };
  std::vector<Way> ways;  ///< least of `rounds`; the first is that of the rule
  std::size_t best = 0;
};

using TunedConvs = std::map<std::string, TunedConv>;

/// Times each convolution of a network, `gradient`: in both directions; those in `known` are not
/// timed again. None without AVX2.
std::vector<TunedConv> tuneConvolutions(const Graph& graph, const WeightSource& weights,
                                        bool gradient, int rounds, TunedConvs& known);
/// Seconds of all of them, each computed in its best way: what no order of the same kernels can
/// undercut.
double floorSeconds(const std::vector<TunedConv>& convolutions);

}  // namespace uninet::plan
