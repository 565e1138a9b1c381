#include <algorithm>

#include "model/networks/distillation.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

class Builder : public Blocks {
 public:
  Builder(Ops& ops, const NetworkSpec& spec)
      : Blocks(ops, spec), ops_(ops), tasks_(denseTasks(spec.tasks)) {}

  /// Features of every task at scale s, and its initial predictions.
  TaskMaps initial(std::size_t s, const Value& encoder, const TaskMaps& above,
                   NetworkOutputs& out) {
    const std::string key = concat("scale_", s);
    ops_.children(key, {"refinement", "decoders"});
    TaskMaps features;
    for (const Task task : tasks_) {
      const std::string name = taskInfo(task).key, refine = key + ".refinement." + name;
      const Value in =
          above.empty() ? encoder : ops_.concat({encoder, toSize(above.at(task), encoder)});
      Value x = basicBlock(in, refine + ".0", encoder.channels());
      x = ops_.tap(concat(key, ".features.", name),
                   basicBlock(x, refine + ".1", encoder.channels()));
      features[task] = x;
      predictEarly(task, pointwise(x, key + ".decoders." + name, outputChannels(task)),
                   concat(key, ".", name), Supervision::truthSize, out);
    }
    return features;
  }

  /// Feature propagation: what the next finer scale is told of every task.
  TaskMaps propagate(std::size_t s, const TaskMaps& features) {
    const std::string key = concat("fpm_scale_", s);
    std::vector<Value> parts;
    for (const Task task : tasks_) parts.push_back(features.at(task));
    const Value all = ops_.concat(parts);
    const std::int64_t one = parts.front().channels(),
                       few = std::max<std::int64_t>(1, all.channels() / 4);
    Value gate = basicBlock(all, key + ".non_linear.0", few);
    gate = basicBlock(gate, key + ".non_linear.1", few);
    gate = pointwise(gate, key + ".non_linear.2", all.channels());
    gate = ops_.softmaxInGroups(gate, static_cast<std::int64_t>(tasks_.size()));
    const Value shared =
        basicBlock(ops_.multiply(all, gate), key + ".dimensionality_reduction", one);
    TaskMaps result;
    for (const Task task : tasks_) {
      const std::string squeeze = key + ".se." + taskInfo(task).key + ".squeeze.";
      Value weight = ops_.linear(ops_.globalMean(shared, /*functional=*/true), squeeze + "0",
                                 std::max<std::int64_t>(1, one / 16));
      weight = ops_.sigmoid(ops_.linear(ops_.relu(weight), squeeze + "2", one));
      result[task] = ops_.add(ops_.multiply(shared, weight), features.at(task));
    }
    return result;
  }

  /// Maps of all scales at the size of the finest, and a classifier on them.
  Value head(const std::vector<Value>& maps, const std::string& key, std::int64_t out) {
    std::vector<Value> parts;
    for (const Value& map : maps) parts.push_back(toSize(map, maps.front()));
    const Value all = ops_.concat(parts);
    Value x = pointwise(all, key + ".last_layer.0", all.channels());
    x = ops_.relu(ops_.batchNorm(x, key + ".last_layer.1"));
    return pointwise(x, key + ".last_layer.3", out);
  }

 private:
  Ops& ops_;
  std::vector<Task> tasks_;
};

/// Predictions of all tasks at four scales, each handed to the finer one, distilled at every scale
/// (Vandenhende et al., ECCV 2020; zoo, model 6). With tasks of objects MTI-Net++ (paper §5.7;
/// zoo, model 7): their head stands on the same maps.
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  Builder build(ops, spec);
  std::vector<std::string> order{"base_net", "fpn", "fpm_scale_3", "fpm_scale_2", "fpm_scale_1"};
  for (const char* part : {"scale_", "distillation_scale_"})
    for (int s = 0; s < 4; ++s) order.push_back(concat(part, s));
  order.emplace_back("heads");
  ops.children("", order);

  std::vector<Value> maps = build.backbone(image, "base_net.backbone");
  if (spec.neck == Neck::fpn) {
    const std::vector<Value> pyramid = build.fpn({maps[1], maps[2], maps[3]}, "fpn");
    std::copy(pyramid.begin(), pyramid.end(), maps.begin() + 1);
  }
  wanted = spec.tasks.common(wanted);
  NetworkOutputs out;
  if (wanted.dense() || wanted.auxiliary()) {
    std::vector<TaskMaps> features(4);
    TaskMaps above;
    for (std::size_t s = 4; s-- > 0;) {
      features[s] = build.initial(s, maps[s], above, out);
      if (s > 0) above = build.propagate(s, features[s]);
    }
    std::map<Task, std::vector<Value>> scales;
    for (std::size_t s = 0; s < 4; ++s)
      for (const auto& [task, map] : distil(ops, features[s], concat("distillation_scale_", s)))
        scales[task].push_back(ops.tap(concat("distilled_", s, ".", taskInfo(task).key), map));
    for (const auto& [task, list] : scales)
      if (wanted.has(task))
        build.finish(
            task,
            build.head(list, concat("heads.", taskInfo(task).key), build.outputChannels(task)),
            image, out);
  }
  if (wanted.instances())
    build.instanceHead({maps[1], maps[2], maps[3]}, "heads.detect.head", wanted, out);
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  recogniseDense(channels, "scale_0.decoders.", ".weight", found);
  if (found.spec.tasks.empty()) return false;
  recogniseInstances(channels, "heads.detect.head", found);
  found.spec.neck = channels("fpn.lateral_convs.0.weight") > 0 ? Neck::fpn : Neck::none;
  return true;
}

}  // namespace

constinit const NetworkInfo kMtiNet{
    .key = "mti-net",
    .title = "MTI-Net",
    .forward = forward,
    .recognise = recognise,
    .possible = {Task::detect, Task::segment, Task::instSeg, Task::depth, Task::instDepth,
                 Task::semCont, Task::surNor},
    .needed = {Task::segment, Task::depth},
    .usual = {Task::segment, Task::depth},
    .hasNeck = true,
    .usualNeck = Neck::fpn};

}  // namespace uninet
