#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace uninet {

/// Packs files (name in the archive with "/", path) into a zip, which is replaced in one step;
/// pictures and databases are stored, the rest is deflated. Throws Error naming the zip.
void writeZip(const std::filesystem::path& zip,
              const std::vector<std::pair<std::string, std::filesystem::path>>& files);

/// An entry whose name stays inside a folder that it is appended to.
struct ZipEntry {
  std::string name;        ///< with "/"
  std::uint64_t size = 0;  ///< bytes, as the archive says
};

/// Unpacks the files of a zip that `wanted` accepts into `folder`. Throws Error naming the zip,
/// also for what only somebody who means harm writes: names that lead out of the folder, names
/// twice, links, more than 100,000 entries, more bytes than 100 times the zip and 16 MiB, entries
/// that are longer than they say. What was unpacked until then stays.
void unpackZip(const std::filesystem::path& zip, const std::filesystem::path& folder,
               const std::function<bool(const ZipEntry&)>& wanted);

}  // namespace uninet
