#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/base/numbers.h"
#include "core/outputs/auxiliary_maps.h"
#include "core/outputs/palette.h"

namespace uninet {
namespace {

cv::Scalar scalar(const cv::Vec3b& colour) {
  return {1. * colour[0], 1. * colour[1], 1. * colour[2]};
}

std::string caption(const Detection& detection, const ClassTable& table,
                    const DrawOptions& options) {
  if (options.depth) {
    if (detection.depthMetres < 0) return "?";
    return fixedText(static_cast<double>(detection.depthMetres), 1) + " m";
  }
  if (!options.labels) return {};
  return table.instanceName(detection.classId) + " " +
         fixedText(static_cast<double>(detection.score), 2);
}

void blend(cv::Mat& image, const cv::Mat& mask, const cv::Vec3b& colour, double opacity) {
  for (int y = 0; y < image.rows; ++y) {
    auto* pixel = image.ptr<cv::Vec3b>(y);
    const auto* inside = mask.ptr<std::uint8_t>(y);
    for (int x = 0; x < image.cols; ++x)
      if (inside[x] != 0)
        for (int c = 0; c < 3; ++c)
          pixel[x][c] =
              cv::saturate_cast<std::uint8_t>((1 - opacity) * pixel[x][c] + opacity * colour[c]);
  }
}

/// Text on a plate of the object's colour, moved so that it lies inside the image.
void writeCaption(cv::Mat& image, const std::string& text, cv::Point at, const cv::Vec3b& colour) {
  constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
  const double scale = std::max(0.32, image.cols / 1600.0);
  int baseline = 0;
  const cv::Size size = cv::getTextSize(text, kFont, scale, 1, &baseline);
  at.x = std::clamp(at.x, 0, std::max(0, image.cols - size.width - 2));
  at.y = std::clamp(at.y, size.height + 3, std::max(size.height + 3, image.rows - baseline));
  cv::rectangle(image, {at.x, at.y - size.height - 3}, {at.x + size.width + 2, at.y + baseline - 2},
                scalar(colour), cv::FILLED);
  const double luminance = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
  const cv::Scalar ink = luminance > 140 ? cv::Scalar(0, 0, 0) : cv::Scalar(255, 255, 255);
  cv::putText(image, text, {at.x + 1, at.y - 1}, kFont, scale, ink, 1, cv::LINE_AA);
}

}  // namespace

cv::Mat drawDetections(const Prediction& prediction, const DrawOptions& options) {
  const ClassTable& table = *prediction.classes;
  cv::Mat image = prediction.image.clone();
  const int line = std::max(1, image.cols / 700);
  for (std::size_t i = prediction.detections.size(); i-- > 0;) {
    const Detection& detection = prediction.detections[i];
    if (!(static_cast<double>(detection.score) >= options.scoreThreshold)) continue;
    const int number = i < options.numbers.size() ? options.numbers[i] : static_cast<int>(i);
    const cv::Vec3b colour = options.depth ? depthColour(static_cast<double>(detection.depthMetres),
                                                         table.farthestMetres)
                                           : instanceColour(number);
    if (options.masks && !detection.mask.empty())
      blend(image, pasteMask(detection, image.size(), 1, 1), colour, options.opacity);
    const cv::Point first(cvRound(detection.box.x0), cvRound(detection.box.y0));
    const cv::Point last(cvRound(detection.box.x1) - 1, cvRound(detection.box.y1) - 1);
    if (options.boxes) cv::rectangle(image, first, last, scalar(colour), line);
    const std::string text = caption(detection, table, options);
    if (!text.empty()) writeCaption(image, text, first, colour);
  }
  return image;
}

cv::Mat drawTask(Task task, const Prediction& prediction, const DrawOptions& draw) {
  if (!prediction.tasks.has(task)) return {};
  DrawOptions options = draw;
  switch (task) {
    case Task::segment:
      return colouriseLabels(prediction.trainIds, *prediction.classes);
    case Task::depth:
      return colourisePredictedDepth(prediction.depthMetres, prediction.classes->farthestMetres);
    case Task::detect:
      options.masks = options.depth = false;
      break;
    case Task::instSeg:
      options.masks = true;
      options.boxes = options.labels = options.depth = false;
      break;
    case Task::instDepth:
      options.depth = options.masks = true;
      break;
    case Task::semCont:
      return colouriseContours(prediction.contours);
    case Task::surNor:
      return colouriseNormals(prediction.normals);
  }
  return drawDetections(prediction, options);
}

}  // namespace uninet
