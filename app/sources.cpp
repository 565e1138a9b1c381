#include "app/sources.h"

#include <CLI/CLI.hpp>

#include <cstdio>

#include "app/numbers.h"
#include "core/base/resources.h"

namespace uninet {

const CLI::Validator& notEmpty() {
  static const CLI::Validator kNotEmpty(
      [](std::string& text) { return text.empty() ? std::string("it is empty") : std::string(); },
      "");
  return kNotEmpty;
}

void CheckpointArgument::add(CLI::App& command) {
  command
      .add_option("--checkpoint", file,
                  "Checkpoint, .pth or .safetensors (default: the built-in demo)")
      ->check(notEmpty());
  addOpening(command);
}

void CheckpointArgument::addPositional(CLI::App& command, const std::string& name,
                                       const std::string& help) {
  command.add_option(name, file, help)->required()->check(notEmpty());
  addOpening(command);
}

void CheckpointArgument::addOpening(CLI::App& command, bool size) {
  command
      .add_option("--weights", weights_,
                  "Key of the weights in the checkpoint, where it holds several (see inspect)")
      ->check(notEmpty());
  if (size)
    command
        .add_option("--size", size_, "Height x width of the network input instead of the file's")
        ->check(notEmpty());
  command
      .add_option("--mask-components", mask_,
                  "pca_meinst.npz of the official network (default: that of the checkpoint, or "
                  "the one beside it)")
      ->check(notEmpty());
}

std::filesystem::path CheckpointArgument::path() const {
  return file.empty() ? resourceFile(kDemoCheckpoint) : std::filesystem::path(file);
}

OpenOptions CheckpointArgument::options() const {
  OpenOptions options{weights_, std::nullopt, mask_};
  if (!size_.empty()) options.size = parseSize(size_, "--size");
  return options;
}

Engine CheckpointArgument::open() const { return Engine::open(path(), options()); }

void printNotes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) std::printf("note: %s\n", note.c_str());
}

void DataArgument::add(CLI::App& command) {
  command.add_option("--data", data,
                     "Cityscapes tree, folder, list or picture; \"streetscape\" is the built-in "
                     "world (default)");
  addSplit(command);
  command
      .add_option("--labels", labels,
                  "What the label images of a tree hold: label-ids, train-ids, or auto: found out "
                  "from their values (default)")
      ->check(CLI::IsMember({"auto", "label-ids", "train-ids"}));
}

void BootstrapArgument::add(CLI::App& command) {
  addNumber(command, "--resamples", options.resamples, "Bootstrap samples (default 1000)", 2,
            1000000);
  addNumber<std::uint64_t>(command, "--bootstrap-seed", options.seed,
                           "Seed of the bootstrap samples (default 0)", 0, kLargestSeed);
}

void DataArgument::addInput(CLI::App& command) {
  command
      .add_option("--input", data,
                  "Picture, folder, list of pictures, Cityscapes tree, or \"streetscape\"")
      ->required();
  addSplit(command);
}

void DataArgument::addSplit(CLI::App& command) {
  splitOption_ = command.add_option(
      "--split", split, "Split of a Cityscapes tree or of Streetscape (default " + split + ")");
  addNumber<std::int64_t>(command, "--scenes", scenes,
                          "Scenes of a Streetscape split (default 200)", 1, kMostImages);
}

std::unique_ptr<Dataset> DataArgument::open(cv::Size networkSize) const {
  if (data == "streetscape")
    return openDefaultStreetscape(split, networkSize, static_cast<std::size_t>(scenes));
  const bool given = splitOption_ != nullptr && splitOption_->count() > 0;
  return openDataset(data, {split, given, parseLabelChoice(labels)});
}

void printNotes(const NoteCounter& notes) {
  for (const std::string& line : notes.lines()) std::printf("note: %s\n", line.c_str());
}

}  // namespace uninet
