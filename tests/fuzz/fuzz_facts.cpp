#include <cstdlib>

#include "core/results/image_facts.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::mayRefuse([&] {
    const std::string text = packFacts(unpackFacts(fuzz::bytesOf(data, size)));
    if (packFacts(unpackFacts(text)) != text) std::abort();
  });
  return 0;
}
