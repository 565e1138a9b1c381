#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"

namespace uninet {
namespace fs = std::filesystem;
namespace {

/// Why `path` cannot be read, by the error number of the call that failed, as a sentence.
[[noreturn]] void cannotRead(const fs::path& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR)
    throw Error(concat(path.string(), " does not exist; check the path"));
  if (reason == ENAMETOOLONG)
    throw Error(concat(path.string(), " does not exist: no file system takes a name that long"));
  throw Error(concat(path.string(), " cannot be read (",
                     reason != 0 ? std::strerror(reason) : "it ended early",
                     "); check its permissions"));
}

/// A regular file that is open for reading: pipes and devices are refused, never waited for.
struct Opened {
  explicit Opened(const fs::path& file)
      : number(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat about {};
    const char* other = nullptr;
    if (number < 0 || ::fstat(number, &about) != 0) {
      if (errno != ENXIO) cannotRead(file, errno);
      other = "a socket or a device; a regular file";
    } else if (S_ISDIR(about.st_mode)) {
      other = "a folder; a file";
    } else if (!S_ISREG(about.st_mode)) {
      other = "a pipe or a device; a regular file";
    }
    if (other == nullptr) {
      size = static_cast<std::size_t>(about.st_size);
      return;
    }
    if (number >= 0) ::close(number);
    throw Error(concat(file.string(), " is ", other, " is expected"));
  }
  ~Opened() { ::close(number); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  int number;
  std::size_t size = 0;
};

}  // namespace

void writeAtomically(const fs::path& file,
                     const std::function<void(const fs::path& temporary)>& write) {
  static std::atomic<unsigned> counter{0};
  fs::path temporary = file;
  temporary += concat(".", ::getpid(), ".", counter++, ".part");
  const auto failed = [&](const std::string& why) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw Error(concat(file.string(), " cannot be written: ", why));
  };
  try {
    write(temporary);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
  const int descriptor = ::open(temporary.c_str(), O_RDONLY);
  if (descriptor < 0) failed(std::strerror(errno));
  const int synced = ::fsync(descriptor);
  const int reason = errno;
  ::close(descriptor);
  if (synced != 0 && reason != EINVAL) failed(std::strerror(reason));
  std::error_code error;
  fs::rename(temporary, file, error);
  if (error) failed(error.message());
}

void writeTextFile(const fs::path& file, std::string_view text) {
  writeAtomically(file, [&](const fs::path& temporary) {
    errno = 0;
    std::ofstream out(temporary, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written: ",
                         errno != 0 ? std::strerror(errno) : "not all of it was taken",
                         "; check the folder and the free space"));
  });
}

std::string readTextFile(const fs::path& file, std::size_t maxBytes) {
  const Opened in(file);
  const std::size_t size = in.size;
  if (size > maxBytes)
    throw Error(concat(file.string(), ": expected at most ", maxBytes, " bytes, found ", size));
  std::string text(size, '\0');
  for (std::size_t at = 0; at < size;) {
    const ssize_t got = ::read(in.number, text.data() + at, size - at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) cannotRead(file, got < 0 ? errno : 0);
    at += static_cast<std::size_t>(got);
  }
  return text;
}

void makeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error))
    throw Error(concat(folder.string(), ": the folder cannot be created: ",
                       error ? error.message() : "a file of that name is in the way"));
}

void requireThere(const fs::path& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) cannotRead(path, errno);
}

void requireFile(const fs::path& file) { Opened{file}; }

}  // namespace uninet
