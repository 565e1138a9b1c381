#pragma once

#include <string>
#include <vector>

#include "core/data/tasks.h"
#include "model/network/network_spec.h"
#include "model/network/ops.h"

namespace uninet {

/// Where the loss of an earlier prediction is taken: truth brought to the output's size, or the
/// output brought to the truth's.
enum class Supervision { outputSize, truthSize };

/// An earlier prediction of a task, "initial_segment" or "scale_0.sur_nor", that has a loss of its
/// own in training (deep supervision).
template <class Map>
struct EarlierOutput {
  Task task;
  std::string name;
  Map map;  ///< [N, C, h, w]
  Supervision supervision;
};

/// Outputs of a network as values of an interpreter; a Value without data: not wanted.
struct NetworkOutputs {
  Value segment;                                                ///< [N, C, H, W] logits
  Value depth;                                                  ///< [N, 1, H, W], see ClassTable
  std::vector<Value> cls, reg, centerness, instDepth, instSeg;  ///< per level, strides 8 16 32
  std::vector<EarlierOutput<Value>> earlier;
};

/// A network written once for every interpreter: evaluates the heads of `wanted` that the spec has,
/// and what they need, on `image` [N, 3, H, W].
using ForwardFunction = NetworkOutputs (*)(Ops& ops, const NetworkSpec& spec, TaskSet wanted,
                                           const Value& image);

}  // namespace uninet
