#pragma once

#include <filesystem>
#include <string>

#include <opencv2/core.hpp>

namespace uninet {

/// PNG, RGB order in memory (CV_8UC3), or CV_8U / CV_16U single channel. Atomic.
void writePng(const std::filesystem::path& file, const cv::Mat& image);
/// The bytes of such a file, and back (RGB CV_8UC3). Throw Error without a file name.
std::string encodePng(const cv::Mat& image);
cv::Mat decodePng(const std::string& bytes);

/// RGB CV_8UC3 of a PNG, JPEG, BMP, WebP or TIFF. Throws Error naming the file: missing, truncated,
/// none of these, larger than 16384 pixels a side.
cv::Mat readImage(const std::filesystem::path& file);
/// Single-channel picture as stored; throws Error unless its depth is `cvDepth` (CV_8U, CV_16U).
cv::Mat readMap(const std::filesystem::path& file, int cvDepth);
/// CV_8U: the values of a label picture. Those of a palette are its indices, whatever colours stand
/// in it; 16-bit grey is taken if every value fits. Throws Error as readMap() does.
cv::Mat readLabels(const std::filesystem::path& file);

}  // namespace uninet
