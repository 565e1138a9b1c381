#pragma once

#include <opencv2/core.hpp>

namespace uninet {

/// For every pixel the one whose value it takes when the pixels of `mask` (CV_8U, not 0) are filled
/// from their nearest pixel outside it (attacks §4): Euclidean distance, ties to the smallest row,
/// then the smallest column. CV_32SC2 of (column, row); pixels outside the mask name themselves.
/// Throws Error if the mask covers the whole image.
cv::Mat nearestOutside(const cv::Mat& mask);

/// `map` (CV_8U or CV_32F) with each pixel taken from where `sources` points.
cv::Mat filled(const cv::Mat& map, const cv::Mat& sources);

}  // namespace uninet
