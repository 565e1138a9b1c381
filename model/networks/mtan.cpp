#include <array>

#include "model/networks/blocks.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// One backbone, from each stage of which every task takes what its attention lets through (Liu et
/// al., CVPR 2019; zoo, model 4).
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Blocks build(ops, spec);
  const std::vector<Task> tasks = denseTasks(spec.tasks);
  const std::string base = "base_net.backbone";
  ops.children("", {"base_net", "heads", "attention_1", "attention_2", "attention_3", "attention_4",
                    "refine_1", "refine_2", "refine_3"});
  Value shared = build.stem(image, base);
  std::vector<Value> attended(tasks.size());  // of each task, refined for the next stage
  for (int k = 1; k <= 4; ++k) {
    const Blocks::Stage stage = build.stage(k + 1, shared, base);
    shared = ops.tap(concat("E", k + 1), stage.out);
    const std::int64_t out = build.channels(std::int64_t{32} << k);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const std::string key = concat("attention_", k, ".", taskInfo(tasks[i]).key, ".");
      const Value in = k == 1 ? stage.first : ops.concat({stage.first, attended[i]});
      Value mask = build.pointwise(in, key + "0", build.channels(std::int64_t{8} << k));
      mask = ops.relu(ops.batchNorm(mask, key + "1"));
      mask = ops.sigmoid(ops.batchNorm(build.pointwise(mask, key + "3", out), key + "4"));
      attended[i] =
          ops.tap(concat("A", k + 1, ".", taskInfo(tasks[i]).key), ops.multiply(stage.out, mask));
    }
    if (k == 4) break;
    for (Value& map : attended)
      map = ops.maxPool(
          build.bottleneck(map, concat("refine_", k, ".0"), build.channels(std::int64_t{16} << k)),
          2, 2, false, /*functional=*/true);
  }
  NetworkOutputs result;
  build.asppHeads(tasks, attended, wanted, image, result);
  return result;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  recogniseDense(channels, "heads.", ".4.weight", found);
  for (const Task task : denseTasks(found.spec.tasks))
    if (channels(concat("attention_1.", taskInfo(task).key, ".0.weight")) == 0) return false;
  return !found.spec.tasks.empty();
}

}  // namespace

constinit const NetworkInfo kMtan{.key = "mtan",
                                  .title = "MTAN",
                                  .forward = forward,
                                  .recognise = recognise,
                                  .possible = {Task::segment, Task::depth},
                                  .needed = {},
                                  .usual = {Task::segment, Task::depth},
                                  .smallestBatch = 2};

}  // namespace uninet
