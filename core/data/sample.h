#pragma once

#include <optional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/base/geometry.h"
#include "core/data/class_table.h"

namespace uninet {

/// What *_camera.json holds. Pixels refer to the original frame (1024×2048 in Cityscapes).
/// Defaults: the fixed values that the released loader uses for every image.
struct Camera {
  double fx = 2262.52, fy = 2265.3017905988554;   ///< focal lengths, pixels
  double u0 = 1096.98, v0 = 513.137;              ///< principal point, pixels
  double baseline = 0.209313;                     ///< metres
  double x = 1.7, y = 0.1, z = 1.22;              ///< position on the vehicle, metres
  double pitch = 0.038, roll = 0, yaw = -0.0195;  ///< radians
};

/// The pinhole of a picture, in its own pixels; the middle of the first pixel is (0, 0).
struct Pinhole {
  double fx = 0, fy = 0, u0 = 0, v0 = 0;

  Pinhole moved(double dx, double dy) const { return {fx, fy, u0 + dx, v0 + dy}; }
  Pinhole resized(cv::Size from, cv::Size to) const {
    const double x = static_cast<double>(to.width) / from.width;
    const double y = static_cast<double>(to.height) / from.height;
    return {fx * x, fy * y, (u0 + 0.5) * x - 0.5, (v0 + 0.5) * y - 0.5};
  }
  /// Left and right exchanged.
  Pinhole mirrored(int width) const { return {fx, fy, width - 1 - u0, v0}; }
};

/// One object of the ground truth.
struct Instance {
  int classId = 0;         ///< from 1, of the table
  bool crowd = false;      ///< a group: ignored in AP, never a training target
  Box box;                 ///< tight, original pixels (or network pixels after resizeSample)
  cv::Mat mask;            ///< CV_8U 0/1, exactly the pixels of the box
  float depthMetres = -1;  ///< median over the box (losses §6); −1 where there is no disparity
};

/// One frame as the files of a data set hold it. An empty Mat: not there.
struct RawFrame {
  std::string name;                       ///< e.g. frankfurt_000000_000294
  Classes classes = cityscapesClasses();  ///< of what the label images hold
  cv::Mat image;                          ///< CV_8UC3, RGB
  cv::Mat labelIds;                       ///< CV_8U, label ids of the table
  cv::Mat instanceIds;                    ///< CV_16U, label id, or label id · 1000 + k
  cv::Mat disparity;                      ///< CV_16U, v > 0: (v − 1) / 256 pixels; 0: none
  cv::Mat depthMetres;                    ///< CV_32F, ≤ 0: none; where depth itself was measured
  cv::Mat normals;  ///< CV_32FC3, unit vectors with the axes of the files; 0, 0, 0: none
  cv::Mat edges;    ///< CV_8U, 0 or 1
  /// Where they are annotated one by one, and may overlap; nullopt: not annotated.
  std::optional<std::vector<Instance>> objects;
  Camera camera;
  std::vector<std::string> notes;  ///< one sentence per ground truth that is missing
};

/// One image with its ground truth, at whatever size.
struct Sample {
  std::string name;
  Classes classes = cityscapesClasses();
  cv::Mat image;              ///< CV_8UC3, RGB
  cv::Mat trainIds;           ///< CV_8U, train ids or kIgnoreLabel; empty: no ground truth
  cv::Mat depthMetres;        ///< CV_32F, −1 invalid; empty: no ground truth
  cv::Mat normals;            ///< CV_32FC3, unit vectors, or 0: unknown; empty: no ground truth
  cv::Mat edges;              ///< CV_8U, 0 or 1; empty: no ground truth
  bool hasInstances = false;  ///< `instances` is ground truth (possibly without any object)
  std::vector<Instance> instances;
  Pinhole pinhole;                 ///< of `image`
  cv::Size originalSize;           ///< of the frame it was made from
  std::vector<std::string> notes;  ///< one sentence per ground truth that is missing

  /// Whether there is any ground truth.
  bool hasTruth() const;
};

/// SHA-256 of everything that a frame holds: two frames that measure the same have the same one.
std::string fingerprint(const RawFrame& frame);

/// Train ids, boxes, masks, median instance depths and dense depth of a frame, at its own size
/// (architecture §11, losses §6). Depth outside the range of the table is −1.
Sample makeSample(const RawFrame& frame);

/// The sample without its ground truth, and a note that says why, if that is of other classes than
/// `classes`; otherwise as it is.
Sample withTruthOf(Sample sample, const Classes& classes);

/// Image by bilinear interpolation (an exact 2×2 mean for a half), maps by nearest
/// (source index = floor(dst · scale)), boxes scaled, masks cut anew from the nearest-resized
/// masks. Instance depth stays as it is. Without any ground truth, to which bars would not fit, the
/// image is letterboxed and a note says so.
Sample resizeSample(const Sample& sample, cv::Size size);

}  // namespace uninet
