#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <opencv2/core.hpp>

namespace uninet {

/// Calls `write` with a temporary path beside `file`, flushes and renames it; on any error the
/// temporary file is removed, `file` keeps its old content, and Error names `file`.
void writeAtomically(const std::filesystem::path& file,
                     const std::function<void(const std::filesystem::path& temporary)>& write);
void writeTextFile(const std::filesystem::path& file, std::string_view text);
/// Whole file; throws Error naming it, also when it is larger than `maxBytes`.
std::string readTextFile(const std::filesystem::path& file, std::size_t maxBytes = 64u << 20);

/// PNG, RGB order in memory (CV_8UC3), or CV_8U / CV_16U single channel. Atomic.
void writePng(const std::filesystem::path& file, const cv::Mat& image);
/// The bytes of such a file, and back (RGB CV_8UC3). Throw Error without a file name.
std::string encodePng(const cv::Mat& image);
cv::Mat decodePng(const std::string& bytes);
/// RGB CV_8UC3 of any picture that OpenCV reads. Throws Error naming the file: missing, truncated,
/// not a picture, larger than 16384 pixels a side.
cv::Mat readImage(const std::filesystem::path& file);
/// Single-channel PNG as stored; throws Error unless its depth is `cvDepth` (CV_8U, CV_16U).
cv::Mat readMap(const std::filesystem::path& file, int cvDepth);

/// Creates a folder with its parents; throws Error naming it.
void makeFolder(const std::filesystem::path& folder);

}  // namespace uninet
