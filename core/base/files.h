#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace uninet {

/// Calls `write` with a temporary path beside `file`, flushes and renames it; on any error the
/// temporary file is removed, `file` keeps its old content, and Error names `file`.
void writeAtomically(const std::filesystem::path& file,
                     const std::function<void(const std::filesystem::path& temporary)>& write);
void writeTextFile(const std::filesystem::path& file, std::string_view text);
/// Whole file; throws Error naming it, also when it is larger than `maxBytes`, a folder, a pipe or
/// a device (which are never waited for).
std::string readTextFile(const std::filesystem::path& file, std::size_t maxBytes = 64u << 20);

/// Creates a folder with its parents; throws Error naming it.
void makeFolder(const std::filesystem::path& folder);

/// Throws Error that says why, unless there is a file or folder of this path.
void requireThere(const std::filesystem::path& path);
/// Throws Error as readTextFile() does, without reading.
void requireFile(const std::filesystem::path& file);

}  // namespace uninet
