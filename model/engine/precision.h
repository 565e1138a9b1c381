#pragma once

#include <span>
#include <string>

#include "model/engine/engine.h"

namespace uninet {

/// What an attack can take its gradients in: "float32", the default, "float64", "bfloat16" and
/// "tf32", as
/// --precision, sessions and Engine::arithmetic() name them.
std::span<const char* const> precisions();

/// The network with gradients in this precision, on the engine's own code path for float32. Throws
/// Error for another name, for bfloat16 on a processor that does not have it natively, and for tf32
/// on any processor.
Engine withPrecision(const Engine& engine, const std::string& precision);

}  // namespace uninet
