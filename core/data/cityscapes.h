#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/cityscapes_tree.h"
#include "core/data/dataset.h"

namespace uninet {

/// One split of a Cityscapes tree: leftImg8bit/SPLIT/CITY/X_leftImg8bit.png (or .jpg, if there is
/// no .png) and, as far as they are there, gtFine/…/X_gtFine_{labelIds,instanceIds}.png,
/// disparity/…/X_disparity.png and camera/…/X_camera.json. A picture that is a whole number of
/// times smaller than its maps, as attacked ones of the size of a network are, is enlarged to them
/// by repeating its pixels, so that its size of before gives the same pixels again. Labels may be
/// train ids, also as X_gtFine_labelTrainIds.png, see label_kind.h. Frames are in the order of city
/// and name; a name that two cities share is preceded by its city. What lacks or is assumed is in
/// their notes. Throws Error: no such split (with those there are), no picture in it.
std::unique_ptr<Dataset> openCityscapes(const CityscapesTree& tree, const DataOptions& options);

/// A file of a tree, and where it stands in one: "gtFine/val/city/X_gtFine_labelIds.png".
struct TreeFile {
  std::filesystem::path file, place;
};
/// Of a frame its picture, which stands as a PNG in any tree, and all files of its ground truth
/// that are there. nullopt: `data` is no Cityscapes tree.
struct TreeFrame {
  TreeFile picture;
  std::vector<TreeFile> truth;
};
std::optional<TreeFrame> cityscapesFiles(const Dataset& data, std::size_t index);

/// Values of a *_camera.json; throws Error naming the file and the missing key.
Camera readCamera(const std::filesystem::path& file);

}  // namespace uninet
