#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/networks/blocks.h"

namespace uninet {

/// Feature maps by task.
using TaskMaps = std::map<Task, Value>;

/// Multi-modal distillation (Xu et al., CVPR 2018; zoo, model 5): the map of each main task plus
/// what its attention takes from those of all others.
TaskMaps distil(Ops& ops, const TaskMaps& maps, const std::string& name);

}  // namespace uninet
