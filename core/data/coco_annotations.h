#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/data/sample.h"

namespace uninet {

/// One annotation of COCO's instances: outlines, or run lengths.
struct CocoObject {
  std::int64_t id = 0;
  int category = 0;
  bool crowd = false;
  std::vector<std::vector<double>> outlines;  ///< as maskOfOutline() takes them; a union
  std::vector<std::int64_t> runs;             ///< as maskOfRuns() takes them, where no outline is
};
struct CocoImage {
  cv::Size size;
  std::vector<CocoObject> objects;
};
/// By the name of the picture's file without folder and ending.
using CocoAnnotations = std::map<std::string, CocoImage>;

/// Reads a file of COCO instances whose category ids are the label ids of classes with instances.
/// Throws Error naming the file, what of it was expected and what was found: no such JSON, an image
/// twice, a size that no picture has, an unknown image or category, no segmentation, an outline of
/// odd length, negative run lengths or of another image size; larger than 512 MiB.
CocoAnnotations readCocoAnnotations(const std::filesystem::path& file, const ClassTable& classes);

/// Masks and tight boxes of the objects in an image. An object that covers no pixel is left out,
/// and `notes` gets a sentence. Throws Error naming `file` and the annotation.
std::vector<Instance> instancesOf(const CocoImage& image, const ClassTable& classes,
                                  const std::filesystem::path& file,
                                  std::vector<std::string>& notes);

}  // namespace uninet
