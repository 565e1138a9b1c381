#pragma once

#include <span>

#include "model/network/network_spec.h"

namespace uninet {

/// A network that a table of the paper compares.
struct PaperSystem {
  const char* key;    ///< "mti-net-aux"
  const char* title;  ///< as the paper names it
  const char* network;
  TaskSet tasks;
  Neck neck = Neck::none;

  NetworkSpec spec(const Classes& classes, cv::Size size) const;
  /// Whether a checkpoint of this network, tasks and neck is one of it, whatever its width, size,
  /// encoder and classes.
  bool matches(const NetworkSpec& spec) const;
};

/// Table 1, in its order; the two networks that make its row "Single task" each for themselves.
std::span<const PaperSystem> table1Systems();
/// Table 2: UniNet for five tasks, one task, and the pairs.
std::span<const PaperSystem> table2Systems();

}  // namespace uninet
