#include "model/networks/blocks.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// One backbone, and a pyramid of dilated convolutions for each task (zoo, model 2).
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Blocks build(ops, spec);
  NetworkOutputs out;
  const std::vector<Task> tasks = denseTasks(spec.tasks);
  const Value e5 = build.backbone(image, "base_net.backbone")[3];
  build.asppHeads(tasks, std::vector<Value>(tasks.size(), e5), wanted, image, out);
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  recogniseDense(channels, "heads.", ".4.weight", found);
  return !found.spec.tasks.empty() && found.spec.width > 0 &&
         channels("attention_1.segment.0.weight") + channels("attention_1.depth.0.weight") == 0;
}

}  // namespace

constinit const NetworkInfo kMtlBaseline{.key = "mtl-baseline",
                                         .title = "MTL-baseline",
                                         .forward = forward,
                                         .recognise = recognise,
                                         .possible = {Task::segment, Task::depth},
                                         .needed = {},
                                         .usual = {Task::segment, Task::depth},
                                         .smallestBatch = 2};

}  // namespace uninet
