#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace uninet {

/// SHA-256 (FIPS 180-4) of what is added, piece by piece.
class Sha256 {
 public:
  void add(const void* data, std::size_t count);
  /// 64 hex digits; nothing may be added afterwards.
  std::string finish();

 private:
  void compress();

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::size_t used_ = 0;
  std::uint64_t length_ = 0;
};

/// Of a file; throws Error naming it.
std::string sha256OfFile(const std::filesystem::path& file);

}  // namespace uninet
