#include "model/network/network_spec.h"

#include <charconv>

#include "core/base/error.h"

namespace uninet {

const char* encoderName(Encoder encoder) {
  return encoder == Encoder::released ? "released" : "paper";
}

Encoder encoderByName(const std::string& name) {
  if (name == "released") return Encoder::released;
  if (name == "paper") return Encoder::paper;
  throw Error(concat("encoder: expected released or paper, found \"", name, "\""));
}

const char* neckName(Neck neck) { return neck == Neck::fpn ? "fpn" : "none"; }

Neck neckByName(const std::string& name) {
  if (name == "none") return Neck::none;
  if (name == "fpn") return Neck::fpn;
  throw Error(concat("neck: expected none or fpn, found \"", name, "\""));
}

cv::Size parseSize(const std::string& text, const std::string& option) {
  const std::size_t cross = text.find('x');
  int height = 0, width = 0;
  const char* end = text.data() + text.size();
  bool ok = cross != std::string::npos;
  if (ok) {
    const auto first = std::from_chars(text.data(), end, height);
    const auto second = std::from_chars(text.data() + cross + 1, end, width);
    ok = first.ptr == text.data() + cross && first.ec == std::errc() && second.ptr == end &&
         second.ec == std::errc();
  }
  if (!ok)
    throw Error(concat(option, ": expected HEIGHTxWIDTH such as 512x1024, found \"", text, "\""));
  for (const int side : {height, width})
    if (side < 128 || side > 16384 || side % 32 != 0)
      throw Error(
          concat(option, ": ", side,
                 " is not a multiple of 32 between 128 and 16384, which the network needs"));
  return {width, height};
}

std::string sizeText(cv::Size size) { return concat(size.height, "x", size.width); }

}  // namespace uninet
