#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.h"
#include "app/device_flag.h"
#include "app/numbers.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "model/engine/pass_cost.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

struct ProfileArguments {
  std::string network = "uninet", dataset = "cityscapes", tasks, encoder = "paper", neck, size;
  double width = 1;
  bool json = false, layers = false, time = false;
  std::string arithmetic = "plan";
  RepeatOptions repeat;
};

nlohmann::json layersJson(const NetworkCost& cost) {
  nlohmann::json list = nlohmann::json::array();
  for (const LayerCost& layer : cost.layers)
    list.push_back({{"key", layer.key},
                    {"parameters", layer.parameters},
                    {"macs", layer.macs},
                    {"output", layer.output}});
  return list;
}

std::string percent(double share) {
  return std::isfinite(share) ? concat("\u00b1 ", fixedText(100 * share, 1), " %") : "few passes";
}

void print(const PassCost& cost) {
  std::printf("one image         %s s (median of %d, %s), %s a second\n",
              fixedText(cost.time.seconds.median, 4).c_str(), cost.time.passes,
              percent(cost.time.seconds.uncertainty()).c_str(),
              fixedText(cost.passesPerSecond(), 3).c_str());
  if (cost.noEnergy.empty())
    std::printf("energy            %s J\n", fixedText(cost.joules, 2).c_str());
  else
    std::printf("energy            \u2013 (%s)\n", cost.noEnergy.c_str());
  std::printf("peak memory       %s MB\n",
              fixedText(static_cast<double>(cost.peakBytes) / 1e6, 0).c_str());
  std::printf("computed by       %s, %d threads, %s\n",
              cost.codePath == "plan"         ? "the compiled plan"
              : cost.codePath == "CUDA graph" ? "LibTorch in a CUDA graph"
                                              : "LibTorch",
              cost.threads, cost.processor.c_str());
}

void profile(const ProfileArguments& arguments) {
  const NetworkInfo& info = networkByKey(arguments.network);
  NetworkSpec spec;
  spec.network = info.key;
  spec.classes = classesByKey(arguments.dataset);
  spec.tasks = arguments.tasks.empty() ? info.usual : TaskSet::parse(arguments.tasks);
  spec.encoder = encoderByName(arguments.encoder);
  spec.neck = arguments.neck.empty() ? info.usualNeck : neckByName(arguments.neck);
  spec.size = arguments.size.empty() ? spec.classes->networkSize : parseSize(arguments.size);
  spec.width = arguments.width;
  checkSpec(spec);
  const NetworkCost cost = networkCost(spec);
  std::optional<PassCost> passes;
  if (arguments.time)
    passes =
        measurePasses(spec, arguments.arithmetic == "plan" ? Arithmetic::plan : Arithmetic::aten,
                      chosenDevice(), arguments.repeat, terminalProgress("passes"));
  if (arguments.json) {
    nlohmann::json report{{"network", spec.network},      {"tasks", spec.tasks.text()},
                          {"classes", spec.classes->key}, {"encoder", encoderName(spec.encoder)},
                          {"neck", neckName(spec.neck)},  {"width", spec.width},
                          {"size", sizeText(spec.size)},  {"parameters", cost.parameters},
                          {"conv_macs", cost.convMacs},   {"ptflops_macs", cost.ptflopsMacs}};
    if (arguments.layers) report["layers"] = layersJson(cost);
    if (passes) report["time"] = toJson(*passes);
    std::cout << report.dump(1) << "\n";
    return;
  }
  if (arguments.layers)
    for (const LayerCost& layer : cost.layers)
      std::printf("%-56s %12lld %16lld\n", layer.key.c_str(),
                  static_cast<long long>(layer.parameters), static_cast<long long>(layer.macs));
  std::printf("%s, classes of %s, %s\n", specText(spec).c_str(), spec.classes->title.c_str(),
              sizeText(spec.size).c_str());
  std::printf("parameters        %16lld\n", static_cast<long long>(cost.parameters));
  std::printf("convolution MACs  %16lld\n", static_cast<long long>(cost.convMacs));
  std::printf("ptflops MACs      %16lld\n", static_cast<long long>(cost.ptflopsMacs));
  if (passes) print(*passes);
}

}  // namespace

void addProfileCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "profile", "Counts parameters and multiply-accumulates of a network, and times it");
  const auto arguments = std::make_shared<ProfileArguments>();
  command->add_option("--network", arguments->network, networkKeysText() + " (default uninet)");
  command->add_option("--dataset", arguments->dataset,
                      "Whose classes and size: cityscapes (default) or nyuv2");
  command->add_option("--tasks", arguments->tasks,
                      "Comma-separated: detect, segment, inst_seg, depth, inst_depth, and sem_cont "
                      "and sur_nor where a network has auxiliary tasks (default: as in the paper)");
  command->add_option("--encoder", arguments->encoder, "Of UniNet: paper (default) or released");
  command->add_option("--neck", arguments->neck,
                      "Of PAD-Net and MTI-Net: none or fpn (default: as in the paper)");
  addNumber(*command, "--width", arguments->width, "Channel multiplier (default 1)", 0.125, 2.0);
  command->add_option("--size", arguments->size,
                      "Height x width of the input (default: of the data set)");
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->add_flag("--layers", arguments->layers, "Adds every layer");
  command->add_flag(
      "--time", arguments->time,
      "Also runs it, untrained, on one random image after the other until the median "
      "is known to 2 %: images a second, energy (where the processor counts it), peak "
      "memory");
  addNumber(*command, "--most-seconds", arguments->repeat.mostSeconds,
            "With --time: no further pass is begun after that (default 120)", 0.0, 86400.0);
  command
      ->add_option("--arithmetic", arguments->arithmetic,
                   "With --time, who computes: plan (default; networks without one are LibTorch's) "
                   "or libtorch")
      ->check(CLI::IsMember({"plan", "libtorch"}));
  command->callback([arguments] { profile(*arguments); });
}

}  // namespace uninet
