#pragma once

#include <filesystem>

#include <opencv2/core.hpp>

namespace uninet {

/// The maps of NYUv2, of whatever size. Each throws Error naming the file, what was expected and
/// what was found.

/// CV_8U: 1..40, 0 and 255 are ignored.
cv::Mat readNyuv2Labels(const std::filesystem::path& file);
/// CV_32F, metres, of a 16-bit PNG or an .npy of one map. `unit`: metres of one unit; 0: 0.001 of
/// PNG, 1 of .npy. Refused if the median of what is known is below 0.1 m or above 80 m.
cv::Mat readNyuv2Depth(const std::filesystem::path& file, double unit);
/// CV_32FC3, 0 where unknown, of an 8-bit RGB PNG (v / 255 · 2 − 1; black and middle grey, 127 or
/// 128, are unknown) or an .npy of height × width × 3 (0, 0, 0 is unknown). Otherwise every length
/// has to be from 0.95 to 1.05, which is more than rounding to 8 bits makes of it (0.007); vectors
/// stay as they are.
cv::Mat readNyuv2Normals(const std::filesystem::path& file);
/// CV_8U 0 or 1, of an .npy of one map.
cv::Mat readNyuv2Edges(const std::filesystem::path& file);

}  // namespace uninet
