#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"

namespace uninet {

/// How often each class occurs in what was written.
struct ClassCounts {
  std::vector<std::int64_t> pixels;   ///< by train id
  std::vector<std::int64_t> objects;  ///< by class id; 0 unused
  std::int64_t frames = 0;
};

/// Writes the frames of `data` as leftImg8bit, gtFine (labelIds, instanceIds, polygons), disparity
/// and camera of a Cityscapes tree, on `threads` threads. A frame that is there completely is not
/// written again. Throws Error naming the file that could not be written, Cancelled when stopped.
ClassCounts writeCityscapes(const Dataset& data, const std::filesystem::path& root,
                            const std::string& split, const std::string& city, int threads,
                            const Progress& progress);

/// Writes one frame as far as it holds ground truth, so that reading the tree gives the same frame
/// (its fingerprint): maps that are empty are left out, and so is the default camera.
void writeCityscapesFrame(const RawFrame& frame, const std::filesystem::path& root,
                          const std::string& split, const std::string& city);

}  // namespace uninet
