#pragma once

#include <opencv2/core.hpp>

#include "core/data/class_table.h"
#include "core/data/sample.h"

namespace uninet {

/// Maps of the auxiliary tasks: their truth, as training makes it (losses §12), and their colours.

/// Where labels change: CV_8U of train ids → CV_32F 0 or 1, 1 where 3×3 pixels do not all have the
/// same. Pixels without a class count as a label of their own.
cv::Mat contoursOfLabels(const cv::Mat& trainIds);
/// Unit normals, CV_32FC3, of CV_32F metres in the units of the table's depth output (its share of
/// the range, or metres); (0, 0, 0) where depth is not known in 3×3 pixels.
cv::Mat normalsOfDepth(const cv::Mat& metres, const Pinhole& pinhole, const ClassTable& table);

/// Ink on paper: dark where the probability is 1, light where it is 0. CV_8UC3, RGB.
cv::Mat colouriseContours(const cv::Mat& contours);
/// (v + 1) / 2 as RGB, CV_8UC3; black where there is no normal.
cv::Mat colouriseNormals(const cv::Mat& normals);
/// CV_8U: probability · 255, rounded.
cv::Mat contoursPng(const cv::Mat& contours);

/// Degrees between two maps of normals, CV_32F; NaN where either has none.
cv::Mat anglesBetween(const cv::Mat& before, const cv::Mat& after);

}  // namespace uninet
