#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/numbers.h"
#include "core/base/folders.h"
#include "core/base/parallel.h"
#include "core/data/cityscapes_writer.h"
#include "core/data/class_table.h"
#include "core/streetscape/streetscape.h"
#include "model/network/network_spec.h"

namespace uninet {
namespace {

struct ScenesArguments {
  std::string out, size = "1024x2048";
  std::int64_t train = 0, val = 0;
  std::uint64_t seed = 0;
};

void printCounts(const std::string& split, const ClassTable& table, const ClassCounts& counts) {
  std::int64_t all = 0, objects = 0;
  for (const std::int64_t pixels : counts.pixels) all += pixels;
  for (const std::int64_t found : counts.objects) objects += found;
  std::printf("%s: %lld scenes, %.1f objects a scene\n", split.c_str(),
              static_cast<long long>(counts.frames),
              static_cast<double>(objects) / static_cast<double>(counts.frames));
  for (std::size_t id = 0; id < counts.pixels.size(); ++id) {
    const SemanticClass& info = table.semantic[id];
    std::printf("  %-14s %6.2f %% of the pixels", info.name.c_str(),
                100.0 * static_cast<double>(counts.pixels[id]) / static_cast<double>(all));
    if (const int classId = table.instanceOfLabel(info.labelId); classId != 0)
      std::printf(", %lld objects",
                  static_cast<long long>(counts.objects[static_cast<std::size_t>(classId)]));
    std::printf("\n");
  }
}

void writeScenes(const ScenesArguments& arguments) {
  const cv::Size size = parseSize(arguments.size);
  prepareOutput(arguments.out);
  for (const auto& [split, scenes] :
       {std::pair<std::string, std::int64_t>{"train", arguments.train}, {"val", arguments.val}}) {
    if (scenes == 0) continue;
    const auto data =
        openStreetscape(split, static_cast<std::size_t>(scenes), arguments.seed, size);
    printCounts(split, *data->classes(),
                writeCityscapes(*data, arguments.out, split, "streetscape", defaultThreads(),
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
  addNumber<std::int64_t>(*command, "--train", arguments->train, "Scenes of the training split", 0,
                          kMostImages);
  addNumber<std::int64_t>(*command, "--val", arguments->val, "Scenes of the validation split", 0,
                          kMostImages);
  addNumber<std::uint64_t>(*command, "--seed", arguments->seed, "Chooses the world (default 0)", 0,
                           kLargestSeed);
  command->add_option("--size", arguments->size, "Height x width (default 1024x2048)");
  command->callback([arguments] {
    if (arguments->train + arguments->val == 0)
      throw CLI::ValidationError("--train or --val: at least one scene is needed");
    writeScenes(*arguments);
  });
}

}  // namespace uninet
