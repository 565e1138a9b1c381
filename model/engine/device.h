#pragma once

#include <string>
#include <utility>
#include <vector>

namespace uninet {

/// What computes.
struct Device {
  std::string gpu;  ///< name of the GPU; empty: the processor
  int threads = 1;  ///< of the processor
};

/// After configureCompute(). Any thread.
Device device();

/// What the numbers of this build on this machine come from, name → value in the order in which it
/// is told: LibTorch, oneDNN, the processor, its features that matter here, arithmetic, threads.
/// After configureCompute().
std::vector<std::pair<std::string, std::string>> computeFacts();

}  // namespace uninet
