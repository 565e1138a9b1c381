#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/progress.h"
#include "core/data/dataset.h"

namespace uninet {

/// How often each train id occurs in what was written.
struct ClassCounts {
  std::array<std::int64_t, 19> pixels{};
  std::array<std::int64_t, 9> objects{};  ///< index = class id; 0 unused
  std::int64_t frames = 0;
};

/// Writes the frames of `data` as leftImg8bit, gtFine (labelIds, instanceIds, polygons), disparity
/// and camera of a Cityscapes tree, on `threads` threads. A frame that is there completely is not
/// written again. Throws Error naming the file that could not be written, Cancelled when stopped.
ClassCounts writeCityscapes(const Dataset& data, const std::filesystem::path& root,
                            const std::string& split, const std::string& city, int threads,
                            const Progress& progress);

}  // namespace uninet
