#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/data/letterbox.h"
#include "core/outputs/output_folder.h"
#include "core/outputs/prediction_files.h"
#include "model/engine/raw_outputs.h"

namespace uninet {
namespace {

struct PredictArguments {
  CheckpointArgument checkpoint;
  DataArgument data;
  std::string out;
  std::int64_t limit = 0;
  bool raw = false;
};

std::vector<std::string> notesOf(const cv::Mat& image, cv::Size size) {
  if (letterboxOf(image.size(), size).size() == size) return {};
  return {concat("scaled into the ", sizeText(size),
                 " of the network with grey bars, as it has another aspect")};
}

void predictAll(const PredictArguments& arguments) {
  const Engine engine = arguments.checkpoint.open();
  printNotes(engine.notes());
  const cv::Size size = engine.spec().size;
  auto data = arguments.data.open(size);
  OutputFolder out(arguments.out, "report.json", "predict");
  out.refuseInput(arguments.data.data);
  // What was removed may have been among the pictures of a folder around it.
  if (out.removeEarlier() > 0) data = arguments.data.open(size);
  const std::size_t count = arguments.limit > 0
                                ? std::min(data->size(), static_cast<std::size_t>(arguments.limit))
                                : data->size();
  const Progress progress = terminalProgress("predict");
  NoteCounter notes;
  nlohmann::json failed = nlohmann::json::array();
  for (std::size_t i = 0; i < count; ++i) {
    progress.step(static_cast<std::int64_t>(i), static_cast<std::int64_t>(count), data->name(i));
    try {
      const cv::Mat image = data->image(i);
      const Prediction prediction = engine.predict(image);
      const std::filesystem::path folder = out.path() / data->name(i);
      out.add(writePrediction(prediction, folder));
      if (arguments.raw) {
        writeRawOutputs(engine, prediction.image, folder / "raw.safetensors");
        out.add({folder / "raw.safetensors"});
      }
      notes.add(data->name(i), notesOf(image, size));
    } catch (const Error& error) {
      std::fprintf(stderr, "uninet: %s\n", error.what());
      failed.push_back(data->name(i));
    }
  }
  progress.step(static_cast<std::int64_t>(count), static_cast<std::int64_t>(count));
  std::vector<std::string> said = engine.notes();
  for (const std::string& line : notes.lines()) said.push_back(line);
  out.writeReport({{"checkpoint", {{"file", engine.title()}, {"sha256", engine.hash()}}},
                   {"arithmetic", engine.arithmetic()},
                   {"data", data->title()},
                   {"images", count - failed.size()},
                   {"failed", failed},
                   {"notes", said}});
  printNotes(notes);
  std::printf("%zu of %zu images written to %s\n", count - failed.size(), count,
              arguments.out.c_str());
  if (!failed.empty())
    throw Error(concat(failed.size(), " of ", count, " images could not be predicted, see above"));
}

}  // namespace

void addPredictCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("predict", "Writes the outputs of pictures");
  const auto arguments = std::make_shared<PredictArguments>();
  arguments->checkpoint.add(*command);
  arguments->data.addInput(*command);
  addNumber<std::int64_t>(*command, "--limit", arguments->limit, "At most so many images; 0: all",
                          0, kMostImages);
  command->add_option("--out", arguments->out, "Folder; each image gets one of its own in it")
      ->required();
  command->add_flag("--raw", arguments->raw,
                    "Adds raw.safetensors: every feature map and raw output");
  command->callback([arguments] { predictAll(*arguments); });
}

}  // namespace uninet
