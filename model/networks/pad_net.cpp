#include <algorithm>

#include "model/networks/distillation.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// Initial predictions of all tasks, auxiliary ones included, whose features are distilled into
/// those of the main tasks (Xu et al., CVPR 2018; zoo, model 5).
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Blocks build(ops, spec);
  const std::string initial = "initial_task_prediction_heads";
  ops.children(initial, {"layers", "conv_out"});
  std::vector<Value> maps = build.backbone(image, "base_net.backbone");
  if (spec.neck == Neck::fpn) {
    const std::vector<Value> pyramid = build.fpn({maps[1], maps[2], maps[3]}, "fpn");
    std::copy(pyramid.begin(), pyramid.end(), maps.begin() + 1);
  }
  for (std::size_t i = 1; i < maps.size(); ++i) maps[i] = build.toSize(maps[i], maps[0]);
  const std::int64_t middle = build.channels(64), width = 4 * middle;
  Value fused = build.pointwise(ops.concat(maps), "fuse.last_layer.0", width);
  fused = ops.relu(ops.batchNorm(fused, "fuse.last_layer.1"));

  const auto twice = [&](const Value& x, const std::string& key) {
    return build.bottleneck(build.bottleneck(x, key + ".0", middle), key + ".1", middle);
  };
  NetworkOutputs out;
  TaskMaps features;
  for (const Task task : denseTasks(spec.tasks)) {
    const std::string name = taskInfo(task).key;
    features[task] = ops.tap("features." + name, twice(fused, initial + ".layers." + name));
    const Value first = build.predictEarly(
        task,
        build.pointwise(features[task], initial + ".conv_out." + name, build.outputChannels(task)),
        "initial_" + name, Supervision::outputSize, out);
    if (task == Task::semCont || task == Task::surNor) build.finish(task, first, image, out);
  }
  const TaskMaps distilled = distil(ops, features, "multi_modal_distillation");
  for (const auto& [task, map] : distilled) {
    if (!wanted.has(task)) continue;
    const std::string key = concat("heads.", taskInfo(task).key);
    const Value refined = ops.tap(concat("distilled.", taskInfo(task).key), map);
    build.finish(task, build.pointwise(twice(refined, key), key + ".2", build.outputChannels(task)),
                 image, out);
  }
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  recogniseDense(channels, "initial_task_prediction_heads.conv_out.", ".weight", found);
  found.spec.neck = channels("fpn.lateral_convs.0.weight") > 0 ? Neck::fpn : Neck::none;
  return !found.spec.tasks.empty();
}

}  // namespace

constinit const NetworkInfo kPadNet{
    .key = "pad-net",
    .title = "PAD-Net",
    .forward = forward,
    .recognise = recognise,
    .possible = {Task::segment, Task::depth, Task::semCont, Task::surNor},
    .needed = {Task::segment, Task::depth},
    .usual = {Task::segment, Task::depth},
    .hasNeck = true,
    .usualNeck = Neck::none};

}  // namespace uninet
