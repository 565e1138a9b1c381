#include "core/base/error.h"

#include <filesystem>
#include <new>

namespace uninet {

std::string sentenceOf(const std::exception& error) {
  if (dynamic_cast<const Error*>(&error) != nullptr) return error.what();
  // Exceptions of libraries carry backtraces after their first line.
  const std::string text = error.what();
  const std::string line = text.substr(0, text.find('\n'));
  const auto says = [&text](const char* part) { return text.find(part) != std::string::npos; };
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr || says("not enough memory") ||
      says("Insufficient memory"))
    return "there is not enough memory; close other programs, or take a smaller network size";
  if (const auto* file = dynamic_cast<const std::filesystem::filesystem_error*>(&error))
    return concat(file->path1().string(), ": ", file->code().message());
  return concat("this should not have failed, please report it: ", line);
}

}  // namespace uninet
