#include "model/networks/earlier_outputs.h"

#include "core/data/objectives.h"
#include "model/network/count_ops.h"
#include "model/networks/network_info.h"

namespace uninet {

std::vector<EarlierOutput<Value>> earlierOutputs(const NetworkSpec& spec) {
  CountOps ops;
  Value image;
  image.shape = {1, 3, 256, 512};
  return networkByKey(spec.network).forward(ops, spec, spec.tasks, image).earlier;
}

std::vector<NamedLoss> namedLosses(const NetworkSpec& spec) {
  const std::vector<EarlierOutput<Value>> outputs = earlierOutputs(spec);
  std::vector<NamedLoss> losses;
  for (const TaskInfo& task : auxiliaryTasks()) {
    const EarlierOutput<Value>* last = nullptr;
    for (const EarlierOutput<Value>& output : outputs)
      if (output.task == task.task) last = &output;
    if (last != nullptr) losses.push_back({task.key, task.task, last->name});
  }
  for (const EarlierOutput<Value>& output : outputs)
    losses.push_back({output.name, output.task, output.name});
  return losses;
}

std::vector<std::string> lossKeys(const NetworkSpec& spec) {
  std::vector<std::string> keys;
  for (const LossInfo& info : losses())
    if (spec.tasks.has(info.task)) keys.emplace_back(info.key);
  for (const NamedLoss& loss : namedLosses(spec)) keys.push_back(loss.key);
  return keys;
}

}  // namespace uninet
