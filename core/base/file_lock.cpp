#include "core/base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace uninet {

std::filesystem::path FileLock::pathOf(const std::filesystem::path& file) {
  std::filesystem::path path = file;
  return path.replace_filename("." + file.filename().string() + ".uninet-lock");
}

FileLock::FileLock(const std::filesystem::path& file) : path_(pathOf(file)) {
  for (;;) {
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0)
      throw Error(concat(file.string(), " cannot be written: ", std::strerror(errno)));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (const int reason = errno; reason != EWOULDBLOCK) {
        ::close(std::exchange(descriptor_, -1));
        throw Error(concat(path_.string(), " cannot be locked: ", std::strerror(reason)));
      }
      char owner[32] = "";
      [[maybe_unused]] const auto read = ::pread(descriptor_, owner, sizeof owner - 1, 0);
      ::close(std::exchange(descriptor_, -1));
      throw Error(concat(file.string(), " is in use by another run (process ", owner,
                         "); wait for it or give another --out"));
    }
    // Whoever held it before may have removed the file between our opening and locking it.
    struct stat ours {
    }, there{};
    if (::fstat(descriptor_, &ours) == 0 && ::stat(path_.c_str(), &there) == 0 &&
        ours.st_ino == there.st_ino)
      break;
    ::close(std::exchange(descriptor_, -1));
  }
  const std::string owner = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, owner.c_str(), owner.size(), 0) < 0) {
    const std::string why = std::strerror(errno);
    release();
    throw Error(concat(path_.string(), " cannot be written: ", why));
  }
}

FileLock::FileLock(FileLock&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  if (this != &other) {
    release();
    path_ = std::move(other.path_);
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

FileLock::~FileLock() { release(); }

void FileLock::release() {
  if (descriptor_ < 0) return;
  ::unlink(path_.c_str());
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace uninet
