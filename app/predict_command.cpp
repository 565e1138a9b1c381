#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/outputs/prediction_files.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/raw_outputs.h"

namespace uninet {
namespace {

struct PredictArguments {
  CheckpointArgument checkpoint;
  std::string input, split = "val", out;
  std::int64_t limit = 0;
  bool raw = false;
};

void predictAll(const PredictArguments& arguments) {
  const Engine engine = arguments.checkpoint.open();
  printNotes(engine.notes());
  const auto data =
      arguments.input == "streetscape"
          ? openStreetscape(arguments.split, 200, kStreetscapeSeed, engine.spec().size)
          : openDataset(arguments.input, arguments.split);
  const std::size_t count = arguments.limit > 0
                                ? std::min(data->size(), static_cast<std::size_t>(arguments.limit))
                                : data->size();
  const Progress progress = terminalProgress("predict");
  std::size_t failed = 0;
  for (std::size_t i = 0; i < count; ++i) {
    progress.step(static_cast<std::int64_t>(i), static_cast<std::int64_t>(count), data->name(i));
    try {
      const Prediction prediction = engine.predict(data->image(i));
      const std::filesystem::path folder = std::filesystem::path(arguments.out) / data->name(i);
      writePrediction(prediction, folder);
      if (arguments.raw) writeRawOutputs(engine, prediction.image, folder / "raw.safetensors");
    } catch (const Error& error) {
      std::fprintf(stderr, "uninet: %s\n", error.what());
      ++failed;
    }
  }
  progress.step(static_cast<std::int64_t>(count), static_cast<std::int64_t>(count));
  std::printf("%zu of %zu images written to %s\n", count - failed, count, arguments.out.c_str());
  if (failed > 0)
    throw Error(concat(failed, " of ", count, " images could not be predicted, see above"));
}

}  // namespace

void addPredictCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("predict", "Writes the five outputs of pictures");
  const auto arguments = std::make_shared<PredictArguments>();
  arguments->checkpoint.add(*command);
  command
      ->add_option("--input", arguments->input,
                   "Picture, folder, list of pictures, Cityscapes tree, or \"streetscape\"")
      ->required();
  command->add_option("--split", arguments->split, "Split of a Cityscapes tree (default val)");
  command->add_option("--limit", arguments->limit, "At most so many images; 0: all")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--out", arguments->out, "Folder; each image gets one of its own in it")
      ->required();
  command->add_flag("--raw", arguments->raw,
                    "Adds raw.safetensors: every feature map and raw output");
  command->callback([arguments] { predictAll(*arguments); });
}

}  // namespace uninet
