#pragma once

#include <set>
#include <string>

#include <opencv2/core.hpp>

#include "core/data/class_table.h"

namespace uninet {

/// Pictures of the rows of a scene: CV_8UC3, RGB.

/// The image as a background that objects stand out from.
cv::Mat dimmed(const cv::Mat& image);
/// Colours of the labels; classes that are hidden show the image in grey.
cv::Mat labelPicture(const cv::Mat& trainIds, const cv::Mat& image, const ClassTable& classes,
                     const std::set<std::string>& hidden);
/// Middle grey + `factor` · (attacked − clean).
cv::Mat amplifiedChange(const cv::Mat& clean, const cv::Mat& attacked, int factor);
/// The greatest power of two up to 128 at which no channel leaves the range of amplifiedChange();
/// 1 for large changes, and where there is none.
int changeFactor(const cv::Mat& clean, const cv::Mat& attacked);
/// The new colours where the label differs; elsewhere the image in grey.
cv::Mat labelChange(const cv::Mat& before, const cv::Mat& after, const cv::Mat& image,
                    const ClassTable& classes);
/// A round number of metres, at most `farthest`, that 99 % of the differences do not exceed: a few
/// pixels at an edge would leave no colours for the rest.
double depthChangeRange(const cv::Mat& before, const cv::Mat& after, double farthest);
/// A round number of degrees that 99 % of the angles do not exceed, see anglesBetween().
double angleRange(const cv::Mat& angles);
/// Black at 0, white at `range` and beyond, where an angle is not known grey.
cv::Mat anglePicture(const cv::Mat& angles, double range);
/// Colours of changeColour() for after − before.
cv::Mat depthChange(const cv::Mat& before, const cv::Mat& after, double range);

}  // namespace uninet
