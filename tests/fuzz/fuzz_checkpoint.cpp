#include "fuzz.h"
#include "model/checkpoint/checkpoint.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input", data, size);
  fuzz::mayRefuse([&] { readCheckpoint(file); });
  return 0;
}
