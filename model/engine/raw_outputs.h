#pragma once

#include <filesystem>

#include <opencv2/core.hpp>

#include "model/engine/engine.h"

namespace uninet {

/// One forward pass on `image` (RGB CV_8UC3 at network size); writes safetensors with the
/// normalised input, every feature map (E2 … P3 … D2), every raw output and the location grids
/// under the names of the published forward values: input, E2, …, segment, depth, locations.0,
/// box_cls.0, …
void writeRawOutputs(const Engine& engine, const cv::Mat& image, const std::filesystem::path& file);

}  // namespace uninet
