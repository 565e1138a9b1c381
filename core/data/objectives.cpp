#include "core/data/objectives.h"

namespace uninet {
namespace {

const std::array<LossInfo, 7> kLosses{{
    {Loss::cls, "cls", "Classification", 1, Task::detect},
    {Loss::reg, "reg", "Box regression", 1, Task::detect},
    {Loss::cent, "cent", "Centreness", 1, Task::detect},
    {Loss::instSeg, "is", "Mask codes", 1, Task::instSeg},
    {Loss::instDepth, "id", "Instance depth", 0.05, Task::instDepth},
    {Loss::segment, "seg", "Segmentation", 1, Task::segment},
    {Loss::depth, "depth", "Depth", 8, Task::depth},
}};

}  // namespace

const std::array<LossInfo, 7>& losses() { return kLosses; }

std::span<const ObjectiveInfo> objectives() {
  static const std::vector<ObjectiveInfo> list{
      {"cls", "Classification", {Loss::cls}},
      {"reg", "Box regression", {Loss::reg}},
      {"cent", "Centreness", {Loss::cent}},
      {"seg", "Segmentation", {Loss::segment}},
      {"is", "Instance masks", {Loss::instSeg}},
      {"depth", "Depth", {Loss::depth}},
      {"id", "Instance depth", {Loss::instDepth}},
      {"semantic", "Semantic", {Loss::reg, Loss::cls, Loss::segment, Loss::instSeg}},
      {"geometric", "Geometric", {Loss::depth, Loss::instDepth}},
      {"multi-task",
       "Multi-task",
       {Loss::cls, Loss::reg, Loss::cent, Loss::instSeg, Loss::instDepth, Loss::segment,
        Loss::depth},
       true},
  };
  return list;
}

}  // namespace uninet
