#include "attacks/engine/region.h"
#include "fuzz.h"

using namespace uninet;

namespace {

/// With one object inside and one that hangs over the edge.
Sample someSample() {
  Sample sample;
  sample.image = cv::Mat::zeros(16, 32, CV_8UC3);
  sample.hasInstances = true;
  for (const float x : {4.f, 28.f})
    sample.instances.push_back({1, false, {x, 2, x + 8, 10}, cv::Mat::ones(8, 8, CV_8U)});
  return sample;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Sample sample = someSample();
  const std::string text = fuzz::bytesOf(data, size);
  fuzz::mayRefuse([&] { parseRegion(text, sample); });
  return 0;
}
