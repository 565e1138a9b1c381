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

/// One split, in the order of its list or names. "val" and "test" mean the same where only one of
/// them is there. Labels 1..40 count, 0 and 255 are ignored, others are refused; depth is taken in
/// millimetres of 16-bit PNG and metres of .npy (DataOptions::depthUnit says otherwise), and
/// refused if its median says that the unit is another. What lacks is in the notes of the frames.
/// Throws Error: no such split, no picture in it.
std::unique_ptr<Dataset> openNyuv2(const Nyuv2Tree& tree, const DataOptions& options);

}  // namespace uninet
