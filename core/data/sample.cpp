#include "core/data/sample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/data/class_table.h"
#include "core/data/letterbox.h"

namespace uninet {
namespace {

/// Metres of the median raw disparity of a box, zeros included (losses §6).
float medianDepth(const cv::Mat& disparity, const cv::Rect& box, const Camera& camera) {
  std::vector<std::uint16_t> values;
  values.reserve(static_cast<std::size_t>(box.area()));
  for (int y = box.y; y < box.br().y; ++y) {
    const auto* row = disparity.ptr<std::uint16_t>(y);
    values.insert(values.end(), row + box.x, row + box.br().x);
  }
  const std::size_t half = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half),
                   values.end());
  double median = values[half];
  if (values.size() % 2 == 0)
    median = (median + *std::max_element(values.begin(),
                                         values.begin() + static_cast<std::ptrdiff_t>(half))) /
             2;
  const double metres = camera.baseline * camera.fx * 256 / std::max(median - 1, 0.001);
  return static_cast<float>(metres > 1000 ? 200 : metres);
}

cv::Mat denseDepth(const cv::Mat& disparity, const Camera& camera, const ClassTable& table) {
  const double scale = camera.baseline * camera.fx * 256;
  cv::Mat metres(disparity.size(), CV_32F);
  for (int y = 0; y < disparity.rows; ++y) {
    const auto* in = disparity.ptr<std::uint16_t>(y);
    auto* out = metres.ptr<float>(y);
    for (int x = 0; x < disparity.cols; ++x) {
      const double d = in[x] > 1 ? scale / (in[x] - 1) : -1;
      const bool known = d >= table.nearestMetres && d <= table.farthestMetres;
      out[x] = known ? static_cast<float>(d) : -1.f;
    }
  }
  return metres;
}

std::vector<Instance> collectInstances(const RawFrame& frame) {
  struct Bounds {
    int x0, y0, x1, y1;
  };
  std::map<int, Bounds> bounds;
  const cv::Mat& ids = frame.instanceIds;
  for (int y = 0; y < ids.rows; ++y) {
    const auto* row = ids.ptr<std::uint16_t>(y);
    Bounds* current = nullptr;
    int last = -1;
    for (int x = 0; x < ids.cols; ++x) {
      const int id = row[x];
      if (id != last) {
        last = id;
        current = nullptr;
        if (frame.classes->instanceOfLabel(id >= 1000 ? id / 1000 : id) != 0)
          current = &bounds.try_emplace(id, Bounds{x, y, x, y}).first->second;
      }
      if (current == nullptr) continue;
      current->x0 = std::min(current->x0, x);
      current->x1 = std::max(current->x1, x);
      current->y1 = y;
    }
  }
  std::vector<Instance> instances;
  for (const auto& [id, b] : bounds) {
    const cv::Rect rect(b.x0, b.y0, b.x1 - b.x0 + 1, b.y1 - b.y0 + 1);
    Instance instance;
    instance.classId = frame.classes->instanceOfLabel(id >= 1000 ? id / 1000 : id);
    instance.crowd = id < 1000;
    instance.box = {static_cast<float>(b.x0), static_cast<float>(b.y0),
                    static_cast<float>(b.x1 + 1), static_cast<float>(b.y1 + 1)};
    instance.mask = (ids(rect) == id) / 255;
    if (!frame.disparity.empty())
      instance.depthMetres = medianDepth(frame.disparity, rect, frame.camera);
    instances.push_back(std::move(instance));
  }
  return instances;
}

void requireSize(const cv::Mat& map, const RawFrame& frame, const char* what) {
  if (!map.empty() && map.size() != frame.image.size())
    throw Error(concat(frame.name, ": expected ", what, " of the image's size ", frame.image.rows,
                       "x", frame.image.cols, ", found ", map.rows, "x", map.cols));
}

/// Nearest neighbour with source index floor(dst · scale), as OpenCV does it.
cv::Mat nearest(const cv::Mat& map, cv::Size size) {
  cv::Mat out;
  if (!map.empty()) cv::resize(map, out, size, 0, 0, cv::INTER_NEAREST);
  return out;
}

/// The mask of an object in the nearest-resized frame: the pixels whose source pixel is in it.
Instance resizeInstance(const Instance& instance, cv::Size from, cv::Size to) {
  const double sx = static_cast<double>(from.width) / to.width;
  const double sy = static_cast<double>(from.height) / to.height;
  const Box& box = instance.box;
  const cv::Point origin(cvRound(box.x0), cvRound(box.y0));
  const auto first = [](double v, double scale) { return static_cast<int>(std::ceil(v / scale)); };
  const int x0 = first(origin.x, sx), y0 = first(origin.y, sy);
  const int x1 = first(origin.x + instance.mask.cols, sx);
  const int y1 = first(origin.y + instance.mask.rows, sy);
  Instance resized = instance;
  resized.box = box.scaled(static_cast<float>(1 / sx), static_cast<float>(1 / sy));
  cv::Mat mask = cv::Mat::zeros(std::max(1, y1 - y0), std::max(1, x1 - x0), CV_8U);
  for (int y = 0; y < mask.rows; ++y) {
    const int v = std::clamp(static_cast<int>((y0 + y) * sy) - origin.y, 0, instance.mask.rows - 1);
    for (int x = 0; x < mask.cols; ++x) {
      const int u =
          std::clamp(static_cast<int>((x0 + x) * sx) - origin.x, 0, instance.mask.cols - 1);
      mask.at<std::uint8_t>(y, x) = instance.mask.at<std::uint8_t>(v, u);
    }
  }
  resized.mask = mask;
  return resized;
}

}  // namespace

