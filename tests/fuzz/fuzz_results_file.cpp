#include "fuzz.h"
#include "read_results.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input.sqlite", data, size);
  fuzz::mayRefuse([&] { fuzz::readAll(ResultStore::open(file)); });
  return 0;
}
