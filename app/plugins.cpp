#include "app/plugins.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/sources.h"
#include "attacks/registry/load_plugin.h"

namespace uninet {
namespace {

constexpr std::string_view kFlag = "--plugin", kJoined = "--plugin=";

}  // namespace

void loadNamedPlugins(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") return;
    if (argument.starts_with(kJoined))
      loadAttackPlugin(argument.substr(kJoined.size()));
    else if (argument == kFlag && i + 1 < argc)
      loadAttackPlugin(argv[++i]);
  }
}

void addPluginFlag(CLI::App& command) {
  const auto files = std::make_shared<std::vector<std::string>>();
  command
      .add_option_function<std::vector<std::string>>(
          std::string(kFlag), [files](const std::vector<std::string>& given) { *files = given; },
          "Shared library with attacks of your own, whose code is run; more than once for several")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->check(notEmpty());
}

}  // namespace uninet
