#include "core/data/tasks.h"

#include <array>
#include <sstream>

#include "core/base/error.h"

namespace uninet {
namespace {

const std::array<TaskInfo, 7> kTasks{{
    {Task::detect, "detect", "Detection", "OD", "ap_box", "AP box", true, true},
    {Task::segment, "segment", "Semantic segmentation", "SS", "miou", "mIoU", true, true},
    {Task::instSeg, "inst_seg", "Instance segmentation", "IS", "ap_mask", "AP mask", true, true},
    {Task::depth, "depth", "Depth", "D", "depth_rmse_m", "RMSE (m)", false, false},
    {Task::instDepth, "inst_depth", "Instance depth", "ID", "inst_depth_smooth_l1_m",
     "smooth l1 (m)", false, false},
    {Task::semCont, "sem_cont", "Semantic contours", "SC", "", "", true, true},
    {Task::surNor, "sur_nor", "Surface normals", "SN", "", "", false, false},
}};
constexpr std::size_t kMeasured = 5;

}  // namespace

std::span<const TaskInfo> tasks() { return std::span(kTasks).first(kMeasured); }
std::span<const TaskInfo> auxiliaryTasks() { return std::span(kTasks).subspan(kMeasured); }
std::span<const TaskInfo> allTasks() { return kTasks; }

const TaskInfo& taskInfo(Task task) { return kTasks[static_cast<std::size_t>(task)]; }

TaskSet TaskSet::parse(const std::string& text) {
  TaskSet set;
  std::istringstream in(text);
  for (std::string key; std::getline(in, key, ',');) {
    bool found = false;
    for (const TaskInfo& info : kTasks)
      if (key == info.key) {
        set.add(info.task);
        found = true;
      }
    if (!found)
      throw Error(concat(
          "tasks: \"", key,
          "\" is not one of detect, segment, inst_seg, depth, inst_depth, sem_cont, sur_nor"));
  }
  if (set.empty()) throw Error("tasks: at least one task is needed");
  if ((set.has(Task::instSeg) || set.has(Task::instDepth)) && !set.has(Task::detect))
    throw Error("tasks: inst_seg and inst_depth need detect, whose head they share");
  return set;
}

std::string TaskSet::text() const {
  std::string joined;
  for (const TaskInfo& info : kTasks)
    if (has(info.task)) joined += (joined.empty() ? "" : ",") + std::string(info.key);
  return joined;
}

}  // namespace uninet
