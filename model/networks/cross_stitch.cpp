#include "model/networks/blocks.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// A backbone for each task; behind every stage each of them goes on with a learned sum of all
/// (Misra et al., CVPR 2016; zoo, model 3).
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Blocks build(ops, spec);
  const std::vector<Task> tasks = denseTasks(spec.tasks);
  const auto backbone = [](Task task) { return concat("bb_", taskInfo(task).key, ".backbone"); };
  std::vector<std::string> order;
  for (const Task task : tasks) order.push_back(concat("bb_", taskInfo(task).key));
  order.insert(order.end(), {"heads", "cross_stitch"});
  ops.children("", order);

  std::vector<Value> maps;
  for (const Task task : tasks) maps.push_back(build.stem(image, backbone(task)));
  for (int number = 2; number <= 5; ++number) {
    std::vector<Value> before;
    for (std::size_t i = 0; i < tasks.size(); ++i)
      before.push_back(build.stage(number, maps[i], backbone(tasks[i])).out);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      Value sum;
      for (std::size_t j = 0; j < tasks.size(); ++j) {
        const Value part =
            ops.scaleChannels(before[j],
                              concat("cross_stitch.layer", number - 1, ".cross_stitch_unit.",
                                     taskInfo(tasks[i]).key, ".", taskInfo(tasks[j]).key, ".param"),
                              i == j ? 0.9 : 0.1);
        sum = j == 0 ? part : ops.add(sum, part);
      }
      maps[i] = ops.tap(concat("E", number, ".", taskInfo(tasks[i]).key), sum);
    }
  }
  NetworkOutputs out;
  build.asppHeads(tasks, maps, wanted, image, out);
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  recogniseDense(channels, "heads.", ".4.weight", found);
  for (const Task task : denseTasks(found.spec.tasks))
    found.spec.width = backboneWidth(channels, concat("bb_", taskInfo(task).key, ".backbone"));
  return !found.spec.tasks.empty() && found.spec.width > 0;
}

}  // namespace

constinit const NetworkInfo kCrossStitch{.key = "cross-stitch",
                                         .title = "Cross-stitch",
                                         .forward = forward,
                                         .recognise = recognise,
                                         .possible = {Task::segment, Task::depth},
                                         .needed = {},
                                         .usual = {Task::segment, Task::depth},
                                         .smallestBatch = 2};

}  // namespace uninet
