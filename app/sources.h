#pragma once

#include <memory>
#include <string>

#include "core/data/dataset.h"
#include "core/results/sweep_report.h"
#include "model/engine/engine.h"

namespace CLI {
class App;
}

namespace uninet {

/// --checkpoint of a command; without it the demo that comes with the program.
struct CheckpointArgument {
  std::string file;

  void add(CLI::App& command);
  Engine open() const;
};

/// --data and --split of a command: a Cityscapes tree, a folder or picture, or the word
/// "streetscape" for the built-in street world, which is rendered at the size of the network.
struct DataArgument {
  std::string data = "streetscape";
  std::string split = "val";
  std::int64_t scenes = 200;

  void add(CLI::App& command);
  std::unique_ptr<Dataset> open(cv::Size networkSize) const;
};

/// --resamples and --bootstrap-seed of a command that computes intervals.
struct BootstrapArgument {
  BootstrapOptions options;

  void add(CLI::App& command);
};

/// Seed of the Streetscape splits that commands and window use.
inline constexpr std::uint64_t kStreetscapeSeed = 1;

}  // namespace uninet
