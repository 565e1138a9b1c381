#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace uninet {

/// Bytes of an element, also of types that are not read (complex64, U16, …); 0 for a type that is
/// not known.
std::size_t dtypeSize(const std::string& dtype);

/// Whether a RawTensor can be of this type.
bool isReadable(const std::string& dtype);

/// Product of a shape; false where a side is negative or the product exceeds `limit`.
bool checkedNumel(const std::vector<std::int64_t>& shape, std::uint64_t limit, std::uint64_t& out);

}  // namespace uninet
