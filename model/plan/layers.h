#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/plan/graph.h"
#include "model/plan/layout.h"

namespace uninet::plan {

/// A weight by its checkpoint key, contiguous.
using WeightSource = std::function<std::vector<float>(const std::string& key)>;

/// One step of the forward pass after fusion: value = operation(in), then + in2 where a
/// convolution or a sum has one, then a ReLU.
struct Layer {
  Kind kind = Kind::conv;  ///< conv, groupNorm, relu, sigmoid, hardGate, add, maxPool, globalMean,
                           ///< resize
  Map in, in2;             ///< in2: what is added; the gate of hardGate
  Map out;                 ///< of one buffer
  bool relu = false;
  std::string key;  ///< of all the weights that went into it
  ConvSpec conv;
  std::vector<float> weights;  ///< conv [out][in][k][k] with batch norm and scale folded in;
                               ///< group norm: scale per channel
  std::vector<float> bias;     ///< conv and group norm, per channel
  int groups = 0, kernel = 0, stride = 0;
  bool ceil = false;  ///< max pool: windows are cut off at the border
  Resize mode = Resize::bilinear;
};

struct Layers {
  std::vector<Layer> layers;
  Map image;
  std::vector<Map> outputs;  ///< in the order of the graph
};

/// Folds batch norms and scales into convolutions, fuses sums and ReLUs, leaves out what no output
/// needs. `lanes`: channels of a block. Throws Unsupported.
Layers lower(const Graph& graph, const WeightSource& weights, int lanes);

}  // namespace uninet::plan
