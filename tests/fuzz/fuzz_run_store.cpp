#include "fuzz.h"
#include "read_runs.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input.runs.sqlite", data, size);
  fuzz::mayRefuse([&] {
    RunStore store = RunStore::open(file);
    fuzz::readAll(store);
  });
  return 0;
}
