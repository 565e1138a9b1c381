#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "model/checkpoint/refuse.h"

namespace uninet {

/// One entry of a zip archive, as it stands in the file.
struct ZipEntry {
  std::string_view stored;  ///< part of the archive, compressed unless `method` is 0
  std::uint64_t size = 0;   ///< of the content, as the directory announces it
  std::uint32_t checksum = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflate
};

using ZipEntries = std::map<std::string_view, ZipEntry>;

/// The directory of a zip or zip64 archive. Refused are encrypted entries and such that overlap or
/// lead outside the file.
ZipEntries zipEntries(std::string_view archive, const Refuse& refuse);

/// Content of an entry that must not be compressed, and whose checksum is right (0, which Torch
/// writes on request, means none).
std::string_view storedContent(std::string_view name, const ZipEntry& entry, const Refuse& refuse);

/// Content of a stored or deflated entry; refused before memory is taken if it announces more than
/// `limit` bytes (below 4 GiB), or more than its compressed bytes can hold.
std::string inflatedContent(std::string_view name, const ZipEntry& entry, std::uint64_t limit,
                            const Refuse& refuse);

}  // namespace uninet
