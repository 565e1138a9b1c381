#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace uninet {

/// Writes a zip archive of stored entries: one after another, then the directory. Content begins
/// at multiples of 64 bytes, as torch.save() has it; equal input makes equal bytes. Without zip64:
/// at most 4 GiB and 65535 entries, which the caller checks.
class ZipWriter {
 public:
  explicit ZipWriter(std::ostream& out) : out_(out) {}

  void add(const std::string& name, std::string_view content);
  void finish();

 private:
  void write(std::string_view bytes);

  std::ostream& out_;
  std::string directory_;
  std::uint64_t at_ = 0;
  std::uint16_t count_ = 0;
};

}  // namespace uninet
