#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/dataset.h"

namespace uninet {

/// The layouts in which NYUv2 is handed around.
enum class Nyuv2Layout {
  folders,    ///< image/SPLIT/NAME, seg40/SPLIT/NAME, depth/SPLIT/NAME
  lists,      ///< images/NAME.jpg, gt_sets/SPLIT.txt, segmentation/NAME.png, depth/NAME.npy
  converted,  ///< SPLIT/rgb/NAME.png, SPLIT/labels_40/NAME.png, SPLIT/depth/NAME.png
};

/// Where a tree begins, and what splits it has.
struct Nyuv2Tree {
  std::filesystem::path root;
  Nyuv2Layout layout = Nyuv2Layout::folders;
  std::vector<std::string> splits;
};

/// The tree at a path, recognised from its folders, or in its folder NYUD_MT; nullopt: none. Throws
/// Error for the original nyu_depth_v2_labeled.mat, which holds 894 labels and no splits.
std::optional<Nyuv2Tree> findNyuv2(const std::filesystem::path& path);

/// The split of a tree that is meant by a name: "val" and "test" mean the same where only one of
/// them is there. Throws Error that lists the splits.
std::string splitOf(const Nyuv2Tree& tree, const std::string& asked);

/// One split, as splitOf() finds it, in the order of its list or names, with labels, depth
/// (DataOptions::depthUnit) and, as far as they are there, normals (normal/SPLIT/NAME.png or
/// normals/NAME.npy) and edges (edge/NAME.npy), read as nyuv2_maps.h says; instances from
/// annotations/instances_SPLIT_40.json, without which there are none. What lacks is in the notes of
/// the frames. Throws Error: no such split, no picture in it, annotations that cannot be used.
std::unique_ptr<Dataset> openNyuv2(const Nyuv2Tree& tree, const DataOptions& options);

}  // namespace uninet
