#pragma once

#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/outputs/prediction.h"

namespace uninet {

/// Colours of the panels, figures and written pictures. All images are CV_8UC3 in RGB order.

/// Colours of the table for a CV_8U map of train ids; black where there is no class.
cv::Mat colouriseLabels(const cv::Mat& trainIds, const ClassTable& table);

/// Place of a depth on the colour scale: 0 at the camera, 1 at `maxMetres` and beyond.
/// Logarithmic, log(1 + m / 5) / log(1 + max / 5), so that near things keep their differences.
double depthPosition(double metres, double maxMetres = 80);
/// Viridis (perceptually uniform, safe for colour-blind readers): near is bright, far is dark.
/// Black: no depth (negative or NaN).
cv::Vec3b depthColour(double metres, double maxMetres = 80);
/// The same for a CV_32F map of metres.
cv::Mat colouriseDepth(const cv::Mat& metres, double maxMetres = 80);
/// Of a prediction, which knows every pixel: depth below 0, as linear heads may give, is drawn as
/// 0.
cv::Mat colourisePredictedDepth(const cv::Mat& metres, double maxMetres = 80);
/// The scale itself, positions 0 to 1: near at the left, or at the top if it is higher than wide.
cv::Mat depthLegend(cv::Size size);
/// Round depths at which the legend has its marks: 0, 5, 10, 20, … up to `maxMetres`.
std::vector<double> depthTicks(double maxMetres = 80);

/// A signed change from −1 (blue) by 0 (nearly white) to 1 (red), clamped; ColorBrewer's RdBu, safe
/// for colour-blind readers. Black: NaN.
cv::Vec3b changeColour(double change);
/// The scale itself, −1 at the left to 1 at the right.
cv::Mat changeLegend(cv::Size size);
/// Grade of a metric ratio on one scale for all tasks: red at 0 (nothing is left) by amber to teal
/// at 1 and beyond, all dark enough for white text.
cv::Vec3b ratioColour(double ratio);

/// Colour of an object by its number; neighbours in number differ clearly.
cv::Vec3b instanceColour(int number);

/// How drawDetections() draws. The threshold affects drawing only, never a metric.
struct DrawOptions {
  double scoreThreshold = 0.4;
  bool masks = false;
  bool boxes = true;
  bool depth = false;          ///< colour by instance depth and write it: "12.3 m"
  bool labels = true;          ///< write class and score
  double opacity = 0.5;        ///< of masks
  std::vector<int> numbers{};  ///< for instanceColour(); empty: index of the detection
};

/// Detections over the image of the prediction, best score on top.
cv::Mat drawDetections(const Prediction& prediction, const DrawOptions& options = {});

/// The picture of one task: boxes, label colours, masks, depth colours, instance depths.
/// Empty if the prediction lacks it. `draw` gives threshold, opacity and numbers.
cv::Mat drawTask(Task task, const Prediction& prediction, const DrawOptions& draw = {});

}  // namespace uninet
