#include "core/data/cityscapes_writer.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json cameraJson(const Camera& camera) {
  return {
      {"extrinsic",
       {{"baseline", camera.baseline},
        {"pitch", camera.pitch},
        {"roll", camera.roll},
        {"x", camera.x},
        {"y", camera.y},
        {"yaw", camera.yaw},
        {"z", camera.z}}},
      {"intrinsic", {{"fx", camera.fx}, {"fy", camera.fy}, {"u0", camera.u0}, {"v0", camera.v0}}}};
}

void addOutlines(Json& objects, const cv::Mat& region, const std::string& label) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(region, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
  for (const auto& outline : outlines) {
    if (outline.size() < 3) continue;
    Json polygon = Json::array();
    for (const cv::Point& point : outline) polygon.push_back({point.x, point.y});
    objects.push_back({{"label", label}, {"polygon", std::move(polygon)}});
  }
}

/// Values of a CV_16U map, ascending.
std::vector<int> valuesOf(const cv::Mat& ids) {
  std::vector<bool> seen(65536, false);
  for (int y = 0; y < ids.rows; ++y) {
    const auto* row = ids.ptr<std::uint16_t>(y);
    for (int x = 0; x < ids.cols; ++x)
      if (x == 0 || row[x] != row[x - 1]) seen[row[x]] = true;
  }
  std::vector<int> values;
  for (std::size_t id = 0; id < seen.size(); ++id)
    if (seen[id]) values.push_back(static_cast<int>(id));
  return values;
}

/// Outer outlines of every region: classes without objects first, then one entry per object.
Json polygonsJson(const RawFrame& frame) {
  Json objects = Json::array();
  for (const SemanticClass& info : frame.classes->semantic) {
    if (frame.classes->instanceOfLabel(info.labelId) != 0) continue;
    addOutlines(objects, frame.labelIds == info.labelId, info.name);
  }
  for (const int id : valuesOf(frame.instanceIds)) {
    const int label = id >= 1000 ? id / 1000 : id;
    const int classId = frame.classes->instanceOfLabel(label);
    if (classId == 0) continue;
    const std::string& name = frame.classes->instanceName(classId);
    addOutlines(objects, frame.instanceIds == id, id >= 1000 ? name : name + "group");
  }
  return {{"imgHeight", frame.image.rows}, {"imgWidth", frame.image.cols}, {"objects", objects}};
}

void writeFrame(const RawFrame& frame, const fs::path& root, const fs::path& place) {
  const auto file = [&](const char* kind, const char* end) {
    return root / kind / place / (frame.name + end);
  };
  writePng(file("gtFine", "_gtFine_labelIds.png"), frame.labelIds);
  writePng(file("gtFine", "_gtFine_instanceIds.png"), frame.instanceIds);
  writeTextFile(file("gtFine", "_gtFine_polygons.json"), polygonsJson(frame).dump());
  writePng(file("disparity", "_disparity.png"), frame.disparity);
  writeTextFile(file("camera", "_camera.json"), cameraJson(frame.camera).dump(4) + "\n");
  // Last, so that a picture means a complete frame.
  writePng(file("leftImg8bit", "_leftImg8bit.png"), frame.image);
}

/// What is there already has to be the same world.
void requireSame(const fs::path& picture, const cv::Mat& image) {
  const cv::Mat there = readImage(picture);
  if (there.size() != image.size() || cv::norm(there, image, cv::NORM_INF) != 0)
    throw Error(concat(picture.string(),
                       " is there already and shows another scene (another --seed or --size?); "
                       "give another --out"));
}

void count(const RawFrame& frame, ClassCounts& counts) {
  std::array<std::int64_t, 256> labels{};
  for (int y = 0; y < frame.labelIds.rows; ++y) {
    const auto* row = frame.labelIds.ptr<std::uint8_t>(y);
    for (int x = 0; x < frame.labelIds.cols; ++x) ++labels[row[x]];
  }
  for (std::size_t label = 0; label < labels.size(); ++label)
    if (const std::uint8_t id = frame.classes->trainIdOfLabel(static_cast<int>(label));
        id != kIgnoreLabel)
      counts.pixels[id] += labels[label];
  for (const int id : valuesOf(frame.instanceIds))
    if (id >= 1000)
      ++counts.objects[static_cast<std::size_t>(frame.classes->instanceOfLabel(id / 1000))];
  ++counts.frames;
}

/// Whether it is the one that a frame without a camera file has.
bool isDefault(const Camera& camera) { return cameraJson(camera) == cameraJson(Camera{}); }

}  // namespace

void writeCityscapesFrame(const RawFrame& frame, const fs::path& root, const std::string& split,
                          const std::string& city) {
  const auto file = [&](const char* kind, const char* end) {
    const fs::path folder = root / kind / split / city;
    makeFolder(folder);
    return folder / (frame.name + end);
  };
  if (!frame.labelIds.empty()) writePng(file("gtFine", "_gtFine_labelIds.png"), frame.labelIds);
  if (!frame.instanceIds.empty())
    writePng(file("gtFine", "_gtFine_instanceIds.png"), frame.instanceIds);
  if (!frame.disparity.empty()) writePng(file("disparity", "_disparity.png"), frame.disparity);
  if (!isDefault(frame.camera))
    writeTextFile(file("camera", "_camera.json"), cameraJson(frame.camera).dump(4) + "\n");
  writePng(file("leftImg8bit", "_leftImg8bit.png"), frame.image);
}

ClassCounts writeCityscapes(const Dataset& data, const fs::path& root, const std::string& split,
                            const std::string& city, int threads, const Progress& progress) {
  const fs::path place = fs::path(split) / city;
  for (const char* kind : {"leftImg8bit", "gtFine", "disparity", "camera"})
    makeFolder(root / kind / place);
  ClassCounts counts;
  counts.pixels.resize(data.classes()->semantic.size());
  counts.objects.resize(data.classes()->instance.size() + 1);
  std::mutex mutex;
  std::exception_ptr failure;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  const auto total = static_cast<std::int64_t>(data.size());
  const auto work = [&] {
    while (!failed) {
      const std::size_t index = next++;
      if (index >= data.size()) return;
      try {
        const fs::path picture =
            root / "leftImg8bit" / place / (data.name(index) + "_leftImg8bit.png");
        const RawFrame frame = data.load(index);
        if (!isThere(picture))
          writeFrame(frame, root, place);
        else
          requireSame(picture, frame.image);
        const std::lock_guard lock(mutex);
        count(frame, counts);
        progress.step(counts.frames, total, split);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failed.exchange(true)) failure = std::current_exception();
      }
    }
  };
  std::vector<std::thread> helpers;
  for (int i = 1; i < threads; ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  if (failure) std::rethrow_exception(failure);
  return counts;
}

}  // namespace uninet
