#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/files.h"
#include "core/outputs/coco_export.h"
#include "core/outputs/prediction_files.h"
#include "model/engine/evaluate.h"

namespace uninet {
namespace {

struct EvaluateArguments {
  CheckpointArgument checkpoint;
  DataArgument data;
  std::int64_t limit = 0;
  std::string out;
  bool json = false;
};

std::string numberText(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  return std::isfinite(value) ? text : "\u2013";
}

void printTable(const Metrics& found) {
  for (const auto& [key, value] : found.values)
    std::printf("%-24s %s\n", key.c_str(), numberText(value).c_str());
  for (const auto& [name, values] : found.classes) {
    std::printf("%s:", name.c_str());
    for (const auto& [key, value] : values)
      if (std::isfinite(value)) std::printf("  %s %s", key.c_str(), numberText(value).c_str());
    std::printf("\n");
  }
}

/// Labels and depth as PNG: ground truth at network size, and what was predicted.
void writeMaps(const EvaluatedImage& image, const std::filesystem::path& out) {
  const std::string name = image.original.name + ".png";
  const auto write = [&](const char* folder, const cv::Mat& map) {
    if (!map.empty()) writePng(out / folder / name, map);
  };
  const auto labels = [](const cv::Mat& ids) { return ids.empty() ? cv::Mat() : labelIdsOf(ids); };
  const auto depth = [](const cv::Mat& m) { return m.empty() ? cv::Mat() : depthPng(m); };
  write("labels", labels(image.prediction.trainIds));
  write("labels_truth", labels(image.resized.trainIds));
  write("depth", depth(image.prediction.depthMetres));
  write("depth_truth", depth(image.resized.depthMetres));
}

void evaluate(const EvaluateArguments& arguments) {
  const Engine engine = arguments.checkpoint.open();
  const auto data = arguments.data.open(engine.spec().size);
  const std::filesystem::path out = arguments.out;
  CocoExport coco;
  std::function<void(const EvaluatedImage&)> listener;
  if (!arguments.out.empty()) {
    for (const char* folder : {"labels", "labels_truth", "depth", "depth_truth"})
      makeFolder(out / folder);
    listener = [&](const EvaluatedImage& image) {
      coco.add(image.original, image.prediction);
      writeMaps(image, out);
    };
  }
  const Metrics found = evaluateDataset(engine, *data, static_cast<std::size_t>(arguments.limit),
                                        terminalProgress("evaluate"), listener);
  nlohmann::json report = found.toJson();
  report["checkpoint"] = {{"file", engine.title()}, {"sha256", engine.hash()}};
  report["data"] = data->title();
  report["notes"] = engine.notes();
  if (!arguments.out.empty()) {
    coco.write(out);
    writeTextFile(out / "metrics.json", report.dump(1) + "\n");
  }
  if (arguments.json) {
    std::cout << report.dump(1) << "\n";
  } else {
    printTable(found);
    printNotes(engine.notes());
  }
}

}  // namespace

void addEvaluateCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("evaluate", "Measures all tasks on a split");
  const auto arguments = std::make_shared<EvaluateArguments>();
  arguments->checkpoint.add(*command);
  arguments->data.add(*command);
  command->add_option("--limit", arguments->limit, "At most so many images; 0: all")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->add_option("--out", arguments->out,
                      "Folder for metrics.json, COCO files, label and depth images");
  command->callback([arguments] { evaluate(*arguments); });
}

}  // namespace uninet
