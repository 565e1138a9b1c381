#include <cstdlib>

#include "core/metrics/metrics.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::mayRefuse([&] {
    // What is read is written and read again as the same.
    const std::string bytes = packMeasures(unpackMeasures(fuzz::bytesOf(data, size)));
    if (packMeasures(unpackMeasures(bytes)) != bytes) std::abort();
  });
  return 0;
}
