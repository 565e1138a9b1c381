#include "app/sources.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/device_flag.h"
#include "app/numbers.h"
#include "core/base/folders.h"
#include "core/base/resources.h"
#include "core/data/dataset.h"
#include "core/data/folder_dataset.h"
#include "model/engine/precision.h"

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

void CheckpointArgument::addPrecision(CLI::App& command) {
  precisionOption_ =
      command
          .add_option("--precision", precision_,
                      "Of gradients: float32 (default), float64 (LibTorch's operations, slow: the "
                      "reference), bfloat16 (where the processor or the card has it) or tf32 "
                      "(convolutions of a card); metrics are float32's")
          ->check(
              CLI::IsMember(std::vector<std::string>(precisions().begin(), precisions().end())));
}

void CheckpointArgument::takePrecision(const std::string& precision) {
  if (precisionOption_ == nullptr || precisionOption_->count() == 0) precision_ = precision;
}

Engine CheckpointArgument::open() const {
  return withPrecision(Engine::open(path(), options()).onDevice(chosenDevice()), precision_);
}

void CheckpointArgument::takeFrom(const Session::Network& network) {
  if (!file.empty()) return;
  if (network.kind == Session::Network::Kind::file) file = network.file.string();
  if (weights_.empty()) weights_ = network.weights;
  if (size_.empty()) size_ = network.size;
  if (mask_.empty()) mask_ = network.maskComponents.string();
}

Session::Network CheckpointArgument::forSession(const std::string& sha256) const {
  Session::Network network;
  network.kind = file.empty() ? Session::Network::Kind::demo : Session::Network::Kind::file;
  if (!file.empty()) network.file = plainPath(file);
  if (!mask_.empty()) network.maskComponents = plainPath(mask_);
  network.weights = weights_;
  network.size = size_;
  network.sha256 = sha256;
  return network;
}

void printNotes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) std::printf("note: %s\n", note.c_str());
}

void DataArgument::add(CLI::App& command) {
  dataOption_ = command.add_option(
      "--data", data,
      "Cityscapes or NYUv2 tree, folder, list or picture; \"streetscape\" is the built-in world "
      "(default)");
  addSplit(command);
  labelsOption_ =
      command
          .add_option("--labels", labels,
                      "What the label images of a tree hold: label-ids, train-ids, or auto: found "
                      "out from their values (default)")
          ->check(CLI::IsMember({"auto", "label-ids", "train-ids"}));
  addNumber(command, "--depth-unit", depthUnit_,
            "Metres of one unit of NYUv2's depth files (default: 0.001 of PNG, 1 of .npy)",
            kSmallestDepthUnit, kLargestDepthUnit);
  depthUnitOption_ = command.get_option("--depth-unit");
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
                  "Picture, folder, list of pictures, Cityscapes or NYUv2 tree, or \"streetscape\"")
      ->required();
  addSplit(command);
}

void DataArgument::addSplit(CLI::App& command) {
  splitOption_ = command.add_option("--split", split,
                                    "Split of a tree or of Streetscape (default " + split + ")");
  addNumber<std::int64_t>(command, "--scenes", scenes,
                          "Scenes of a Streetscape split (default 200)", 1, kMostImages);
  scenesOption_ = command.get_option("--scenes");
}

std::unique_ptr<Dataset> DataArgument::open(cv::Size networkSize) const {
  if (!pictures_.empty()) return openPictureFiles(pictures_);
  if (data == "streetscape")
    return openDefaultStreetscape(split, networkSize, static_cast<std::size_t>(scenes));
  const bool given = splitOption_ != nullptr && splitOption_->count() > 0;
  return openDataset(data, {split, given, parseLabelChoice(labels), depthUnit_});
}

std::string DataArgument::text() const {
  std::vector<std::string> pictures;
  for (const std::filesystem::path& picture : pictures_) pictures.push_back(picture.string());
  return nlohmann::json{data, split, labels, scenes, depthUnit_, pictures}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool DataArgument::takeFrom(const Session::Data& sessions) {
  using Kind = Session::Data::Kind;
  if ((dataOption_ != nullptr && dataOption_->count() > 0) || sessions.kind == Kind::none)
    return false;
  if (sessions.kind == Kind::path) data = sessions.paths.front().string();
  if (sessions.kind == Kind::pictures) pictures_ = sessions.paths;
  const auto given = [](const CLI::Option* option) {
    return option != nullptr && option->count() > 0;
  };
  if (!given(splitOption_) && !sessions.split.empty()) split = sessions.split;
  if (!given(labelsOption_) && !sessions.labels.empty()) labels = sessions.labels;
  if (!given(scenesOption_) && sessions.scenes > 0) scenes = sessions.scenes;
  if (!given(depthUnitOption_) && sessions.depthUnit > 0) depthUnit_ = sessions.depthUnit;
  return true;
}

Session::Data DataArgument::forSession() const {
  using Kind = Session::Data::Kind;
  if (!pictures_.empty()) return {Kind::pictures, pictures_, ""};
  Session::Data kept;
  if (data == "streetscape") {
    kept = {Kind::streetscape, {}, split};
    if (scenes != static_cast<std::int64_t>(kStreetscapeScenes)) kept.scenes = scenes;
    return kept;
  }
  const std::filesystem::path path = plainPath(data);
  kept = {Kind::path, {path}, hasSplits(path) ? split : ""};
  if (labels != "auto") kept.labels = labels;
  kept.depthUnit = depthUnit_;
  return kept;
}

void SessionArgument::add(CLI::App& command, const std::string& help) {
  command.add_option("--session", file, help)->check(notEmpty());
}

std::optional<Session> SessionArgument::read() const {
  if (file.empty() || !isThere(file)) return std::nullopt;
  return readSession(file);
}

void printNotes(const NoteCounter& notes) {
  for (const std::string& line : notes.lines()) std::printf("note: %s\n", line.c_str());
}

}  // namespace uninet
