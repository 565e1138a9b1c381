#include "model/networks/paper_systems.h"

namespace uninet {
namespace {

constexpr TaskSet kDense{Task::segment, Task::depth};
constexpr TaskSet kAuxiliary{Task::segment, Task::depth, Task::semCont, Task::surNor};

constexpr PaperSystem kTable1[] = {
    {"single-task-segment", "Single task, SS", "single-task", {Task::segment}},
    {"single-task-depth", "Single task, D", "single-task", {Task::depth}},
    {"mtl-baseline", "MTL-baseline", "mtl-baseline", kDense},
    {"pad-net-aux", "PAD-Net", "pad-net", kAuxiliary},
    {"pad-net", "PAD-Net \u2020", "pad-net", kDense},
    {"mti-net-aux", "MTI-Net", "mti-net", kAuxiliary, Neck::fpn},
    {"mti-net", "MTI-Net \u2020", "mti-net", kDense, Neck::fpn},
    {"cross-stitch", "Cross-stitch", "cross-stitch", kDense},
    {"mtan", "MTAN", "mtan", kDense},
    {"uninet", "UniNet", "uninet", kDense},
};

constexpr PaperSystem kTable2[] = {
    {"five-tasks", "Five tasks", "uninet", TaskSet::all()},
    {"od", "OD", "uninet", {Task::detect}},
    {"ss", "SS", "uninet", {Task::segment}},
    {"d", "D", "uninet", {Task::depth}},
    {"od-is", "OD+IS", "uninet", {Task::detect, Task::instSeg}},
    {"od-id", "OD+ID", "uninet", {Task::detect, Task::instDepth}},
    {"ss-d", "SS+D", "uninet", kDense},
};

}  // namespace

NetworkSpec PaperSystem::spec(const Classes& classes, cv::Size size) const {
  NetworkSpec spec;
  spec.network = network;
  spec.tasks = tasks;
  spec.neck = neck;
  spec.classes = classes;
  spec.size = size;
  return spec;
}

bool PaperSystem::matches(const NetworkSpec& spec) const {
  return spec.network == network && spec.tasks == tasks && spec.neck == neck;
}

std::span<const PaperSystem> table1Systems() { return kTable1; }
std::span<const PaperSystem> table2Systems() { return kTable2; }

}  // namespace uninet
