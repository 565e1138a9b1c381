#pragma once

#include <span>
#include <string>
#include <vector>

namespace uninet {

/// The five tasks of UniNet in the order in which the window and the figures show them.
enum class Task { detect, segment, instSeg, depth, instDepth };

/// Everything that panels, charts, tables and evaluation need to know about a task.
struct TaskInfo {
  Task task;
  const char* key;    ///< detect, segment, inst_seg, depth, inst_depth: option values, file names
  const char* title;  ///< "Detection"; marked for translation
  const char* shortName;  ///< OD, SS, IS, D, ID as in the paper
  const char* metricKey;  ///< key of its metric in Metrics: ap_box, miou, ap_mask, depth_rmse_m, …
  const char* metricTitle;  ///< "AP box", "mIoU", …
  bool higherIsBetter;
  bool semantic;  ///< semantic (green in Figure 3) or geometric (red)
};

std::span<const TaskInfo> tasks();
const TaskInfo& taskInfo(Task task);

/// A set of tasks such as "detect,segment"; keeps the order of tasks().
class TaskSet {
 public:
  TaskSet() = default;
  static TaskSet all();
  /// Comma-separated keys; throws Error naming the unknown one. inst_seg and inst_depth need
  /// detect.
  static TaskSet parse(const std::string& text);

  bool has(Task task) const { return (bits_ & bit(task)) != 0; }
  TaskSet& add(Task task) {
    bits_ |= bit(task);
    return *this;
  }
  TaskSet& remove(Task task) {
    bits_ &= ~bit(task);
    return *this;
  }
  bool dense() const { return has(Task::segment) || has(Task::depth); }
  bool empty() const { return bits_ == 0; }
  std::string text() const;  ///< keys joined with commas
  bool operator==(const TaskSet&) const = default;

 private:
  static unsigned bit(Task task) { return 1u << static_cast<unsigned>(task); }
  unsigned bits_ = 0;
};

}  // namespace uninet
