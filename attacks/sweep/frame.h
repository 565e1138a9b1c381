#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/sample.h"

namespace uninet {

/// An image of a split as a sweep reads it.
struct Frame {
  std::int64_t image = 0;
  std::string name, fingerprint;
  std::string problem;  ///< why it cannot be read; empty: it can
  std::vector<std::string> notes;
  Sample original, resized;  ///< empty if nothing is to be computed of it
};

/// `size` of the network; empty: only what tells whether the image is the same. Any thread.
std::shared_ptr<const Frame> readFrame(const Dataset& data, std::int64_t image, cv::Size size);

}  // namespace uninet
