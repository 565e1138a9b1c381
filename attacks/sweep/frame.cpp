#include "attacks/sweep/frame.h"

#include "core/base/error.h"

namespace uninet {

std::shared_ptr<const Frame> readFrame(const Dataset& data, std::int64_t image, cv::Size size) {
  const auto frame = std::make_shared<Frame>();
  frame->image = image;
  frame->name = data.name(static_cast<std::size_t>(image));
  try {
    const RawFrame raw = data.load(static_cast<std::size_t>(image));
    frame->fingerprint = fingerprint(raw);
    frame->notes = raw.notes;
    if (size.empty()) return frame;
    frame->original = makeSample(raw);
    frame->resized = resizeSample(frame->original, size);
  } catch (const Error& e) {
    frame->problem = e.what();
  }
  return frame;
}

}  // namespace uninet
