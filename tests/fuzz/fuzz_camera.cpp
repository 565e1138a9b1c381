#include "core/data/cityscapes.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input_camera.json", data, size);
  fuzz::mayRefuse([&] { readCamera(file); });
  return 0;
}
