#pragma once

#include <string>

namespace uninet {

/// What computes.
struct Device {
  std::string gpu;  ///< name of the GPU; empty: the processor
  int threads = 1;  ///< of the processor
};

/// After configureCompute(). Any thread.
Device device();

}  // namespace uninet
