#include "model/networks/distillation.h"

namespace uninet {

TaskMaps distil(Ops& ops, const TaskMaps& maps, const std::string& name) {
  TaskMaps result;
  for (const Task target : {Task::segment, Task::depth}) {
    Value sum = maps.at(target);
    for (const auto& [source, map] : maps) {
      if (source == target) continue;
      const std::string key =
          concat(name, ".self_attention.", taskInfo(target).key, ".", taskInfo(source).key, ".");
      const ConvSpec spec{map.channels(), 3, 1, 1, false};
      const Value gate = ops.sigmoid(ops.conv(map, key + "attention.0", spec));
      sum = ops.add(sum, ops.multiply(ops.conv(map, key + "conv", spec), gate));
    }
    result[target] = sum;
  }
  return result;
}

}  // namespace uninet
