#include "core/outputs/prediction_files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/pictures.h"
#include "core/data/class_table.h"
#include "core/outputs/auxiliary_maps.h"
#include "core/outputs/run_lengths.h"

namespace uninet {
using Json = nlohmann::json;

cv::Mat labelIdsOf(const cv::Mat& trainIds, const ClassTable& classes) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t i = 0; i < classes.semantic.size(); ++i)
    table[i] = static_cast<std::uint8_t>(classes.semantic[i].labelId);
  cv::Mat ids(trainIds.size(), CV_8U);
  std::transform(trainIds.begin<std::uint8_t>(), trainIds.end<std::uint8_t>(),
                 ids.begin<std::uint8_t>(), [&](std::uint8_t id) { return table[id]; });
  return ids;
}

cv::Mat depthPng(const cv::Mat& metres) {
  cv::Mat png(metres.size(), CV_16U);
  std::transform(metres.begin<float>(), metres.end<float>(), png.begin<std::uint16_t>(),
                 [](float m) -> std::uint16_t {
                   if (!(m >= 0)) return 0;
                   const double value = std::round(static_cast<double>(m) * kDepthPngScale);
                   return static_cast<std::uint16_t>(std::clamp(value, 1., 65535.));
                 });
  return png;
}

Json instancesJson(const Prediction& prediction) {
  Json list = Json::array();
  for (const Detection& detection : prediction.detections) {
    const InstanceClass& info =
        prediction.classes->instance.at(static_cast<std::size_t>(detection.classId - 1));
    const Box& box = detection.box;
    Json object{{"class", info.name},
                {"class_id", detection.classId},
                {"label_id", info.labelId},
                {"score", detection.score},
                {"box", {box.x0, box.y0, box.x1, box.y1}},
                {"depth_m", nullptr}};
    if (detection.depthMetres >= 0) object["depth_m"] = detection.depthMetres;
    if (!detection.mask.empty())
      object["mask"] = {{"size", {prediction.image.rows, prediction.image.cols}},
                        {"counts", runLengths(pasteRegion(detection, prediction.image.size(), 1, 1),
                                              prediction.image.size())}};
    list.push_back(std::move(object));
  }
  return {{"image_size", {{"height", prediction.image.rows}, {"width", prediction.image.cols}}},
          {"instances", std::move(list)}};
}

namespace {

using Tasks = std::vector<std::function<void()>>;

/// One task for each file; encoding takes longest, so that they are worth a thread each.
Tasks partsOf(const Prediction& prediction,
              const std::function<std::filesystem::path(const std::string&)>& file,
              const DrawOptions& draw) {
  Tasks tasks;
  const auto picture = [&](const std::string& name, const std::function<cv::Mat()>& make) {
    tasks.emplace_back([path = file(name), make] { writePng(path, make()); });
  };
  if (!prediction.trainIds.empty()) {
    picture("segment.png",
            [&prediction] { return labelIdsOf(prediction.trainIds, *prediction.classes); });
    picture("segment_colour.png",
            [&prediction] { return colouriseLabels(prediction.trainIds, *prediction.classes); });
  }
  if (!prediction.depthMetres.empty()) {
    picture("depth.png", [&prediction] { return depthPng(prediction.depthMetres); });
    picture("depth_colour.png", [&prediction] {
      return colourisePredictedDepth(prediction.depthMetres, prediction.classes->farthestMetres);
    });
  }
  if (!prediction.contours.empty()) {
    picture("sem_cont.png", [&prediction] { return contoursPng(prediction.contours); });
    picture("sem_cont_colour.png",
            [&prediction] { return colouriseContours(prediction.contours); });
  }
  if (!prediction.normals.empty())
    picture("sur_nor.png", [&prediction] { return colouriseNormals(prediction.normals); });
  if (!prediction.tasks.has(Task::detect)) return tasks;
  tasks.emplace_back([&prediction, path = file("instances.json")] {
    writeTextFile(path, instancesJson(prediction).dump(1) + "\n");
  });
  for (const Task task : {Task::detect, Task::instSeg, Task::instDepth})
    if (prediction.tasks.has(task))
      picture(std::string(taskInfo(task).key) + ".png",
              [&prediction, &draw, task] { return drawTask(task, prediction, draw); });
  return tasks;
}

}  // namespace

std::vector<std::filesystem::path> writePrediction(const Prediction& prediction,
                                                   const std::filesystem::path& folder,
                                                   const std::string& prefix,
                                                   const DrawOptions& draw) {
  makeFolder(folder);
  std::vector<std::filesystem::path> files;
  const auto file = [&](const std::string& name) {
    return files.emplace_back(folder / (prefix.empty() ? name : prefix + "_" + name));
  };
  try {
    runParallel(partsOf(prediction, file, draw));
  } catch (...) {
    // Half a prediction is none.
    std::error_code ignored;
    for (const std::filesystem::path& written : files) std::filesystem::remove(written, ignored);
    throw;
  }
  return files;
}

}  // namespace uninet
