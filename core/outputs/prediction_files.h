#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/outputs/palette.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// Factor between metres and the values of a written depth map (16-bit PNG); 0 means no depth.
inline constexpr double kDepthPngScale = 256;

/// Writes what a network predicts, each name preceded by `prefix` and "_" unless it is empty:
///   segment.png        label ids of the table, 8-bit       segment_colour.png
///   depth.png          metres · 256, 16-bit               depth_colour.png
///   sem_cont.png       probability · 255, 8-bit           sem_cont_colour.png
///   sur_nor.png        (v + 1) / 2 · 255 of x, y, z as RGB
///   instances.json     see instancesJson()
///   detect.png, inst_seg.png, inst_depth.png   objects over the image, as `draw` says
/// What was not predicted is not written. Creates the folder. Returns what it wrote; throws Error
/// naming the file.
std::vector<std::filesystem::path> writePrediction(const Prediction& prediction,
                                                   const std::filesystem::path& folder,
                                                   const std::string& prefix = {},
                                                   const DrawOptions& draw = {});

/// Objects with class, score, box in pixels of `image_size` (x0, y0, x1, y1; the last two
/// exclusive), depth_m (null: not predicted) and, where predicted, the mask as uncompressed
/// COCO run lengths (column by column, first run outside).
nlohmann::json instancesJson(const Prediction& prediction);

/// Label ids of a map of train ids; 0 (unlabelled) where there is no class.
cv::Mat labelIdsOf(const cv::Mat& trainIds, const ClassTable& table);
/// CV_16U: metres · 256, rounded; 0 for no depth.
cv::Mat depthPng(const cv::Mat& metres);

}  // namespace uninet
