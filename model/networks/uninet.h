#pragma once

#include "model/network/forward.h"

namespace uninet {

/// UniNet (paper §3.1, Figures 1 and 2; architecture §§2–8), written once for every interpreter.
/// Evaluates the heads of `wanted` that the spec has, and what they need.
NetworkOutputs uninetForward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image);

}  // namespace uninet
