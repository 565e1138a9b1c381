#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "model/network/network_file.h"
#include "model/networks/open_network.h"

namespace uninet {
namespace {

struct ConvertArguments {
  CheckpointArgument from;
  std::string to;
  bool half = false;
};

void convert(const ConvertArguments& arguments) {
  const std::filesystem::path to = arguments.to;
  const bool forPython = to.extension() == ".pth" || to.extension() == ".pt";
  if (!forPython && to.extension() != ".safetensors")
    throw Error(concat(arguments.to, ": expected a name that ends in .safetensors or .pth"));
  const OpenedNetwork opened = openNetwork(arguments.from.path(), arguments.from.options());
  printNotes(opened.notes);
  if (forPython)
    saveForPython(opened.network, to, arguments.half);
  else
    saveNetwork(opened.network, to, arguments.half);
  std::printf("written to %s\n", to.c_str());
}

}  // namespace

void addConvertCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "convert", "Writes a network as .safetensors, or as .pth for Python's load_state_dict");
  const auto arguments = std::make_shared<ConvertArguments>();
  arguments->from.addPositional(*command, "from", "Checkpoint");
  command->add_option("to", arguments->to, "File to write")->required();
  command->add_flag("--half", arguments->half, "Half precision");
  command->callback([arguments] { convert(*arguments); });
}

}  // namespace uninet
