#include "model/engine/pass_cost.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/card_energy.h"
#include "core/base/energy_counter.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/numbers.h"
#include "model/engine/decode.h"
#include "model/engine/device.h"
#include "model/network/network.h"

namespace uninet {
namespace {

/// Of what computes.
class Energy {
 public:
  explicit Energy(const std::string& device) {
    if (device == "cpu")
      processor_.emplace();
    else
      card_.emplace(pciBusId(device));
  }
  double joules() { return card_ ? card_->joules() : processor_->joules(); }
  const std::string& reason() const { return card_ ? card_->reason() : processor_->reason(); }

 private:
  std::optional<EnergyCounter> processor_;
  std::optional<CardEnergy> card_;
};

}  // namespace

PassCost measurePasses(const NetworkSpec& spec, Arithmetic arithmetic, const std::string& device,
                       const RepeatOptions& options, const Progress& progress) {
  const at::NoGradGuard noGrad;
  const Engine engine = makeUntrainedEngine(spec, 0).onDevice(device).withArithmetic(arithmetic);
  // Two images in turn, as an engine keeps its last prediction.
  std::array<at::Tensor, 2> images;
  for (at::Tensor& image : images)
    image = at::rand({1, 3, spec.size.height, spec.size.width}).mul_(255).to(at::Device(device));
  const bool onCard = device != "cpu";
  Energy energy(device);
  forgetPeakMemoryOf(device);
  double joules = 0, before = 0;
  int passes = 0;
  PassCost cost;
  cost.time = repeatUntilKnown(
      [&] {
        const RawOutputs outputs =
            engine.outputs(images[static_cast<std::size_t>(passes % 2)], spec.tasks);
        if (spec.tasks.has(Task::detect))
          decodeDetections(onCpu(outputs), 0, spec.size, engine.network().maskCode);
        finishWork(device);
        const double now = energy.joules();
        if (passes++ > 0) joules += now - before;  // the first one is not measured
        before = now;
      },
      options, progress);
  cost.joules = joules / cost.time.passes;
  cost.noEnergy = energy.reason();
  cost.peakBytes = onCard ? peakMemoryOf(device) : peakMemory();
  cost.codePath = engine.arithmetic().at("code path");
  cost.hasPlan = engine.withArithmetic(Arithmetic::plan).arithmetic().at("code path") != "ATen";
  cost.processor = onCard ? uninet::device(device).gpu : processorName();
  cost.threads = at::get_num_threads();
  return cost;
}

nlohmann::json toJson(const PassCost& cost) {
  return {{"seconds", numberOrNull(cost.time.seconds.median)},
          {"seconds_low", numberOrNull(cost.time.seconds.low)},
          {"seconds_high", numberOrNull(cost.time.seconds.high)},
          {"passes", cost.time.passes},
          {"total_seconds", cost.time.total},
          {"fps", numberOrNull(cost.passesPerSecond())},
          {"joules", numberOrNull(cost.joules)},
          {"no_energy", cost.noEnergy},
          {"peak_bytes", cost.peakBytes},
          {"code_path", cost.codePath},
          {"has_plan", cost.hasPlan},
          {"processor", cost.processor},
          {"threads", cost.threads}};
}

PassCost passCostFrom(const nlohmann::json& json) {
  PassCost cost;
  cost.time.seconds = {numberOrNone(json.at("seconds")), numberOrNone(json.at("seconds_low")),
                       numberOrNone(json.at("seconds_high"))};
  cost.time.passes = intOf(json.at("passes"));
  cost.time.total = numberOrNone(json.at("total_seconds"));
  cost.joules = numberOrNone(json.at("joules"));
  cost.noEnergy = json.at("no_energy").get<std::string>();
  cost.peakBytes = static_cast<std::size_t>(
      wholeOf(json.at("peak_bytes"), 0, std::numeric_limits<std::int64_t>::max()));
  cost.codePath = json.at("code_path").get<std::string>();
  cost.hasPlan = json.at("has_plan").get<bool>();
  cost.processor = json.at("processor").get<std::string>();
  cost.threads = intOf(json.at("threads"));
  return cost;
}

std::string processorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (const std::size_t colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
  return "unknown";
}

}  // namespace uninet
