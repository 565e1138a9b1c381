#include "model/networks/blocks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace uninet {

using std::int64_t;
using std::string;

int64_t Blocks::channels(int64_t paper) const {
  return std::max<int64_t>(1, std::llround(static_cast<double>(paper) * spec_.width));
}

int64_t Blocks::outputChannels(Task task) const {
  if (task == Task::segment) return static_cast<int64_t>(spec_.classes->semantic.size());
  return task == Task::surNor ? 3 : 1;
}

Value Blocks::convBn(const Value& x, const string& conv, const string& norm, int64_t out,
                     int kernel, int stride, Init init) {
  ConvSpec spec{out, kernel, stride, kernel / 2, false};
  spec.init = init;
  return ops_.batchNorm(ops_.conv(x, conv, spec), norm);
}

Value Blocks::convBnRelu(const Value& x, const string& conv, const string& norm, int64_t out,
                         int kernel, int stride, Init init) {
  return ops_.relu(convBn(x, conv, norm, out, kernel, stride, init));
}

Value Blocks::pointwise(const Value& x, const string& key, int64_t out) {
  return ops_.conv(x, key, {out, 1, 1, 0, true});
}

Value Blocks::basicBlock(const Value& x, const string& key, int64_t out) {
  Value y = convBnRelu(x, key + ".conv1", key + ".bn1", out, 3);
  y = convBn(y, key + ".conv2", key + ".bn2", out, 3);
  const Value residual =
      x.channels() == out ? x : convBn(x, key + ".downsample.0", key + ".downsample.1", out, 1);
  return ops_.relu(ops_.add(y, residual));
}

Value Blocks::bottleneck(const Value& x, const string& key, int64_t middle) {
  const int64_t out = 4 * middle;
  Value y = convBnRelu(x, key + ".conv1", key + ".bn1", middle, 1);
  y = convBnRelu(y, key + ".conv2", key + ".bn2", middle, 3);
  y = convBn(y, key + ".conv3", key + ".bn3", out, 1);
  const Value residual =
      x.channels() == out ? x : convBn(x, key + ".downsample.0", key + ".downsample.1", out, 1);
  return ops_.relu(ops_.add(y, residual));
}

Value Blocks::toSize(const Value& x, const Value& like) {
  return ops_.resize(x, like.height(), like.width(), Resize::bilinear);
}

Value Blocks::residualBlock(const Value& x, const string& key, int64_t out, int stride,
                            const Value& residual) {
  Value y = convBnRelu(x, key + ".conv1", key + ".bn1", out, 3, stride, Init::fanOut);
  y = convBn(y, key + ".conv2", key + ".bn2", out, 3, 1, Init::fanOut);
  return ops_.relu(ops_.add(y, residual));
}

/// Depth-1 tree. `children` are concatenated behind the two blocks in the root.
Blocks::Stage Blocks::tree(const Value& x, const string& key, int64_t out, int stride,
                           bool levelRoot, std::vector<Value> children) {
  ops_.children(key, {"tree1", "tree2", "root", "project"});
  const Value bottom = stride == 2 ? ops_.maxPool(x, 2, 2, false) : x;
  const Value residual = x.channels() != out ? convBn(bottom, key + ".project.0",
                                                      key + ".project.1", out, 1, 1, Init::fanOut)
                                             : bottom;
  if (levelRoot) children.push_back(bottom);
  const Value x1 = residualBlock(x, key + ".tree1", out, stride, residual);
  const Value x2 = residualBlock(x1, key + ".tree2", out, 1, x1);
  children.insert(children.begin(), {x2, x1});
  return {x1, convBnRelu(ops_.concat(children), key + ".root.conv", key + ".root.bn", out, 1, 1,
                         Init::fanOut)};
}

