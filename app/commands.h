#pragma once

#include <atomic>
#include <string>

#include "core/base/progress.h"

namespace CLI {
class App;
}

namespace uninet {

/// Set by Ctrl-C and SIGTERM while a subcommand runs; a second one ends the program at once.
const std::atomic<bool>& stopFlag();

/// Progress of a subcommand on stderr: on a terminal one line that is drawn anew, with count, rate
/// and time left; otherwise a plain line about every 10 s and one at the end. Its step() throws
/// Cancelled after Ctrl-C.
Progress terminalProgress(const std::string& what);

// Each add…Command() lives in app/<name>_command.cpp and is called in the list in main.cpp. The
// body of a command is its CLI11 callback, which may throw Error and Cancelled.
void addAttackCommand(CLI::App& app);
void addBenchCommand(CLI::App& app);
void addCheckAttackCommand(CLI::App& app);
void addCompareCommand(CLI::App& app);
void addConvertCommand(CLI::App& app);
void addEvaluateCommand(CLI::App& app);
void addFiguresCommand(CLI::App& app);
#ifdef UNINET_GUI
void addFirstLightCommand(CLI::App& app);
#endif
void addHelpPagesCommand(CLI::App& app);
void addInspectCommand(CLI::App& app);
void addMaskComponentsCommand(CLI::App& app);
void addMergeCommand(CLI::App& app);
void addPredictCommand(CLI::App& app);
void addProfileCommand(CLI::App& app);
void addScenesCommand(CLI::App& app);
void addSweepCommand(CLI::App& app);
void addTable1Command(CLI::App& app);
void addTable2Command(CLI::App& app);
void addTrainCommand(CLI::App& app);

}  // namespace uninet
