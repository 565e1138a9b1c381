#include <cstdlib>

#include "core/data/class_table.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::mayRefuse([&] {
    const std::string text = packClasses(*unpackClasses(fuzz::bytesOf(data, size), "input"));
    if (packClasses(*unpackClasses(text, "input")) != text) std::abort();
  });
  return 0;
}
