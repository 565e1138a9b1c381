#include "core/data/class_table.h"
#include "core/data/coco_annotations.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fuzz::fileOf("input.json", data, size);
  fuzz::mayRefuse([&] {
    const ClassTable& classes = *nyuv2Classes();
    std::vector<std::string> notes;
    // A mask has the size of the picture, which is compared before.
    for (const auto& [name, image] : readCocoAnnotations(file, classes))
      if (image.size.area() <= 1 << 16) instancesOf(image, classes, file, notes);
  });
  return 0;
}
