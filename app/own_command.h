#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace uninet {

/// How a command of this program ended that had a process of its own.
struct OwnOutcome {
  int exitCode = 0;     ///< meaningless if a signal ended it
  int signal = 0;       ///< 0: it ended by itself
  double seconds = 0;   ///< from its start to its end
  std::string problem;  ///< why it failed, one sentence; empty: it did not
};

/// Runs this program with `arguments` in a process of its own and waits. What it prints goes to
/// the files `out` (empty: nowhere) and `errors`. `tick` is called about ten times a second
/// meanwhile; if it throws, the process is asked to end and waited for. Throws Error if no process
/// can be started.
OwnOutcome runOwnCommand(const std::vector<std::string>& arguments,
                         const std::filesystem::path& out, const std::filesystem::path& errors,
                         const std::function<void()>& tick = {});

}  // namespace uninet
