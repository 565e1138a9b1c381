#pragma once

#include <filesystem>
#include <string>

#include <opencv2/core.hpp>

namespace uninet {

/// Whether these are the bytes of a PNG whose values OpenCV does not hand out as stored: those of a
/// palette become colours, grey below 8 bits is stretched to 0..255.
bool isPackedPng(const std::string& bytes);

/// CV_8U: palette indices, or grey values of fewer than 8 bits, as stored. Throws Error naming the
/// file if it is damaged.
cv::Mat readPngIndices(const std::filesystem::path& file, const std::string& bytes);

}  // namespace uninet
