#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <thread>

#include "app/commands.h"
#include "core/base/folders.h"
#include "core/data/cityscapes_writer.h"
#include "core/data/labels.h"
#include "core/streetscape/streetscape.h"
#include "model/network/network_spec.h"

namespace uninet {
namespace {

struct ScenesArguments {
  std::string out, size = "1024x2048";
  std::int64_t train = 0, val = 0;
};

void printCounts(const std::string& split, const ClassCounts& counts) {
  std::int64_t all = 0, objects = 0;
  for (const std::int64_t pixels : counts.pixels) all += pixels;
  for (const std::int64_t found : counts.objects) objects += found;
  std::printf("%s: %lld scenes, %.1f objects a scene\n", split.c_str(),
              static_cast<long long>(counts.frames),
              static_cast<double>(objects) / static_cast<double>(counts.frames));
  for (std::size_t id = 0; id < counts.pixels.size(); ++id) {
    const SemanticClass& info = semanticClasses()[id];
    std::printf("  %-14s %6.2f %% of the pixels", info.name,
                100.0 * static_cast<double>(counts.pixels[id]) / static_cast<double>(all));
    if (const int classId = instanceClassOfLabel(info.labelId); classId != 0)
      std::printf(", %lld objects",
                  static_cast<long long>(counts.objects[static_cast<std::size_t>(classId)]));
    std::printf("\n");
  }
}

void writeScenes(const ScenesArguments& arguments) {
  const cv::Size size = parseSize(arguments.size);
  prepareOutput(arguments.out);
  const int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  for (const auto& [split, scenes] :
       {std::pair<std::string, std::int64_t>{"train", arguments.train}, {"val", arguments.val}}) {
    if (scenes == 0) continue;
    const auto data = openStreetscape(split, static_cast<std::size_t>(scenes), globalSeed(), size);
    printCounts(split, writeCityscapes(*data, arguments.out, split, "streetscape", threads,
                                       terminalProgress("scenes")));
  }
  std::printf("written to %s\n", arguments.out.c_str());
}

}  // namespace

void addScenesCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "scenes", "Renders Streetscape scenes as a Cityscapes tree (--seed chooses the world)");
  const auto arguments = std::make_shared<ScenesArguments>();
  command->add_option("--out", arguments->out, "Root of the tree")->required();
  command->add_option("--train", arguments->train, "Scenes of the training split")
      ->check(CLI::Range(0, 10000000));
  command->add_option("--val", arguments->val, "Scenes of the validation split")
      ->check(CLI::Range(0, 10000000));
  command->add_option("--size", arguments->size, "Height x width (default 1024x2048)");
  command->callback([arguments] {
    if (arguments->train + arguments->val == 0)
      throw CLI::ValidationError("--train or --val: at least one scene is needed");
    writeScenes(*arguments);
  });
}

}  // namespace uninet
