#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "model/network/forward.h"
#include "model/network/ops.h"

namespace uninet::plan {

/// Says which operation a plan cannot be made of.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Kind {
  input,
  conv,
  batchNorm,
  groupNorm,
  relu,
  sigmoid,
  hardGate,
  add,
  scale,
  concat,
  maxPool,
  globalMean,
  resize,
};

/// One operation of a recorded forward pass; its result is known by its place in Graph::nodes.
struct Node {
  Kind kind = Kind::input;
  std::vector<int> inputs;
  std::array<std::int64_t, 4> shape{};  ///< of the result, NCHW with N = 1
  std::string key;                      ///< of its weights
  ConvSpec conv;
  int groups = 0;              ///< group norm
  int kernel = 0, stride = 0;  ///< max pool
  bool ceil = false;           ///< max pool
  Resize mode = Resize::bilinear;
};

/// A forward pass as data, in the order of execution: what a plan is compiled from. No weights.
struct Graph {
  std::vector<Node> nodes;   ///< nodes[0] is the image, normalised
  std::vector<int> outputs;  ///< in the order of outputsOf(form)
  NetworkOutputs form;       ///< which outputs there are, and their shapes
  bool beforeResize = false;
};

/// Pointers to the outputs that are there: segment, depth, then cls, reg, centerness, instDepth,
/// instSeg, level by level. Recording and reading of outputs follow this order.
std::vector<const Value*> outputsOf(const NetworkOutputs& outputs);

/// Walks the network once with an interpreter that writes down what is done; throws Unsupported
/// where it does what no plan can. `beforeResize`:
/// segment and depth end before a bilinear resize, if one is their last operation.
Graph record(ForwardFunction function, const NetworkSpec& spec, TaskSet wanted,
             bool beforeResize = false);

}  // namespace uninet::plan
