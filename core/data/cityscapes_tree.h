#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace uninet {

/// Where the parts of a Cityscapes tree lie.
struct CityscapesTree {
  std::filesystem::path root;  ///< the folder that holds leftImg8bit, or folders that do
  /// What the path that was given chose: leftImg8bit/SPLIT or leftImg8bit/SPLIT/CITY; else empty.
  std::string split, city;

  /// Names of the splits, in order.
  std::vector<std::string> splits() const;
  /// The folder of a split: KIND/SPLIT, where KIND is leftImg8bit, gtFine, disparity or camera. If
  /// it is nowhere, the path where it is expected. Throws Error if several have that split of
  /// leftImg8bit.
  std::filesystem::path folder(const std::string& kind, const std::string& split) const;
};

/// The tree at or around a folder: leftImg8bit is in it, or in a folder in it (each archive of
/// Cityscapes unpacked into a folder of its own), or the folder is leftImg8bit, a split of it or a
/// city. nullopt: there is none.
std::optional<CityscapesTree> findCityscapes(const std::filesystem::path& path);

}  // namespace uninet
