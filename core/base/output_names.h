#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace uninet {

/// Names under which what belongs to one image is written: whatever names the images have, each
/// comes out once, stays inside the folder that it is appended to, and is no longer than file
/// systems take. Datasets name their frames by it, so that Dataset::name() is safe everywhere.
class OutputNames {
 public:
  /// `wanted` ("city/name", without an ending) with what cannot be written replaced by "_": leading
  /// dots of a part, bytes that are no UTF-8, control characters, and the dot of an ending that
  /// belongs to written files (.png, .json, .safetensors, .part). Parts are cut at 180 bytes. If
  /// the name is taken, `other` is, and then the name with -2, -3, …
  std::string add(std::string_view wanted, std::string_view other = {});

  /// How many names were tried so far: at most 4 for each that was added.
  std::size_t tries() const { return tries_; }

 private:
  bool take(const std::string& name);

  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> next_;  ///< number to try next, by name
  std::size_t tries_ = 0;
};

}  // namespace uninet
