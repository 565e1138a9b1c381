#pragma once

#include <filesystem>
#include <vector>

namespace uninet {

// What is asked of a path that cannot be asked (no permission, a name that is too long, a loop of
// links) is answered with no; reading it later says why.
bool isThere(const std::filesystem::path& path);
bool isFile(const std::filesystem::path& path);
bool isFolder(const std::filesystem::path& path);

/// Whether a file or folder of this name is one that programs leave beside people's files and that
/// nobody means: hidden ones (._x.png, .DS_Store, .ipynb_checkpoints), Thumbs.db, desktop.ini,
/// __MACOSX.
bool isCompanion(const std::filesystem::path& name);

/// What a folder holds, in order of name, without companions. Throws Error naming the folder.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);

/// Every file in a folder and the folders below it, in order of path, without companions. Links
/// are followed; a folder that several links show counts once, so that a loop of them ends. A
/// folder below that cannot be read is left out; throws Error if `folder` itself cannot.
std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder);

/// The path without "." and "..", absolute and without a slash at its end, so that it has a name.
std::filesystem::path plainPath(const std::filesystem::path& path);

/// Creates a folder with its parents and makes sure that one can write into it: what a long work
/// calls before it begins. Throws Error naming the folder.
void prepareOutput(const std::filesystem::path& folder);

/// A hidden folder beside a path, which goes with this object and all that is in it. Throws Error
/// if one cannot write there.
struct TemporaryFolder {
  explicit TemporaryFolder(const std::filesystem::path& beside);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path path;
};

}  // namespace uninet
