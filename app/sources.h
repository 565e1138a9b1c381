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
class Validator;
}  // namespace CLI

namespace uninet {

/// Refuses an empty text, which stands for a variable that was not set and never for "as without
/// this flag".
const CLI::Validator& notEmpty();

/// The checkpoint of a command and how it is opened, with the flags for it; without one the demo
/// that comes with the program.
struct CheckpointArgument {
  std::string file;

  /// --checkpoint and the flags of addOpening().
  void add(CLI::App& command);
  /// The file as an argument without a flag, and the flags of addOpening().
  void addPositional(CLI::App& command, const std::string& name, const std::string& help);
  /// --weights, --size and --mask-components; `size` false: for a command whose --size is another.
  void addOpening(CLI::App& command, bool size = true);

  std::filesystem::path path() const;
  /// Throws Error for a size that no network can have.
  OpenOptions options() const;
  /// Whether any flag of addOpening() was given.
  bool opensSpecially() const { return !(weights_.empty() && size_.empty() && mask_.empty()); }
  Engine open() const;

 private:
  std::string weights_, size_, mask_;
};

/// "note: …" for each, on stdout.
void printNotes(const std::vector<std::string>& notes);

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
