#pragma once

#include <filesystem>
#include <memory>

#include "core/data/cityscapes_tree.h"
#include "core/data/dataset.h"

namespace uninet {

/// One split of a Cityscapes tree: leftImg8bit/SPLIT/CITY/X_leftImg8bit.png (or .jpg, if there is
/// no .png) and, as far as they are there, gtFine/…/X_gtFine_{labelIds,instanceIds}.png,
/// disparity/…/X_disparity.png and camera/…/X_camera.json. Labels may be train ids, also as
/// X_gtFine_labelTrainIds.png, see label_kind.h. Frames are in the order of city and name; a name
/// that two cities share is preceded by its city. What lacks or is assumed is in their notes.
/// Throws Error: no such split (with those there are), no picture in it.
std::unique_ptr<Dataset> openCityscapes(const CityscapesTree& tree, const DataOptions& options);

/// Values of a *_camera.json; throws Error naming the file and the missing key.
Camera readCamera(const std::filesystem::path& file);

}  // namespace uninet
