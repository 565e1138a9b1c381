#include "core/base/error.h"

#include <filesystem>

#include "core/base/memory.h"

namespace uninet {

std::string sentenceOf(const std::exception& error) {
  if (dynamic_cast<const Error*>(&error) != nullptr) return error.what();
  // Exceptions of libraries carry backtraces after their first line.
  const std::string text = error.what();
  const std::string line = text.substr(0, text.find('\n'));
  if (isOutOfMemory(error))
    return "there is not enough memory; close other programs, or take a smaller network size";
  if (const auto* file = dynamic_cast<const std::filesystem::filesystem_error*>(&error))
    return concat(file->path1().string(), ": ", file->code().message());
  return concat("this should not have failed, please report it: ", line);
}

}  // namespace uninet
