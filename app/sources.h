#pragma once

#include <memory>
#include <string>

#include "core/data/dataset.h"
#include "core/data/note_counter.h"
#include "core/results/sweep_report.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace uninet {

/// --checkpoint of a command; without it the demo that comes with the program.
struct CheckpointArgument {
  std::string file;

  void add(CLI::App& command);
  Engine open() const;
};

/// --data, --split and --labels of a command: a Cityscapes tree, a folder or picture, or the word
/// "streetscape" for the built-in street world, which is rendered at the size of the network.
struct DataArgument {
  std::string data = "streetscape";
  std::string split = "val";
  std::string labels = "auto";
  std::int64_t scenes = kStreetscapeScenes;

  void add(CLI::App& command);
  /// --input of a command that reads pictures and no ground truth; without it there is no default.
  void addInput(CLI::App& command);
  std::unique_ptr<Dataset> open(cv::Size networkSize) const;

 private:
  void addSplit(CLI::App& command);

  const CLI::Option* splitOption_ = nullptr;
};

/// --resamples and --bootstrap-seed of a command that computes intervals.
struct BootstrapArgument {
  BootstrapOptions options;

  void add(CLI::App& command);
};

/// What was missing or assumed of the images, as "note: …" lines on stdout.
void printNotes(const NoteCounter& notes);

}  // namespace uninet
