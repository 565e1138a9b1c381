#include "attacks/engine/pseudo_truth.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace uninet {
namespace {

std::vector<Instance> instancesOf(const Prediction& prediction) {
  std::vector<Instance> instances;
  for (const Detection& detection : prediction.detections) {
    if (detection.score < kPseudoScore) break;
    Instance instance;
    instance.classId = detection.classId;
    instance.depthMetres = detection.depthMetres;
    instance.box = detection.box;
    if (!detection.mask.empty()) {
      const cv::Mat mask = pasteMask(detection, prediction.image.size(), 1, 1);
      const cv::Rect tight = cv::boundingRect(mask);
      if (tight.empty()) continue;
      instance.mask = mask(tight).clone();
      instance.box = Box{static_cast<float>(tight.x), static_cast<float>(tight.y),
                         static_cast<float>(tight.x + tight.width),
                         static_cast<float>(tight.y + tight.height)};
    }
    instances.push_back(std::move(instance));
  }
  return instances;
}

/// Depths of known objects from the detection of the same class at the same place.
void fillDepths(std::vector<Instance>& instances, const Prediction& prediction) {
  for (Instance& instance : instances) {
    float best = 0.5f;
    for (const Detection& detection : prediction.detections) {
      const float common = iou(instance.box, detection.box);
      if (detection.classId != instance.classId || common < best) continue;
      best = common;
      instance.depthMetres = detection.depthMetres;
    }
  }
}

}  // namespace

Sample completeTruth(const AttackInput& input, std::vector<std::string>& notes) {
  const Sample& sample = input.sample;
  const TaskSet tasks = input.engine.spec().tasks;
  const bool labels = sample.trainIds.empty() && tasks.has(Task::segment);
  const bool depth = sample.depthMetres.empty() && tasks.has(Task::depth);
  const bool objects = !sample.hasInstances && tasks.has(Task::detect);
  const bool objectDepth =
      sample.depthMetres.empty() && sample.hasInstances && tasks.has(Task::instDepth);
  if (!labels && !depth && !objects && !objectDepth) return sample;

  const Prediction prediction = cleanPrediction(input);
  Sample complete = sample;
  complete.classes = prediction.classes;
  if (labels) {
    complete.trainIds = prediction.trainIds;
    notes.push_back("no labels: the clean prediction stands in as target");
  }
  if (depth) {
    complete.depthMetres = prediction.depthMetres;
    notes.push_back("no depth: the clean prediction stands in as target");
  }
  if (objects) {
    complete.instances = instancesOf(prediction);
    complete.hasInstances = true;
    notes.push_back("no objects: clean detections of score 0.4 and more stand in as targets");
  }
  if (objectDepth) {
    fillDepths(complete.instances, prediction);
    notes.push_back("no object depths: those of matching clean detections stand in as targets");
  }
  return complete;
}

}  // namespace uninet
