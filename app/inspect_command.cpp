#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "model/checkpoint/checkpoint.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

struct InspectArguments {
  std::string file;
  bool json = false;
};

nlohmann::json describe(const CheckpointFile& file) {
  nlohmann::json tensors = nlohmann::json::array(), opaque = nlohmann::json::array();
  for (const auto& [key, tensor] : file.tensors)
    tensors.push_back({{"name", key},
                       {"shape", tensor.shape},
                       {"dtype", tensor.dtype},
                       {"sum", numberOrNull(tensor.sum())},
                       {"first", tensor.numel() > 0 ? numberOrNull(tensor.value(0)) : nullptr}});
  for (const OpaqueValue& value : file.opaque)
    opaque.push_back({{"where", value.where}, {"type", value.type}});
  nlohmann::json report{{"format", file.format},
                        {"container", file.container},
                        {"stripped_module_prefix", file.strippedModulePrefix},
                        {"tensors", tensors},
                        {"opaque", opaque},
                        {"metadata", file.metadata},
                        {"network", nullptr}};
  if (const auto spec = recogniseNetwork(file)) {
    const KeyReport keys = compareKeys(file, networkKeys(*spec));
    report["network"] = {{"name", spec->network},
                         {"tasks", spec->tasks.text()},
                         {"encoder", encoderName(spec->encoder)},
                         {"width", spec->width},
                         {"fits", keys.fits()},
                         {"missing", keys.missing},
                         {"unexpected", keys.unexpected},
                         {"misshaped", keys.misshaped}};
  }
  return report;
}

/// JSON whatever bytes a file puts into its names.
std::string dumped(const nlohmann::json& value, int indent = -1) {
  return value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Names of a file may hold anything: control characters would drive the terminal.
std::string text(const nlohmann::json& value) {
  std::string shown = dumped(value);
  if (value.is_string()) shown = shown.substr(1, shown.size() - 2);
  return shown;
}

void print(const nlohmann::json& report) {
  for (const auto& tensor : report["tensors"])
    std::printf("%-64s %-20s %-9s sum %-14s first %s\n", text(tensor["name"]).c_str(),
                tensor["shape"].dump().c_str(), text(tensor["dtype"]).c_str(),
                tensor["sum"].dump().c_str(), tensor["first"].dump().c_str());
  for (const auto& value : report["opaque"])
    std::printf("%s: a value of %s, not read\n", text(value["where"]).c_str(),
                text(value["type"]).c_str());
  for (const auto& [key, value] : report["metadata"].items())
    std::printf("%s = %s\n", text(key).c_str(), text(value).c_str());
  std::printf("%zu tensors, %s%s%s\n", report["tensors"].size(), text(report["format"]).c_str(),
              text(report["container"]).empty() ? "" : ", found under ",
              text(report["container"]).c_str());
  const auto& network = report["network"];
  if (network.is_null()) {
    std::printf("It fits no network that is known here.\n");
    return;
  }
  std::printf("%s, %s encoder, width %s, tasks %s: %s\n", text(network["name"]).c_str(),
              text(network["encoder"]).c_str(), network["width"].dump().c_str(),
              text(network["tasks"]).c_str(),
              network["fits"].get<bool>() ? "fits" : "does not fit");
  for (const char* kind : {"missing", "unexpected", "misshaped"})
    for (const auto& key : network[kind]) std::printf("  %s: %s\n", kind, text(key).c_str());
}

}  // namespace

void addInspectCommand(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("inspect", "Lists what a checkpoint holds and which network it fits");
  const auto arguments = std::make_shared<InspectArguments>();
  command->add_option("file", arguments->file, ".pth or .safetensors")->required();
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->callback([arguments] {
    const nlohmann::json report = describe(readCheckpoint(arguments->file));
    if (arguments->json)
      std::cout << dumped(report, 1) << "\n";
    else
      print(report);
  });
}

}  // namespace uninet
