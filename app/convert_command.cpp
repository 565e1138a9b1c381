#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "core/base/error.h"
#include "model/checkpoint/checkpoint.h"
#include "model/network/network_file.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"

namespace uninet {
namespace {

struct ConvertArguments {
  std::string from, to;
  bool half = false;
};

/// load_state_dict() refuses keys that it does not know: the mask code, which the released network
/// keeps in a file of its own, stays behind.
void writeForPython(const Network& network, const std::filesystem::path& to, bool half) {
  auto tensors = rawWeights(network, half);
  const auto before = tensors.size();
  std::erase_if(tensors, [](const auto& entry) { return isAuxiliaryEntry(entry.first); });
  writePth(to, tensors);
  if (tensors.size() < before)
    std::printf("the mask code is left out: load_state_dict() would refuse it\n");
}

void convert(const ConvertArguments& arguments) {
  const Network network = loadNetwork(arguments.from);
  const std::filesystem::path to = arguments.to;
  if (to.extension() == ".safetensors")
    saveNetwork(network, to, arguments.half);
  else if (to.extension() == ".pth" || to.extension() == ".pt")
    writeForPython(network, to, arguments.half);
  else
    throw Error(concat(arguments.to, ": expected a name that ends in .safetensors or .pth"));
  std::printf("written to %s\n", to.c_str());
}

}  // namespace

void addConvertCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "convert", "Writes a network as .safetensors, or as .pth for Python's load_state_dict");
  const auto arguments = std::make_shared<ConvertArguments>();
  command->add_option("from", arguments->from, "Checkpoint")->required();
  command->add_option("to", arguments->to, "File to write")->required();
  command->add_flag("--half", arguments->half, "Half precision");
  command->callback([arguments] { convert(*arguments); });
}

}  // namespace uninet
