#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "model/network/forward.h"
#include "model/networks/network_info.h"

namespace uninet {

/// What the networks are made of, each part under the keys that begin with its name.
class Blocks {
 public:
  Blocks(Ops& ops, const NetworkSpec& spec) : ops_(ops), spec_(spec) {}

  /// Hidden channels: those of the paper times NetworkSpec::width.
  std::int64_t channels(std::int64_t paper) const;
  /// Of the output of a dense task: classes, or 1, 1 and 3 of depth, contours and normals.
  std::int64_t outputChannels(Task task) const;

  /// conv → batch norm, without bias and activation.
  Value convBn(const Value& x, const std::string& conv, const std::string& norm, std::int64_t out,
               int kernel, int stride = 1, Init init = Init::uniform);
  Value convBnRelu(const Value& x, const std::string& conv, const std::string& norm,
                   std::int64_t out, int kernel, int stride = 1, Init init = Init::uniform);
  /// 1×1 with bias.
  Value pointwise(const Value& x, const std::string& key, std::int64_t out);
  /// Two 3×3 convolutions beside the identity, or beside a projection where channels change.
  Value basicBlock(const Value& x, const std::string& key, std::int64_t out);
  /// 1×1, 3×3, 1×1 to four times `middle`, beside the identity or a projection.
  Value bottleneck(const Value& x, const std::string& key, std::int64_t middle);
  Value toSize(const Value& x, const Value& like);  ///< bilinear

  // --- DLA-34 (architecture §2); `name` ends with "backbone" ---

  /// Half the size of the image.
  Value stem(const Value& image, const std::string& name);
  struct Stage {
    Value first;  ///< of its first sub-tree
    Value out;
  };
  /// Stage 2 to 5 at 1/4 to 1/32 of the size, from the one before.
  Stage stage(int number, const Value& x, const std::string& name);
  /// E2 to E5, tapped.
  std::vector<Value> backbone(const Value& image, const std::string& name);

  // --- necks and heads ---

  /// P3 to P5 from E3 to E5 (architecture §4), tapped.
  std::vector<Value> fpn(const std::vector<Value>& e3to5, const std::string& name);
  /// FCOS head with inst_seg and inst_depth on P3 to P5 (architecture §8); outputs tapped.
  void instanceHead(const std::vector<Value>& maps, const std::string& name, TaskSet wanted,
                    NetworkOutputs& out);
  /// Atrous spatial pyramid and its classifier (zoo, building blocks).
  Value asppHead(const Value& x, const std::string& name, std::int64_t out);

  /// Brings the last map of a dense task to the size of the image, taps it under the task's key
  /// and keeps it in `out`, unless it is of an auxiliary task, of which only the tap is wanted.
  void finish(Task task, const Value& map, const Value& image, NetworkOutputs& out);
  /// A pyramid under "heads." for each wanted task, on the map of the same place, finished.
  void asppHeads(const std::vector<Task>& tasks, const std::vector<Value>& maps, TaskSet wanted,
                 const Value& image, NetworkOutputs& out);
  /// Taps an earlier prediction and keeps it in `out`.
  Value predictEarly(Task task, const Value& map, const std::string& name, Supervision supervision,
                     NetworkOutputs& out);

 private:
  Value residualBlock(const Value& x, const std::string& key, std::int64_t out, int stride,
                      const Value& residual);
  Stage tree(const Value& x, const std::string& key, std::int64_t out, int stride, bool levelRoot,
             std::vector<Value> children);
  Stage deepTree(const Value& x, const std::string& key, std::int64_t out);
  Value tower(Value x, const std::string& key);

  Ops& ops_;
  const NetworkSpec& spec_;
};

/// Dense tasks of a set in the order segment, depth, sem_cont, sur_nor.
std::vector<Task> denseTasks(TaskSet tasks);

// What recognition of networks asks of keys.

/// Channel multiplier from the first convolution of the backbone `name`.
double backboneWidth(const OutChannels& channels, const std::string& name);
/// Adds the dense tasks whose weight, `before` + task + `after`, is there, and counts the classes.
void recogniseDense(const OutChannels& channels, const std::string& before,
                    const std::string& after, Recognised& found);
/// The same of the head for objects.
void recogniseInstances(const OutChannels& channels, const std::string& name, Recognised& found);

}  // namespace uninet
