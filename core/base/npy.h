#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace uninet {

/// What the head of a numpy array file (.npy, version 1 to 3) says.
struct NpyHeader {
  std::size_t valueBytes = 0;       ///< 4: float32, 8: float64, little-endian
  bool fortran = false;             ///< column by column
  std::vector<std::int64_t> shape;  ///< at most 8 sides, none negative
  std::size_t begin = 0;            ///< of the values
};

/// Reads it from all `bytes` of a file, whose values then fill the rest exactly. Throws Error
/// without a file name, for the caller to add: no .npy, another version, big-endian, another type,
/// a length that does not fit the shape.
NpyHeader readNpyHeader(std::string_view bytes);

/// What stands before the values of such a file, as numpy.save() writes it: version 1, row by row,
/// values of 4 or 8 bytes.
std::string npyHeader(std::size_t valueBytes, const std::vector<std::int64_t>& shape);

}  // namespace uninet
