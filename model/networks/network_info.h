#pragma once

#include <functional>
#include <span>
#include <string>

#include "model/network/forward.h"

namespace uninet {

/// Channels that the weight `key` of a state dict gives out (its first dimension); 0: not there.
using OutChannels = std::function<int(const std::string& key)>;

/// What the shapes of a state dict say.
struct Recognised {
  NetworkSpec spec;                        ///< its classes are found from the counts
  std::size_t semantic = 0, instance = 0;  ///< classes of the heads; 0: no such head
};

/// One entry of the list of networks. Each network is a file that defines one.
struct NetworkInfo {
  const char* key;  ///< NetworkSpec::network
  const char* title;
  ForwardFunction forward;
  /// Fills in spec and counts, if the state dict is one of this network.
  bool (*recognise)(const OutChannels& channels, Recognised& found);
  TaskSet possible;         ///< tasks that it can have
  TaskSet needed;           ///< and those that it cannot do without
  TaskSet usual;            ///< of the paper
  bool oneTask = false;     ///< it has exactly one
  bool hasEncoder = false;  ///< NetworkSpec::encoder is a choice
  bool hasNeck = false;     ///< NetworkSpec::neck is one
  Neck usualNeck = Neck::none;
  int smallestBatch = 1;  ///< in training: batch norms on one value per image need two
};

// One line for each network.
extern const NetworkInfo kUniNet, kSingleTask, kMtlBaseline, kCrossStitch, kMtan, kPadNet, kMtiNet;

std::span<const NetworkInfo* const> networks();
/// Throws Error that lists the keys.
const NetworkInfo& networkByKey(const std::string& key);
/// "uninet, single-task, …".
std::string networkKeysText();
/// "UniNet, Single task, …".
std::string networkTitles();
/// Throws Error that says why there is no such network: tasks, encoder, neck.
void checkSpec(const NetworkSpec& spec);
/// "UniNet, tasks detect,segment, paper encoder, width 0.5": what fixes its keys.
std::string specText(const NetworkSpec& spec);

}  // namespace uninet
