#ifdef UNINET_GUI
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "ui/window/first_light.h"

namespace uninet {

void addFirstLightCommand(CLI::App& app) {
  struct Arguments {
    std::string out = "out/first-light";
    CheckpointArgument checkpoint;
  };
  CLI::App* command = app.add_subcommand(
      "first-light", "What the window shows of the demo, as pictures, without a display");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--out", arguments->out, "Folder (default out/first-light)");
  arguments->checkpoint.add(*command);
  command->callback([arguments] {
    const CheckpointArgument& checkpoint = arguments->checkpoint;
    writeFirstLight(
        arguments->out, checkpoint.path(), checkpoint.options(),
        [](const std::string& stage) { std::fprintf(stderr, "first-light: %s\n", stage.c_str()); });
    std::printf("written to %s\n", arguments->out.c_str());
  });
}

}  // namespace uninet
#endif
