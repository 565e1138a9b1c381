#include "model/engine/precision.h"

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr const char* kPrecisions[] = {"float32", "float64", "bfloat16", "tf32"};

}  // namespace

std::span<const char* const> precisions() { return kPrecisions; }

Engine withPrecision(const Engine& engine, const std::string& precision) {
  if (precision == "float32") return engine;
  if (precision == "float64") return engine.withArithmetic(Arithmetic::float64);
  if (precision == "bfloat16") return engine.withArithmetic(Arithmetic::bfloat16);
  if (precision == "tf32") return engine.withArithmetic(Arithmetic::tf32);
  throw Error(
      concat("precision: expected float32, float64, bfloat16 or tf32, found \"", precision, "\""));
}

}  // namespace uninet
