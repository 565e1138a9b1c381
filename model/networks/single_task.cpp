#include "model/networks/blocks.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// One task by itself (zoo, model 1): the head's keys do not say which.
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Blocks build(ops, spec);
  NetworkOutputs out;
  const std::vector<Value> maps = build.backbone(image, "base_net.backbone");
  for (const Task task : denseTasks(spec.tasks.common(wanted)))
    build.finish(task, build.asppHead(maps[3], "head", build.outputChannels(task)), image, out);
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  const int outputs = channels("head.4.weight");
  if (outputs == 0 || channels("head.0.convs.0.0.weight") == 0) return false;
  found.spec.tasks.add(outputs == 1 ? Task::depth : Task::segment);
  if (outputs > 1) found.semantic = static_cast<std::size_t>(outputs);
  return true;
}

}  // namespace

constinit const NetworkInfo kSingleTask{.key = "single-task",
                                        .title = "Single task",
                                        .forward = forward,
                                        .recognise = recognise,
                                        .possible = {Task::segment, Task::depth},
                                        .needed = {},
                                        .usual = {Task::segment},
                                        .oneTask = true,
                                        .smallestBatch = 2};

}  // namespace uninet