Blocks::Stage Blocks::deepTree(const Value& x, const string& key, int64_t out) {
  ops_.children(key, {"tree1", "tree2", "root", "project"});
  const Value bottom = ops_.maxPool(x, 2, 2, false);
  // The inner tree ignores the residual that it is handed, so this projection matters only for
  // the list of keys and the count of operations.
  if (ops_.walksDeadBranches())
    convBn(bottom, key + ".project.0", key + ".project.1", out, 1, 1, Init::fanOut);
  const Value x1 = tree(x, key + ".tree1", out, 2, false, {}).out;
  return {x1, tree(x1, key + ".tree2", out, 1, false, {bottom, x1}).out};
}

Value Blocks::stem(const Value& image, const string& name) {
  const string base = name + ".";
  Value x = convBnRelu(image, base + "base_layer.0", base + "base_layer.1", channels(16), 7, 1,
                       Init::fanOut);
  x = convBnRelu(x, base + "level0.0", base + "level0.1", channels(16), 3, 1, Init::fanOut);
  return convBnRelu(x, base + "level1.0", base + "level1.1", channels(32), 3, 2, Init::fanOut);
}

Blocks::Stage Blocks::stage(int number, const Value& x, const string& name) {
  const string key = name + ".level" + std::to_string(number);
  const int64_t out = channels(int64_t{16} << number);
  if (number == 2 || number == 5) return tree(x, key, out, 2, number == 5, {});
  return deepTree(x, key, out);
}

std::vector<Value> Blocks::backbone(const Value& image, const string& name) {
  std::vector<Value> maps;
  Value x = stem(image, name);
  for (int number = 2; number <= 5; ++number) {
    x = ops_.tap("E" + std::to_string(number), stage(number, x, name).out);
    maps.push_back(x);
  }
  return maps;
}

std::vector<Value> Blocks::fpn(const std::vector<Value>& e3to5, const string& name) {
  const auto conv = [&](const Value& x, const char* list, std::size_t i, int kernel) {
    return ops_.conv(x, name + list + std::to_string(i),
                     {channels(256), kernel, 1, kernel / 2, true, Init::xavier});
  };
  std::vector<Value> maps;
  for (std::size_t i = 0; i < e3to5.size(); ++i)
    maps.push_back(conv(e3to5[i], ".lateral_convs.", i, 1));
  for (std::size_t i = maps.size() - 1; i-- > 0;)
    maps[i] = ops_.add(
        maps[i], ops_.resize(maps[i + 1], maps[i].height(), maps[i].width(), Resize::nearest));
  for (std::size_t i = 0; i < maps.size(); ++i)
    maps[i] = ops_.tap("P" + std::to_string(i + 3), conv(maps[i], ".fpn_convs.", i, 3));
  return maps;
}

Value Blocks::tower(Value x, const string& key) {
  const int64_t width = channels(256);
  const int groups = static_cast<int>(std::gcd<int64_t>(32, width));
  for (int i = 0; i < 4; ++i) {
    x = ops_.conv(x, key + "." + std::to_string(3 * i), {width, 3, 1, 1, true, Init::small});
    x = ops_.relu(ops_.groupNorm(x, key + "." + std::to_string(3 * i + 1), groups));
  }
  return x;
}

void Blocks::instanceHead(const std::vector<Value>& maps, const string& name, TaskSet wanted,
                          NetworkOutputs& out) {
  const string key = name + ".";
  const double rare = -std::log(99.0);  // every class begins with probability 0.01
  const bool detect = wanted.has(Task::detect);
  for (std::size_t l = 0; l < maps.size(); ++l) {
    const string level = std::to_string(l);
    const auto predict = [&](const Value& x, const char* head, int64_t width, double start = 0) {
      return ops_.conv(x, key + head, {width, 3, 1, 1, true, Init::small, start});
    };
    Value cls;
    if (detect) cls = tower(maps[l], key + "cls_tower");
    const Value box = tower(maps[l], key + "bbox_tower");
    Value reg;
    if (detect) {
      const auto classes = static_cast<int64_t>(spec_.classes->instance.size());
      out.cls.push_back(ops_.tap("box_cls." + level, predict(cls, "cls_logits", classes, rare)));
      reg = predict(box, "bbox_pred", 4);
      out.centerness.push_back(ops_.tap("centerness." + level, predict(box, "centerness", 1)));
    }
    if (wanted.has(Task::instDepth))
      out.instDepth.push_back(
          ops_.tap("inst_depth." + level, ops_.relu(predict(box, "inst_depth_logits", 1), true)));
    if (wanted.has(Task::instSeg))
      out.instSeg.push_back(
          ops_.tap("inst_seg." + level, predict(box, "inst_seg_logits", spec_.maskCode)));
    if (detect)
      out.reg.push_back(
          ops_.tap("box_reg." + level,
                   ops_.relu(ops_.scale(reg, key + "scales." + level + ".scale"), true)));
  }
}

