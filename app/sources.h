#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/note_counter.h"
#include "core/results/sweep_report.h"
#include "core/session/session.h"
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

  /// --precision, in which an attack takes its gradients.
  void addPrecision(CLI::App& command);
  /// That of a session, unless --precision was given.
  void takePrecision(const std::string& precision);
  const std::string& precision() const { return precision_; }

  std::filesystem::path path() const;
  /// Throws Error for a size that no network can have.
  OpenOptions options() const;
  /// Whether any flag of addOpening() was given.
  bool opensSpecially() const { return !(weights_.empty() && size_.empty() && mask_.empty()); }
  /// On the device of --device.
  Engine open() const;

  /// Takes what no flag says from a session; nothing if --checkpoint names another file.
  void takeFrom(const Session::Network& network);
  /// As a session keeps it; `sha256` is that of the file that was opened.
  Session::Network forSession(const std::string& sha256) const;

 private:
  std::string weights_, size_, mask_, precision_ = "float32";
  const CLI::Option* precisionOption_ = nullptr;
};

/// "note: …" for each, on stdout.
void printNotes(const std::vector<std::string>& notes);

/// --data, --split, --labels and --depth-unit of a command: a tree, a folder or picture, or the
/// word "streetscape" for the built-in street world, which is rendered at the size of the network.
struct DataArgument {
  std::string data = "streetscape";
  std::string split = "val";
  std::string labels = "auto";
  std::int64_t scenes = kStreetscapeScenes;

  void add(CLI::App& command);
  /// --input of a command that reads pictures and no ground truth; without it there is no default.
  void addInput(CLI::App& command);
  std::unique_ptr<Dataset> open(cv::Size networkSize) const;
  /// Everything that was said of the data, for comparing with what was said another time.
  std::string text() const;

  /// Takes the data of a session unless --data was given, and its split, labels, scenes and unit of
  /// depth unless their flags were. Whether the data is the session's now.
  bool takeFrom(const Session::Data& sessions);
  /// As a session keeps it.
  Session::Data forSession() const;

 private:
  void addSplit(CLI::App& command);

  double depthUnit_ = 0;

  std::vector<std::filesystem::path> pictures_;  ///< of a session, instead of `data`
  const CLI::Option* dataOption_ = nullptr;
  const CLI::Option* splitOption_ = nullptr;
  const CLI::Option* labelsOption_ = nullptr;
  const CLI::Option* scenesOption_ = nullptr;
  const CLI::Option* depthUnitOption_ = nullptr;
};

/// --session of a command.
struct SessionArgument {
  std::string file;

  void add(CLI::App& command, const std::string& help);
  /// nullopt: none was given, or it is not there yet. Throws Error as readSession() does.
  std::optional<Session> read() const;
};

/// --resamples and --bootstrap-seed of a command that computes intervals.
struct BootstrapArgument {
  BootstrapOptions options;

  void add(CLI::App& command);
};

/// What was missing or assumed of the images, as "note: …" lines on stdout.
void printNotes(const NoteCounter& notes);

}  // namespace uninet
