#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/error.h"

// Every fuzz_<reader>.cpp is one program of libFuzzer. A reader may refuse what it is given by an
// Error; any other exception, a crash, a leak, a hang or gigabytes of memory is a finding.

namespace uninet::fuzz {

inline std::string bytesOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Calls the reader; an Error is an answer.
template <class Read>
void mayRefuse(Read read) {
  try {
    read();
  } catch (const Error&) {
  }
}

/// A folder of this process, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "uninet-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Error(name + " cannot be made");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  std::filesystem::path file(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// The input as a file of this name, for readers that take a path.
inline std::filesystem::path fileOf(const char* name, const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const std::filesystem::path path = folder.file(name);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  return path;
}

}  // namespace uninet::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
