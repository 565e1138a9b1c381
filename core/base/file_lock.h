#pragma once

#include <filesystem>

namespace uninet {

/// Says that this program writes a file, by a locked hidden file ".<name>.uninet-lock" beside it,
/// which goes with the lock; a killed program leaves none behind that would hold others up.
/// Movable.
class FileLock {
 public:
  /// Throws Error at once, naming the file and the process, if another one holds it, also one of
  /// this program; or if the folder cannot be written.
  explicit FileLock(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

  /// The hidden file that says it.
  static std::filesystem::path pathOf(const std::filesystem::path& file);

 private:
  void release();

  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace uninet
