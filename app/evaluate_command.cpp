#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/base/pictures.h"
#include "core/outputs/coco_export.h"
#include "core/outputs/output_folder.h"
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

std::string shown(double value) { return std::isfinite(value) ? fixedText(value, 4) : "\u2013"; }

void printTable(const Metrics& found) {
  for (const auto& [key, value] : found.values) {
    const Metrics::Support& behind = found.behind.at(key);
    std::printf("%-24s %-8s %zu %s, %lld %s\n", key.c_str(), shown(value).c_str(), behind.images,
                behind.images == 1 ? "image" : "images", static_cast<long long>(behind.count),
                behind.what);
  }
  for (const auto& [name, values] : found.classes) {
    std::printf("%s:", name.c_str());
    for (const auto& [key, value] : values)
      if (std::isfinite(value)) std::printf("  %s %s", key.c_str(), shown(value).c_str());
    std::printf("\n");
  }
}

/// Labels and depth as PNG: ground truth at network size, and what was predicted.
void writeMaps(const EvaluatedImage& image, OutputFolder& out) {
  const std::string name = image.original.name + ".png";
  const auto write = [&](const char* folder, const cv::Mat& map) {
    if (map.empty()) return;
    const std::filesystem::path file = out.path() / folder / name;
    makeFolder(file.parent_path());  // names may hold slashes
    writePng(file, map);
    out.add({file});
  };
  const auto labels = [&](const cv::Mat& ids) {
    return ids.empty() ? cv::Mat() : labelIdsOf(ids, *image.prediction.classes);
  };
  const auto depth = [](const cv::Mat& m) { return m.empty() ? cv::Mat() : depthPng(m); };
  write("labels", labels(image.prediction.trainIds));
  write("labels_truth", labels(image.resized.trainIds));
  write("depth", depth(image.prediction.depthMetres));
  write("depth_truth", depth(image.resized.depthMetres));
}

void evaluate(const EvaluateArguments& arguments) {
  const Engine engine = arguments.checkpoint.open();
  const auto data = arguments.data.open(engine.spec().size);
  std::optional<OutputFolder> out;
  CocoExport coco;
  std::function<void(const EvaluatedImage&)> listener;
  if (!arguments.out.empty()) {
    requireClasses(engine, *data);
    out.emplace(arguments.out, "metrics.json", "evaluate");
    out->refuseInput(arguments.data.data);
    out->removeEarlier();
    listener = [&](const EvaluatedImage& image) {
      coco.add(image.original, image.prediction);
      writeMaps(image, *out);
    };
  }
  const Evaluation found = evaluateDataset(engine, *data, static_cast<std::size_t>(arguments.limit),
                                           terminalProgress("evaluate"), listener);
  nlohmann::json report = found.metrics.toJson();
  report["checkpoint"] = {{"file", engine.title()}, {"sha256", engine.hash()}};
  report["arithmetic"] = engine.arithmetic();
  report["data"] = data->title();
  std::vector<std::string> notes = engine.notes();
  for (const std::string& line : found.notes.lines()) notes.push_back(line);
  for (const auto& [name, why] : found.leftOut)
    notes.push_back(concat(name, " is left out: ", why));
  report["notes"] = notes;
  if (!arguments.out.empty()) {
    out->add(coco.write(out->path()));
    out->writeReport(report);
  }
  if (arguments.json) {
    std::cout << report.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  } else {
    printTable(found.metrics);
    printNotes(notes);
  }
  if (!found.leftOut.empty())
    throw Error(concat(found.leftOut.size(),
                       " images could not be read; the first: ", found.leftOut[0].second));
}

}  // namespace

void addEvaluateCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand("evaluate", "Measures all tasks on a split");
  const auto arguments = std::make_shared<EvaluateArguments>();
  arguments->checkpoint.add(*command);
  arguments->data.add(*command);
  addNumber<std::int64_t>(*command, "--limit", arguments->limit, "At most so many images; 0: all",
                          0, kMostImages);
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->add_option("--out", arguments->out,
                      "Folder for metrics.json, COCO files, label and depth images");
  command->callback([arguments] { evaluate(*arguments); });
}

}  // namespace uninet
