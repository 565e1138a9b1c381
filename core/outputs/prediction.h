#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include "core/base/geometry.h"
#include "core/data/class_table.h"
#include "core/data/tasks.h"

namespace uninet {

/// One detected object. Boxes are in network-input pixels.
struct Detection {
  Box box;
  int classId = 0;         ///< from 1, of the table
  float score = 0;         ///< sqrt(class probability · centreness)
  float depthMetres = -1;  ///< −1: the network does not predict it
  cv::Mat mask;            ///< 28×28 CV_32F probabilities; empty: not predicted
};

/// The outputs for one image at network resolution. An empty Mat: not predicted.
struct Prediction {
  Classes classes = cityscapesClasses();  ///< of the network
  TaskSet tasks;
  cv::Mat image;                      ///< the network-input image, CV_8UC3 RGB
  cv::Mat trainIds;                   ///< CV_8U, argmax of the logits
  cv::Mat depthMetres;                ///< CV_32F
  std::vector<Detection> detections;  ///< score descending
  // Auxiliary tasks: the last prediction that the network makes of each.
  cv::Mat contours;  ///< CV_32F, probability that labels change here
  cv::Mat normals;   ///< CV_32FC3, unit vectors: x right, y down, z away from the camera
};

/// Mask of a detection in an image of size `imageSize`; `scaleX`, `scaleY` = image size / network
/// size (architecture §10, paste). CV_8U 0/1 of the whole image; all zero where the pasted box is
/// empty or starts left of or above the image.
cv::Mat pasteMask(const Detection& detection, cv::Size imageSize, double scaleX, double scaleY);

}  // namespace uninet
