#include "core/base/memory.h"

#include <cstdlib>  // defines __GLIBC__
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fstream>
#include <new>
#include <sstream>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace uninet {

void giveBackMemory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

std::size_t peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) {
      std::istringstream numbers(line.substr(6));
      std::size_t kilobytes = 0;
      numbers >> kilobytes;
      return kilobytes * 1024;
    }
  return 0;
}

void forgetPeakMemory() {
  giveBackMemory();
  std::ofstream("/proc/self/clear_refs") << 5;
}

bool isOutOfMemory(const std::exception& error) {
  if (dynamic_cast<const Error*>(&error) != nullptr) return false;
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
  // c10::Error has no type of its own for it on a CPU, and its header is Torch's.
  const std::string_view text = error.what();
  for (const char* part :
       {"not enough memory", "can't allocate memory", "out of memory", "Insufficient memory",
        "could not create a memory object", "STATUS_ALLOC_FAILED"})
    if (text.find(part) != std::string_view::npos) return true;
  return false;
}

}  // namespace uninet
