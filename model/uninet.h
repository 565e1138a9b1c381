#pragma once

#include <vector>

#include "core/tasks.h"
#include "model/network_spec.h"
#include "model/ops.h"

namespace uninet {

/// Outputs of UniNet as values of an interpreter; a Value without data: not wanted.
struct UninetOutputs {
  Value segment;                                                ///< [N, C, H, W] logits
  Value depth;                                                  ///< [N, 1, H, W] in (0, 1)
  std::vector<Value> cls, reg, centerness, instDepth, instSeg;  ///< per level, strides 8 16 32
};

/// UniNet (paper §3.1, Figures 1 and 2; architecture §§2–8), written once for every interpreter.
/// Evaluates the heads of `wanted` that the spec has, and what they need.
UninetOutputs uninetForward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image);

}  // namespace uninet
