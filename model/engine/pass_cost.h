#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/base/progress.h"
#include "core/base/repeat.h"
#include "model/engine/engine.h"

namespace uninet {

/// What a forward pass of one image costs on this machine.
struct PassCost {
  RepeatedTime time;
  /// Of a pass, all that the processor, or the card, took meanwhile; NaN: not known, for
  /// `noEnergy`.
  double joules = std::numeric_limits<double>::quiet_NaN();
  std::string noEnergy;
  /// Most memory of the whole process since it began, on a card of its tensors there, bytes; 0: not
  /// known.
  std::size_t peakBytes = 0;
  std::string codePath;   ///< Engine::arithmetic(): "plan", "ATen" or "CUDA graph"
  bool hasPlan = false;   ///< whether the compiled plan could, or on a card CUDA graphs
  std::string processor;  ///< or the card
  int threads = 0;

  double passesPerSecond() const { return 1 / time.seconds.median; }
};

/// Runs an untrained network of `spec` on random images, one at a time, as metrics of efficiency
/// are measured (paper §5.1): the forward pass, and of networks that detect also decoding and NMS
/// of what they find, which for an untrained one is next to nothing. Reading, class maps and
/// metrics are not in it. To be called in a process of its own if its memory shall count.
PassCost measurePasses(const NetworkSpec& spec, Arithmetic arithmetic, const std::string& device,
                       const RepeatOptions& options, const Progress& progress);

nlohmann::json toJson(const PassCost& cost);
/// Throws nlohmann::json::exception.
PassCost passCostFrom(const nlohmann::json& json);

/// As /proc/cpuinfo names it; "unknown" where there is none.
std::string processorName();

}  // namespace uninet
