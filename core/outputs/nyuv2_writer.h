#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/data/sample.h"

namespace uninet {

/// Writes frames of NYUv2 as a tree with lists: images, segmentation, and arrays of float32 for
/// depth (metres), normals and edges, which hold every digit; annotations of objects. Reading the
/// tree without a unit of depth gives the same frames (their fingerprints).
class Nyuv2Writer {
 public:
  Nyuv2Writer(std::filesystem::path root, std::string split);

  /// One frame, with as much ground truth as it has. Throws Error naming the file.
  void add(const RawFrame& frame);
  /// The list of the frames, without which there is no tree, and the annotations.
  void finish() const;

 private:
  std::filesystem::path root_;
  std::string split_, names_;
  nlohmann::json images_ = nlohmann::json::array();
  nlohmann::json annotations_ = nlohmann::json::array();
};

}  // namespace uninet
