#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/data/dataset.h"

namespace uninet {

/// True if `path` is the root of a Cityscapes tree (it holds leftImg8bit).
bool isCityscapes(const std::filesystem::path& path);

/// One split of a Cityscapes tree: leftImg8bit/SPLIT/CITY/X_leftImg8bit.png and, as far as they are
/// there, gtFine/…/X_gtFine_{labelIds,instanceIds}.png, disparity/…/X_disparity.png and
/// camera/…/X_camera.json. Frames are in the order of city and name; what lacks is in their notes.
/// Throws Error: no such split (with those there are), no picture in it, labels that are train ids.
std::unique_ptr<Dataset> openCityscapes(const std::filesystem::path& root,
                                        const std::string& split);

/// Values of a *_camera.json; throws Error naming the file and the missing key.
Camera readCamera(const std::filesystem::path& file);

}  // namespace uninet
