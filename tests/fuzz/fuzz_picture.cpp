#include "core/base/picture_check.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = fuzz::bytesOf(data, size);
  fuzz::mayRefuse([&] { checkPicture("input", bytes); });
  return 0;
}
