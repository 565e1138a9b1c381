#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

namespace uninet {

/// The five tasks of UniNet in the order in which the window and the figures show them, then the
/// auxiliary ones of other networks, which help to train and are drawn and attacked, but not
/// measured: semantic contours and surface normals.
enum class Task { detect, segment, instSeg, depth, instDepth, semCont, surNor };

/// Everything that panels, charts, tables and evaluation need to know about a task.
struct TaskInfo {
  Task task;
  /// detect, segment, inst_seg, depth, inst_depth, sem_cont, sur_nor: option values, file names
  const char* key;
  const char* title;      ///< "Detection"; marked for translation
  const char* shortName;  ///< OD, SS, IS, D, ID as in the paper
  /// Key of its metric in Metrics: ap_box, miou, ap_mask, depth_rmse_m, …; "" of auxiliary tasks.
  const char* metricKey;
  const char* metricTitle;  ///< "AP box", "mIoU", …
  bool higherIsBetter;
  bool semantic;  ///< semantic (green in Figure 3) or geometric (red)
};

/// The five that are measured.
std::span<const TaskInfo> tasks();
std::span<const TaskInfo> auxiliaryTasks();
/// Those and these.
std::span<const TaskInfo> allTasks();
const TaskInfo& taskInfo(Task task);

/// A set of tasks such as "detect,segment"; keeps the order of Task.
class TaskSet {
 public:
  constexpr TaskSet() = default;
  constexpr TaskSet(std::initializer_list<Task> tasks) {
    for (const Task task : tasks) add(task);
  }
  static constexpr TaskSet all() {  ///< the five
    return {Task::detect, Task::segment, Task::instSeg, Task::depth, Task::instDepth};
  }
  /// Comma-separated keys; throws Error naming the unknown one. inst_seg and inst_depth need
  /// detect.
  static TaskSet parse(const std::string& text);

  constexpr bool has(Task task) const { return (bits_ & bit(task)) != 0; }
  constexpr TaskSet& add(Task task) {
    bits_ |= bit(task);
    return *this;
  }
  TaskSet& remove(Task task) {
    bits_ &= ~bit(task);
    return *this;
  }
  bool dense() const { return has(Task::segment) || has(Task::depth); }
  bool instances() const { return has(Task::detect) || has(Task::instSeg) || has(Task::instDepth); }
  bool auxiliary() const { return has(Task::semCont) || has(Task::surNor); }
  bool contains(TaskSet other) const { return (other.bits_ & ~bits_) == 0; }
  TaskSet common(TaskSet other) const {
    other.bits_ &= bits_;
    return other;
  }
  bool empty() const { return bits_ == 0; }
  std::string text() const;  ///< keys joined with commas
  bool operator==(const TaskSet&) const = default;

 private:
  static constexpr unsigned bit(Task task) { return 1u << static_cast<unsigned>(task); }
  unsigned bits_ = 0;
};

}  // namespace uninet
