#ifdef UNINET_GUI
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "ui/window/first_light.h"
#include "ui/window/screens.h"

namespace uninet {

void addFirstLightCommand(CLI::App& app) {
  struct Arguments {
    std::string out = "out/first-light";
    CheckpointArgument checkpoint;
    std::string screens, language = "en", results;
  };
  const auto tell = [](const std::string& stage) {
    std::fprintf(stderr, "first-light: %s\n", stage.c_str());
  };
  CLI::App* command = app.add_subcommand(
      "first-light", "What the window shows of the demo, as pictures, without a display");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--out", arguments->out, "Folder (default out/first-light)");
  arguments->checkpoint.add(*command);
  CLI::Option* screens = command->add_option(
      "--screens", arguments->screens,
      "Instead: pictures of the window at several sizes, light and dark, before and after an "
      "attack and of each tab, into this folder (resources/scripts/screenshots.sh)");
  command->add_option("--language", arguments->language, "Of these pictures (default en)")
      ->needs(screens);
  command->add_option("--results", arguments->results, "Results of a sweep for the tabs in them")
      ->needs(screens);
  command->callback([arguments, tell] {
    const CheckpointArgument& checkpoint = arguments->checkpoint;
    const bool all = !arguments->screens.empty();
    if (all)
      writeScreens({arguments->screens, checkpoint.path(), checkpoint.options(),
                    arguments->language, arguments->results},
                   tell);
    else
      writeFirstLight(arguments->out, checkpoint.path(), checkpoint.options(), tell);
    std::printf("written to %s\n", (all ? arguments->screens : arguments->out).c_str());
  });
}

}  // namespace uninet
#endif
