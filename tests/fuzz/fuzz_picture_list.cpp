#include "core/data/picture_list.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* name : {"input.txt", "input.csv"}) {
    const auto file = fuzz::fileOf(name, data, size);
    fuzz::mayRefuse([&] { readPictureList(file); });
  }
  return 0;
}
