#pragma once

#include <stdexcept>

#include "core/base/error.h"

namespace uninet::cuda {

/// Throws Error with the name of the kernel and what CUDA says; where the card has no memory left,
/// what isOutOfMemory() recognises.
[[noreturn]] inline void fail(const char* kernel, const char* text, bool outOfMemory) {
  if (outOfMemory) throw std::runtime_error(concat("CUDA kernel ", kernel, ": out of memory"));
  throw Error(concat("the CUDA kernel ", kernel, " failed: ", text));
}

}  // namespace uninet::cuda
