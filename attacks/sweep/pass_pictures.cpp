#include "attacks/sweep/pass_pictures.h"

#include "core/outputs/object_matches.h"
#include "core/outputs/palette.h"

namespace uninet {

std::map<std::string, cv::Mat> panelsOf(const Prediction& prediction, const Prediction& clean,
                                        const std::vector<SwappedPair>& pairs) {
  DrawOptions draw;
  draw.numbers = attackedNumbers(matchObjects(clean, &prediction, nullptr, draw.scoreThreshold),
                                 clean, prediction);
  std::map<std::string, cv::Mat> panels{{"input", prediction.image}};
  for (const Task task : {Task::instSeg, Task::segment, Task::depth})
    if (const cv::Mat panel = drawTask(task, prediction, draw); !panel.empty())
      panels[taskInfo(task).key] = panel;
  draw.masks = true;
  for (const SwappedPair& pair : pairs) {
    Prediction two = prediction;
    two.detections.clear();
    draw.numbers.clear();
    for (const Detection& d : prediction.detections) {
      const std::string& name = prediction.classes->instanceName(d.classId);
      if (name != pair.first && name != pair.second) continue;
      two.detections.push_back(d);
      draw.numbers.push_back(d.classId);
    }
    panels[pair.pictureKind()] = drawDetections(two, draw);
  }
  return panels;
}

std::vector<SwappedPair> picturedPairs(const SweepPlan& plan) {
  std::vector<SwappedPair> pairs;
  for (const StoredRun& run : storedRuns(plan))
    if (run.id > 0 && plan.runs[static_cast<std::size_t>(run.id - 1)].pictures)
      if (const auto pair = swappedPair(run)) pairs.push_back(*pair);
  return pairs;
}

}  // namespace uninet
