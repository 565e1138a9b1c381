#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/device_flag.h"
#include "app/numbers.h"
#include "app/plugins.h"
#include "app/sources.h"
#include "app/version_text.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/log.h"
#include "model/engine/engine.h"
#ifdef UNINET_GUI
#include "ui/window/run_window.h"
#endif

namespace uninet {
namespace {

constexpr int kFailed = 1, kUsage = 2, kCancelled = 130;

std::atomic<bool> g_stop{false};

/// One line per subcommand, in the order in which --help lists them.
void addCommands(CLI::App& app) {
  addPredictCommand(app);
  addAttackCommand(app);
  addCheckAttackCommand(app);
  addBenchCommand(app);
  addCompareCommand(app);
  addConvertCommand(app);
  addEvaluateCommand(app);
  addFiguresCommand(app);
  addSweepCommand(app);
  addMergeCommand(app);
  addTable1Command(app);
  addTable2Command(app);
  addTrainCommand(app);
  addMaskComponentsCommand(app);
  addScenesCommand(app);
  addProfileCommand(app);
  addInspectCommand(app);
  addHelpPagesCommand(app);
#ifdef UNINET_GUI
  addFirstLightCommand(app);
#endif
}

/// Spinning OpenMP teams make everything several times slower as soon as another program is busy.
/// libgomp reads its environment when it is loaded, before main(): so this is called before the
/// libraries are initialised. A value that the variable has already is the user's.
void makeThreadsPassive(int, char**, char**) { setenv("OMP_WAIT_POLICY", "passive", 0); }

__attribute__((section(".preinit_array"),
               used)) void (*const g_beforeLibraries)(int, char**, char**) = makeThreadsPassive;

/// Ctrl-C, a kill and a terminal that goes away end a command in order; nohup and the
/// background of a script, which ignore them, are respected.
void stopOnSignals() {
  const auto handler = [](int) {
    if (g_stop.exchange(true)) _exit(kCancelled);
  };
  std::signal(SIGTERM, handler);
  for (const int number : {SIGINT, SIGHUP})
    if (std::signal(number, handler) == SIG_IGN) std::signal(number, SIG_IGN);
  // A reader of the output that ends first must not end a run; checkOutput() tells.
  std::signal(SIGPIPE, SIG_IGN);
}

/// Throws Error if not everything that was printed arrived.
void checkOutput() {
  errno = 0;
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return;
  throw Error(concat("standard output cannot be written",
                     errno != 0 ? std::string(": ") + std::strerror(errno) : std::string()));
}

/// Whether the command line was understood: what fails before that is an error of usage.
bool g_parsed = false;

struct Arguments {
  int threads = 0;
  std::vector<std::string> paths;
  CheckpointArgument checkpoint;
  std::string data, split = "val", labels;
  std::int64_t scenes = 0;
  double depthUnit = 0;
  std::vector<const CLI::Option*> ofTheWindow;
};

/// What the window takes means nothing to a command, whether it stands before the command or fell
/// through from it to the program.
void refuseWindowArguments(const CLI::App& app, const Arguments& arguments) {
  const std::string command = app.get_subcommands().front()->get_name();
  const std::string hint = "; see uninet " + command + " --help";
  for (const CLI::Option* option : arguments.ofTheWindow)
    if (option->count() > 0)
      throw CLI::ValidationError(
          concat("'", command, "' does not take ", option->get_name(), " here", hint));
  if (!arguments.paths.empty())
    throw CLI::ValidationError(
        concat("'", command, "' does not take '", arguments.paths.front(), "'", hint));
}

void refuseMissingPaths(const Arguments& arguments) {
  for (const std::string& path : arguments.paths)
    if (!isThere(path))
      throw CLI::ValidationError(
          concat("there is no command, file or folder named '", path, "'; see uninet --help"));
}

int openWindow(int argc, char** argv, const Arguments& arguments) {
#ifdef UNINET_GUI
  return runWindow(argc, argv,
                   {arguments.threads, 0, arguments.paths, arguments.checkpoint.file,
                    arguments.data, arguments.split, arguments.checkpoint.options(),
                    arguments.labels == "auto" ? std::string() : arguments.labels, arguments.scenes,
                    arguments.depthUnit, deviceGiven() ? chosenDevice() : std::string()});
#else
  (void)argc, (void)argv, (void)arguments;
  throw Error("this build has no window; give a command, see uninet --help");
#endif
}

int run(int argc, char** argv) {
  loadNamedPlugins(argc, argv);
  CLI::App app(
      "UniNet Workbench: attack one task of a multi-task network and watch the others.\n"
      "Without a command it opens the window.");
  app.name("uninet");
  app.fallthrough();  // global flags may stand after the command
  app.require_subcommand(0, 1);

  Arguments arguments;
  bool verbose = false;
  addNumber(app, "--threads", arguments.threads,
            "Threads that compute; 0 = OMP_NUM_THREADS, else all cores", 0, 1024);
  addDeviceFlag(app);
  CLI::Option* more = app.add_flag(
      "--verbose", verbose,
      "With --version: also libraries, features of the processor and arithmetic in use");
  // Behind those that it needs: options are worked off in the order in which they stand here.
  more->needs(app.set_version_flag("--version", [&] {
    if (verbose) configureCompute(arguments.threads);
    return versionText(verbose);
  }));
  app.add_option("path", arguments.paths,
                 "Pictures, folders, checkpoints or results of a sweep to open in the window");
  const std::size_t everywhere = app.get_options().size();
  arguments.checkpoint.add(app);
  app.add_option("--data", arguments.data,
                 "Cityscapes or NYUv2 tree, folder or picture to open in the window")
      ->check(notEmpty());
  app.add_option("--split", arguments.split, "Split to open in the window: train, val or test");
  app.add_option("--labels", arguments.labels,
                 "What the label images of a tree hold: label-ids, train-ids, or auto (default)")
      ->check(CLI::IsMember({"auto", "label-ids", "train-ids"}));
  addNumber<std::int64_t>(app, "--scenes", arguments.scenes,
                          "Scenes of the built-in world to open in the window (default 200)", 1,
                          kMostImages);
  addNumber(app, "--depth-unit", arguments.depthUnit,
            "Metres of one unit of NYUv2's depth files to open in the window", kSmallestDepthUnit,
            kLargestDepthUnit);
  addPluginFlag(app);
  for (CLI::Option* option : app.get_options()) arguments.ofTheWindow.push_back(option);
  arguments.ofTheWindow.erase(
      arguments.ofTheWindow.begin(),
      arguments.ofTheWindow.begin() + static_cast<std::ptrdiff_t>(everywhere));
  addCommands(app);

  // Runs after parsing and before the body of the command.
  app.parse_complete_callback([&] {
    g_parsed = true;
    std::string command;
    if (app.get_subcommands().empty()) {
      refuseMissingPaths(arguments);
    } else {
      command = app.get_subcommands().front()->get_name();
      refuseWindowArguments(app, arguments);
      stopOnSignals();
    }
    configureCompute(arguments.threads);
    chooseDevice(command);
  });
  try {
    app.parse(argc, argv);
    if (!app.get_subcommands().empty()) {
      checkOutput();
      return 0;
    }
    return openWindow(argc, argv, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << "uninet: " << error.what() << "\n";
    return kUsage;
  }
}

}  // namespace

const std::atomic<bool>& stopFlag() { return g_stop; }

}  // namespace uninet

int main(int argc, char** argv) {
  using namespace uninet;
  try {
    return run(argc, argv);
  } catch (const Cancelled&) {
    std::cerr << "uninet: stopped\n";
    return kCancelled;
  } catch (const std::exception& error) {
    std::cerr << "uninet: " << sentenceOf(error) << "\n";
    return g_parsed ? kFailed : kUsage;
  }
}
