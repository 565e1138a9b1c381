#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "model/checkpoint/checkpoint.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

struct InspectArguments {
  CheckpointArgument checkpoint;
  bool json = false;
};

nlohmann::json candidatesJson(const CheckpointFile& file) {
  nlohmann::json list = nlohmann::json::array();
  for (const WeightsCandidate& candidate : file.candidates)
    list.push_back({{"name", candidate.name()},
                    {"tensors", candidate.tensors.size()},
                    {"taken", candidate.key == file.weightsKey}});
  return list;
}

nlohmann::json describe(const CheckpointFile& file, const InspectArguments& arguments) {
  const std::filesystem::path path = arguments.checkpoint.path();
  nlohmann::json tensors = nlohmann::json::array(), opaque = nlohmann::json::array(),
                 unread = nlohmann::json::array();
  for (const TensorInfo& info : file.unread)
    unread.push_back({{"name", info.key}, {"shape", info.shape}, {"dtype", info.dtype}});
  for (const auto& [key, tensor] : file.tensors)
    tensors.push_back({{"name", key},
                       {"shape", tensor.shape},
                       {"dtype", tensor.dtype},
                       {"sum", numberOrNull(tensor.sum())},
                       {"first", tensor.numel() > 0 ? numberOrNull(tensor.value(0)) : nullptr}});
  for (const OpaqueValue& value : file.opaque)
    opaque.push_back({{"where", value.where}, {"type", value.type}});
  nlohmann::json report{{"format", file.format},
                        {"weights", file.weightsKey},
                        {"removed_prefix", file.removedPrefix},
                        {"candidates", candidatesJson(file)},
                        {"tensors", tensors},
                        {"not_read", unread},
                        {"opaque", opaque},
                        {"metadata", file.metadata},
                        {"network", nullptr},
                        {"notes", nlohmann::json::array()}};
  if (const auto spec = recogniseNetwork(file, path)) {
    const KeyReport keys = compareKeys(file, networkKeys(*spec));
    report["network"] = {{"name", spec->network},
                         {"description", specText(*spec)},
                         {"tasks", spec->tasks.text()},
                         {"encoder", encoderName(spec->encoder)},
                         {"neck", neckName(spec->neck)},
                         {"width", spec->width},
                         {"fits", keys.fits()},
                         {"missing", keys.missing},
                         {"unexpected", keys.unexpected},
                         {"misshaped", keys.misshaped},
                         {"not_read", keys.unread}};
    report["notes"] = openingNotes(file, *spec, path, arguments.checkpoint.options());
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
  for (const auto& tensor : report["not_read"])
    std::printf("%-64s %-20s %-9s not read\n", text(tensor["name"]).c_str(),
                tensor["shape"].dump().c_str(), text(tensor["dtype"]).c_str());
  for (const auto& value : report["opaque"])
    std::printf("%s: a value of %s, not read\n", text(value["where"]).c_str(),
                text(value["type"]).c_str());
  for (const auto& [key, value] : report["metadata"].items())
    std::printf("%s = %s\n", text(key).c_str(), text(value).c_str());
  std::printf("%zu %s, %s\n", report["tensors"].size(),
              report["tensors"].size() == 1 ? "tensor" : "tensors", text(report["format"]).c_str());
  if (report["candidates"].size() > 1)
    for (const auto& candidate : report["candidates"])
      std::printf("weights %s: %zu %s%s\n", text(candidate["name"]).c_str(),
                  candidate["tensors"].get<std::size_t>(),
                  candidate["tensors"] == 1 ? "tensor" : "tensors",
                  candidate["taken"].get<bool>() ? ", taken" : "");
  for (const auto& note : report["notes"]) std::printf("note: %s\n", text(note).c_str());
  const auto& network = report["network"];
  if (network.is_null()) {
    std::printf("It fits no network that is known here.\n");
    return;
  }
  std::printf("%s: %s\n", text(network["description"]).c_str(),
              network["fits"].get<bool>() ? "fits" : "does not fit");
  for (const char* kind : {"missing", "unexpected", "misshaped", "not_read"})
    for (const auto& key : network[kind]) std::printf("  %s: %s\n", kind, text(key).c_str());
}

}  // namespace

void addInspectCommand(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("inspect", "Lists what a checkpoint holds and which network it fits");
  const auto arguments = std::make_shared<InspectArguments>();
  arguments->checkpoint.addPositional(*command, "file", ".pth or .safetensors");
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->callback([arguments] {
    const CheckpointArgument& checkpoint = arguments->checkpoint;
    const CheckpointFile file = openCheckpoint(checkpoint.path(), checkpoint.options());
    const nlohmann::json report = describe(file, *arguments);
    if (arguments->json)
      std::cout << dumped(report, 1) << "\n";
    else
      print(report);
    // Values that are not finite, mask components that do not fit: as when a command opens it.
    const auto& network = report["network"];
    if (!network.is_null() && network["fits"].get<bool>()) {
      std::cout.flush();
      openNetwork(file, checkpoint.path(), checkpoint.options());
    }
  });
}

}  // namespace uninet
