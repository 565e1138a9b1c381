#pragma once

#include <vector>

#include "core/data/tasks.h"
#include "model/network/network_spec.h"
#include "model/network/ops.h"

namespace uninet {

/// Outputs of a network as values of an interpreter; a Value without data: not wanted.
struct NetworkOutputs {
  Value segment;                                                ///< [N, C, H, W] logits
  Value depth;                                                  ///< [N, 1, H, W] in (0, 1)
  std::vector<Value> cls, reg, centerness, instDepth, instSeg;  ///< per level, strides 8 16 32
};

/// A network written once for every interpreter: evaluates the heads of `wanted` that the spec has,
/// and what they need, on `image` [N, 3, H, W].
using ForwardFunction = NetworkOutputs (*)(Ops& ops, const NetworkSpec& spec, TaskSet wanted,
                                           const Value& image);

}  // namespace uninet
