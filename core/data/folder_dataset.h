#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/data/dataset.h"

namespace uninet {

/// Pictures without ground truth: those of a folder and the folders in it, those that a file lists
/// (see readPictureList()), or a single one. Throws Error if there is none, and for a folder with
/// ground truth of Cityscapes, which is no picture.
std::unique_ptr<Dataset> openPictures(const std::filesystem::path& path);

/// These pictures, in this order.
std::unique_ptr<Dataset> openPictureFiles(std::vector<std::filesystem::path> files);

/// RGB CV_8UC3; throws Error below 32 pixels a side, and as readImage() does.
cv::Mat readPicture(const std::filesystem::path& file);

}  // namespace uninet
