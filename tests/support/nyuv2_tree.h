#pragma once

#include <cmath>
#include <filesystem>
#include <string>
#include <utility>

#include <opencv2/core.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/data/nyuv2.h"

/// A tiny tree of NYUv2 in each layout.
namespace uninet::nyuv2_tree {

inline const cv::Size kFrame{64, 48};

/// As numpy.save() writes it.
inline std::string npyOf(const cv::Mat& map, const std::string& type = "<f4", int version = 1) {
  std::string header =
      concat("{'descr': '", type, "', 'fortran_order': False, 'shape': (", map.rows, ", ", map.cols,
             map.channels() > 1 ? concat(", ", map.channels()) : "", "), }");
  const std::size_t begin = version == 1 ? 10 : 12;
  header.resize((begin + header.size() + 1 + 63) / 64 * 64 - begin - 1, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY", 6);
  bytes += {static_cast<char>(version), '\0', static_cast<char>(header.size()),
            static_cast<char>(header.size() >> 8)};
  if (version > 1) bytes += std::string(2, '\0');
  return bytes + header +
         std::string(reinterpret_cast<const char*>(map.data), map.total() * map.elemSize());
}

inline cv::Mat labels() {
  cv::Mat map(kFrame, CV_8U, cv::Scalar(1));
  map.rowRange(24, 48).setTo(40);
  map.rowRange(0, 4).setTo(0);
  map.rowRange(4, 8).setTo(255);
  return map;
}

/// Metres from 2 to 8, in the first rows unknown.
inline cv::Mat metres() {
  cv::Mat map(kFrame, CV_32F);
  for (int y = 0; y < map.rows; ++y)
    for (int x = 0; x < map.cols; ++x)
      map.at<float>(y, x) = y < 3 ? 0.f : 2 + static_cast<float>(y * 64 + x) / 512;
  return map;
}

inline cv::Mat millimetres() {
  cv::Mat map;
  metres().convertTo(map, CV_16U, 1000);
  return map;
}

inline void write(const std::filesystem::path& file, const cv::Mat& map) {
  makeFolder(file.parent_path());
  writePng(file, map);
}
inline void write(const std::filesystem::path& file, const std::string& bytes) {
  makeFolder(file.parent_path());
  writeTextFile(file, bytes);
}

inline cv::Mat picture() { return cv::Mat(kFrame, CV_8UC3, cv::Scalar(10, 20, 30)); }

/// One image for training and two to validate in a layout.
inline void makeTree(const std::filesystem::path& root, Nyuv2Layout layout) {
  for (const auto& [split, name] : {std::pair{"train", "0003"}, {"val", "0001"}, {"val", "0002"}}) {
    const std::string png = concat(name, ".png");
    switch (layout) {
      case Nyuv2Layout::folders:
        write(root / "image" / split / png, picture());
        write(root / "seg40" / split / png, labels());
        write(root / "depth" / split / png, millimetres());
        break;
      case Nyuv2Layout::lists:
        write(root / "images" / png, picture());
        write(root / "segmentation" / png, labels());
        write(root / "depth" / concat(name, ".npy"), npyOf(metres()));
        break;
      case Nyuv2Layout::converted: {
        const std::filesystem::path folder =
            root / (std::string(split) == "val" ? "test" : "train");
        write(folder / "rgb" / png, picture());
        write(folder / "labels_40" / png, labels());
        write(folder / "depth" / png, millimetres());
        break;
      }
    }
  }
  if (layout == Nyuv2Layout::lists) {
    write(root / "gt_sets" / "train.txt", std::string("0003\n"));
    write(root / "gt_sets" / "val.txt", std::string("0001\r\n0002\r\n\r\n"));
  }
}

/// Unit vectors, unknown in the first rows.
inline cv::Mat normals() {
  cv::Mat map(kFrame, CV_32FC3, cv::Scalar::all(0));
  for (int y = 2; y < map.rows; ++y)
    for (int x = 0; x < map.cols; ++x) {
      const float angle = 0.1f * static_cast<float>(x) + 0.3f;
      map.at<cv::Vec3f>(y, x) = {0.6f * std::cos(angle), 0.6f * std::sin(angle), 0.8f};
    }
  return map;
}

/// As 8-bit colours.
inline cv::Mat normalColours() {
  cv::Mat map;
  normals().convertTo(map, CV_8U, 127.5, 127.5);
  map.rowRange(0, 1).setTo(cv::Scalar::all(0));
  return map;
}

/// Every eighth column.
inline cv::Mat edges() {
  cv::Mat map(kFrame, CV_32F, cv::Scalar(0));
  for (int x = 7; x < map.cols; x += 8) map.col(x).setTo(1);
  return map;
}

/// COCO annotations of both images of the split "val": a bed and a pillow on it, and a group of
/// books; nothing in the second.
inline const char* const kAnnotations = R"({
  "images": [{"id": 5, "file_name": "0001.png", "height": 48, "width": 64},
             {"id": 6, "file_name": "0002.png", "height": 48, "width": 64}],
  "annotations": [
    {"id": 1, "image_id": 5, "category_id": 4, "iscrowd": 0,
     "segmentation": [[10, 20, 50, 20, 50, 44, 10, 44]]},
    {"id": 2, "image_id": 5, "category_id": 18,
     "segmentation": [[12, 22, 20, 22, 20, 30, 12, 30]]},
    {"id": 3, "image_id": 5, "category_id": 23, "iscrowd": 1,
     "segmentation": {"size": [48, 64], "counts": [0, 5, 43, 5, 3019]}}],
  "categories": []})";

/// What a tree may carry beside: normals, and where the layout has them edges; annotations.
inline void addMore(const std::filesystem::path& root, Nyuv2Layout layout) {
  for (const auto& [split, name] : {std::pair{"train", "0003"}, {"val", "0001"}, {"val", "0002"}}) {
    if (layout == Nyuv2Layout::folders)
      write(root / "normal" / split / concat(name, ".png"), normalColours());
    if (layout == Nyuv2Layout::lists) {
      write(root / "normals" / concat(name, ".npy"), npyOf(normals()));
      write(root / "edge" / concat(name, ".npy"), npyOf(edges()));
    }
  }
  const char* split = layout == Nyuv2Layout::converted ? "test" : "val";
  write(root / "annotations" / concat("instances_", split, "_40.json"), std::string(kAnnotations));
}

}  // namespace uninet::nyuv2_tree
