#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/networks/open_options.h"

namespace uninet {

/// What the command line asks the window to open; nothing: the built-in demo.
struct WindowArguments {
  int threads = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> paths;  ///< pictures, folders, checkpoints
  std::string checkpoint, data, split = "val";
  OpenOptions opening;      ///< of the checkpoint, wherever it is named
  std::string labels;       ///< of a tree, wherever it is named; empty: found out
  std::int64_t scenes = 0;  ///< of Streetscape; 0: the default number
  double depthUnit = 0;     ///< metres, of a tree, wherever it is named; 0: what it has
  std::string device;       ///< as Engine::device(); empty: the one that was chosen last
};

/// Shows the window until it is closed; returns the exit status.
int runWindow(int& argc, char** argv, const WindowArguments& arguments);

}  // namespace uninet
