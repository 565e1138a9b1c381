#include "app/sources.h"

#include <CLI/CLI.hpp>

#include "app/numbers.h"
#include "core/base/resources.h"
#include "core/streetscape/streetscape.h"

namespace uninet {

void CheckpointArgument::add(CLI::App& command) {
  command.add_option("--checkpoint", file,
                     "Checkpoint, .pth or .safetensors (default: the built-in demo)");
}

Engine CheckpointArgument::open() const {
  return Engine::open(file.empty() ? resourceFile(kDemoCheckpoint) : std::filesystem::path(file));
}

void DataArgument::add(CLI::App& command) {
  command.add_option("--data", data,
                     "Cityscapes tree, folder, list or picture; \"streetscape\" is the built-in "
                     "world (default)");
  command.add_option("--split", split,
                     "Split of a Cityscapes tree or of Streetscape (default val)");
  addNumber<std::int64_t>(command, "--scenes", scenes,
                          "Scenes of a Streetscape split (default 200)", 1, kMostImages);
}

void BootstrapArgument::add(CLI::App& command) {
  addNumber(command, "--resamples", options.resamples, "Bootstrap samples (default 1000)", 2,
            1000000);
  addNumber<std::uint64_t>(command, "--bootstrap-seed", options.seed,
                           "Seed of the bootstrap samples (default 0)", 0, kLargestSeed);
}

std::unique_ptr<Dataset> DataArgument::open(cv::Size networkSize) const {
  if (data == "streetscape")
    return openStreetscape(split, static_cast<std::size_t>(scenes), kStreetscapeSeed, networkSize);
  return openDataset(data, split);
}

}  // namespace uninet
