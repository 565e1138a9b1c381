#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace uninet {

/// Key, shape and kind of one entry of a state dict.
struct KeyShape {
  std::string key;
  std::vector<std::int64_t> shape;
  bool buffer = false;   ///< running statistics
  bool integer = false;  ///< num_batches_tracked
};

}  // namespace uninet
