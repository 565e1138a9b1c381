#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace uninet {

/// Throws the one sentence with which a file is refused: "FILE is no usable .pth file: why".
class Refuse {
 public:
  Refuse(const std::filesystem::path& file, const char* kind)
      : start_(concat(file.string(), " is no usable ", kind, " file: ")) {}

  template <class... Why>
  [[noreturn]] void operator()(const Why&... why) const {
    std::string text = concat(why...);  // with names from the file, which may hold anything
    for (char& c : text)
      if (static_cast<unsigned char>(c) < ' ') c = '?';
    if (text.size() > kLongest) text.replace(kLongest, std::string::npos, "…");
    throw Error(start_ + text);
  }

 private:
  static constexpr std::size_t kLongest = 500;

  std::string start_;
};

}  // namespace uninet