std::string fingerprint(const RawFrame& frame) {
  Sha256 hash;
  const auto add = [&hash](const cv::Mat& map) {
    const std::array<int, 3> header{map.rows, map.cols, map.type()};
    hash.add(header.data(), sizeof header);
    for (int y = 0; y < map.rows; ++y)
      hash.add(map.ptr(y), static_cast<std::size_t>(map.cols) * map.elemSize());
  };
  for (const cv::Mat* map : {&frame.image, &frame.labelIds, &frame.instanceIds, &frame.disparity})
    add(*map);
  for (const cv::Mat* map : {&frame.depthMetres, &frame.normals, &frame.edges})
    if (!map->empty()) add(*map);
  if (frame.objects) {
    const std::size_t count = frame.objects->size();
    hash.add(&count, sizeof count);
    for (const Instance& object : *frame.objects) {
      const std::array<int, 4> about{object.classId, object.crowd ? 1 : 0, cvRound(object.box.x0),
                                     cvRound(object.box.y0)};
      hash.add(about.data(), sizeof about);
      add(object.mask);
    }
  }
  const Camera& c = frame.camera;
  const std::array<double, 11> camera{c.fx, c.fy, c.u0,    c.v0,   c.baseline, c.x,
                                      c.y,  c.z,  c.pitch, c.roll, c.yaw};
  hash.add(camera.data(), sizeof camera);
  return hash.finish();
}

Sample makeSample(const RawFrame& frame) {
  requireSize(frame.labelIds, frame, "labels");
  requireSize(frame.instanceIds, frame, "instances");
  requireSize(frame.disparity, frame, "disparity");
  requireSize(frame.depthMetres, frame, "depth");
  requireSize(frame.normals, frame, "normals");
  requireSize(frame.edges, frame, "edges");
  Sample sample;
  sample.name = frame.name;
  sample.classes = frame.classes;
  sample.image = frame.image;
  sample.originalSize = frame.image.size();
  sample.pinhole = {frame.camera.fx, frame.camera.fy, frame.camera.u0, frame.camera.v0};
  sample.notes = frame.notes;
  if (!frame.labelIds.empty()) {
    cv::Mat table(1, 256, CV_8U);
    for (int id = 0; id < 256; ++id) table.at<std::uint8_t>(id) = frame.classes->trainIdOfLabel(id);
    cv::LUT(frame.labelIds, table, sample.trainIds);
  }
  if (!frame.disparity.empty())
    sample.depthMetres = denseDepth(frame.disparity, frame.camera, *frame.classes);
  if (!frame.depthMetres.empty()) {
    const ClassTable& table = *frame.classes;
    const auto nearest = static_cast<float>(table.nearestMetres);
    const auto farthest = static_cast<float>(table.farthestMetres);
    sample.depthMetres = frame.depthMetres.clone();
    // Not a number is out of range as well.
    sample.depthMetres.setTo(-1,
                             ~((frame.depthMetres >= nearest) & (frame.depthMetres <= farthest)));
  }
  sample.normals = frame.normals;
  sample.edges = frame.edges;
  if (!frame.instanceIds.empty()) {
    sample.hasInstances = true;
    sample.instances = collectInstances(frame);
  } else if (frame.objects) {
    sample.hasInstances = true;
    sample.instances = *frame.objects;
  }
  return sample;
}

bool Sample::hasTruth() const {
  return hasInstances || !trainIds.empty() || !depthMetres.empty() || !normals.empty() ||
         !edges.empty();
}

Sample withTruthOf(Sample sample, const Classes& classes) {
  if (sample.hasTruth() && !sameClasses(sample.classes, classes)) {
    sample.trainIds.release();
    sample.depthMetres.release();
    sample.normals.release();
    sample.edges.release();
    sample.hasInstances = false;
    sample.instances.clear();
    sample.notes.push_back(
        concat("the ground truth is left out: it is labelled with the classes of ",
               sample.classes->title, ", the network predicts those of ", classes->title));
  }
  sample.classes = classes;
  return sample;
}

Sample resizeSample(const Sample& sample, cv::Size size) {
  if (sample.image.size() == size) return sample;
  Sample resized = sample;
  if (!sample.hasTruth()) {
    resized.image = letterboxed(sample.image, size);
    if (letterboxOf(sample.image.size(), size).size() != size)
      resized.notes.push_back(concat("the picture has another shape (", sample.image.cols, "x",
                                     sample.image.rows, " pixels) than the network's input (",
                                     size.width, "x", size.height, "): grey bars fill it up"));
    return resized;
  }
  cv::resize(sample.image, resized.image, size, 0, 0, cv::INTER_LINEAR);
  resized.pinhole = sample.pinhole.resized(sample.image.size(), size);
  resized.trainIds = nearest(sample.trainIds, size);
  resized.depthMetres = nearest(sample.depthMetres, size);
  resized.normals = nearest(sample.normals, size);
  resized.edges = nearest(sample.edges, size);
  for (Instance& instance : resized.instances)
    instance = resizeInstance(instance, sample.image.size(), size);
  return resized;
}

}  // namespace uninet