Value Blocks::asppHead(const Value& x, const string& name, int64_t out) {
  const string convs = name + ".0.convs.", project = name + ".0.project.";
  const int64_t width = channels(256);
  std::vector<Value> parts{convBnRelu(x, convs + "0.0", convs + "0.1", width, 1)};
  for (const int rate : {12, 24, 36}) {
    const string key = convs + std::to_string(rate / 12);
    ConvSpec spec{width, 3, 1, rate, false};
    spec.dilation = rate;
    parts.push_back(ops_.relu(ops_.batchNorm(ops_.conv(x, key + ".0", spec), key + ".1")));
  }
  parts.push_back(
      toSize(convBnRelu(ops_.globalMean(x), convs + "4.1", convs + "4.2", width, 1), x));
  Value y = convBnRelu(ops_.concat(parts), project + "0", project + "1", width, 1);
  y = ops_.dropout(y, 0.5);
  y = convBnRelu(y, name + ".1", name + ".2", width, 3);
  return pointwise(y, name + ".4", out);
}

void Blocks::finish(Task task, const Value& map, const Value& image, NetworkOutputs& out) {
  const Value full = ops_.tap(taskInfo(task).key, toSize(map, image));
  if (task == Task::segment) out.segment = full;
  if (task == Task::depth) out.depth = full;
}

void Blocks::asppHeads(const std::vector<Task>& tasks, const std::vector<Value>& maps,
                       TaskSet wanted, const Value& image, NetworkOutputs& out) {
  for (std::size_t i = 0; i < tasks.size(); ++i)
    if (wanted.has(tasks[i]))
      finish(tasks[i],
             asppHead(maps[i], string("heads.") + taskInfo(tasks[i]).key, outputChannels(tasks[i])),
             image, out);
}

Value Blocks::predictEarly(Task task, const Value& map, const string& name, Supervision supervision,
                           NetworkOutputs& out) {
  out.earlier.push_back({task, name, ops_.tap(name, map), supervision});
  return out.earlier.back().map;
}

std::vector<Task> denseTasks(TaskSet tasks) {
  std::vector<Task> list;
  for (const Task task : {Task::segment, Task::depth, Task::semCont, Task::surNor})
    if (tasks.has(task)) list.push_back(task);
  return list;
}

double backboneWidth(const OutChannels& channels, const string& name) {
  return channels(name + ".base_layer.0.weight") / 16.;
}

void recogniseDense(const OutChannels& channels, const string& before, const string& after,
                    Recognised& found) {
  for (const Task task : {Task::segment, Task::depth, Task::semCont, Task::surNor}) {
    const int count = channels(before + taskInfo(task).key + after);
    if (count == 0) continue;
    found.spec.tasks.add(task);
    if (task == Task::segment) found.semantic = static_cast<std::size_t>(count);
  }
}

void recogniseInstances(const OutChannels& channels, const string& name, Recognised& found) {
  if (const int n = channels(name + ".cls_logits.weight"); n > 0) {
    found.spec.tasks.add(Task::detect);
    found.instance = static_cast<std::size_t>(n);
  }
  if (const int n = channels(name + ".inst_seg_logits.weight"); n > 0) {
    found.spec.tasks.add(Task::instSeg);
    found.spec.maskCode = n;
  }
  if (channels(name + ".inst_depth_logits.weight") > 0) found.spec.tasks.add(Task::instDepth);
}

}  // namespace uninet
