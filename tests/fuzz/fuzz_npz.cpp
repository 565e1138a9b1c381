#include "fuzz.h"
#include "model/checkpoint/npz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input.npz", data, size);
  npzHolds(file, {"components_", "mean_"});
  fuzz::mayRefuse([&] { readNpz(file, {"components_", "mean_"}); });
  return 0;
}
