#include "core/base/pictures.h"
#include "fuzz.h"

using namespace uninet;

namespace {

/// Whether it begins as a PNG does and says of itself that it is small: what a picture of 16384
/// pixels a side takes is known, and the other formats are decoded by others' code.
bool isSmallPng(const std::uint8_t* data, std::size_t size) {
  const auto isShort = [&](std::size_t at) {
    return data[at] == 0 && data[at + 1] == 0 && data[at + 2] < 2;
  };
  return size > 24 && data[0] == 0x89 && isShort(16) && isShort(20);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!isSmallPng(data, size)) return 0;
  const auto file = fuzz::fileOf("input.png", data, size);
  fuzz::mayRefuse([&] { readLabels(file); });
  fuzz::mayRefuse([&] { readMap(file, CV_16U); });
  return 0;
}
