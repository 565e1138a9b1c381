#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace uninet {

/// Fresh values of one entry: all the same, or drawn.
struct FirstValues {
  enum class Kind { constant, uniform, normal };
  Kind kind = Kind::constant;
  double value = 0;  ///< the constant; the bound; the deviation
};

/// Key, shape, kind and first values of one entry of a state dict.
struct KeyShape {
  std::string key;
  std::vector<std::int64_t> shape;
  FirstValues first;
  bool buffer = false;   ///< running statistics
  bool integer = false;  ///< num_batches_tracked
};

}  // namespace uninet
