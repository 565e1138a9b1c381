#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/numbers.h"
#include "core/base/error.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

struct ProfileArguments {
  std::string network = "uninet", tasks = "detect,segment,inst_seg,depth,inst_depth";
  std::string encoder = "paper", size = "512x1024";
  double width = 1;
  bool json = false, layers = false;
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

void profile(const ProfileArguments& arguments) {
  NetworkSpec spec;
  spec.network = networkByKey(arguments.network).key;
  spec.tasks = TaskSet::parse(arguments.tasks);
  spec.encoder = encoderByName(arguments.encoder);
  spec.size = parseSize(arguments.size);
  spec.width = arguments.width;
  const NetworkCost cost = networkCost(spec);
  if (arguments.json) {
    nlohmann::json report{{"network", spec.network},
                          {"tasks", spec.tasks.text()},
                          {"encoder", encoderName(spec.encoder)},
                          {"width", spec.width},
                          {"size", sizeText(spec.size)},
                          {"parameters", cost.parameters},
                          {"conv_macs", cost.convMacs},
                          {"ptflops_macs", cost.ptflopsMacs}};
    if (arguments.layers) report["layers"] = layersJson(cost);
    std::cout << report.dump(1) << "\n";
    return;
  }
  if (arguments.layers)
    for (const LayerCost& layer : cost.layers)
      std::printf("%-56s %12lld %16lld\n", layer.key.c_str(),
                  static_cast<long long>(layer.parameters), static_cast<long long>(layer.macs));
  std::printf("%s, %s encoder, width %g, %s: %s\n", spec.network.c_str(), encoderName(spec.encoder),
              spec.width, sizeText(spec.size).c_str(), spec.tasks.text().c_str());
  std::printf("parameters        %16lld\n", static_cast<long long>(cost.parameters));
  std::printf("convolution MACs  %16lld\n", static_cast<long long>(cost.convMacs));
  std::printf("ptflops MACs      %16lld\n", static_cast<long long>(cost.ptflopsMacs));
}

}  // namespace

void addProfileCommand(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("profile", "Counts parameters and multiply-accumulates of a network");
  const auto arguments = std::make_shared<ProfileArguments>();
  command->add_option("--network", arguments->network, "uninet");
  command->add_option(
      "--tasks", arguments->tasks,
      "Comma-separated: detect, segment, inst_seg, depth, inst_depth (default all)");
  command->add_option("--encoder", arguments->encoder, "paper (default) or released");
  addNumber(*command, "--width", arguments->width, "Channel multiplier (default 1)", 0.125, 2.0);
  command->add_option("--size", arguments->size, "Height x width of the input (default 512x1024)");
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->add_flag("--layers", arguments->layers, "Adds every layer");
  command->callback([arguments] { profile(*arguments); });
}

}  // namespace uninet
