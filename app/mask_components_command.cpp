#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "model/network/mask_file.h"
#include "model/training/trainer.h"

namespace uninet {
namespace {

struct MaskComponentsArguments {
  DataArgument data;
  std::string size = "512x1024", out;
  std::int64_t images = 500, seed = 0;
  int components = 60;
};

void fit(const MaskComponentsArguments& arguments) {
  NetworkSpec spec;
  spec.size = parseSize(arguments.size, "--size");
  spec.maskCode = arguments.components;
  const auto data = arguments.data.open(spec.size);
  if (!data->hasGroundTruth())
    throw Error(concat(data->title(),
                       " holds pictures without ground truth; mask components are fitted on the "
                       "instances of a Cityscapes tree or of \"streetscape\""));
  const MaskCode code = fitMaskCode(*data, static_cast<std::size_t>(arguments.images), spec,
                                    arguments.seed, terminalProgress("mask-components"));
  writeMaskComponents(arguments.out, code);
  std::printf("%d components written to %s\n", arguments.components, arguments.out.c_str());
}

}  // namespace

void addMaskComponentsCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "mask-components",
      "Fits the components of instance masks, as training does, and writes .npz");
  const auto arguments = std::make_shared<MaskComponentsArguments>();
  arguments->data.split = "train";
  arguments->data.add(*command);
  command->add_option("--size", arguments->size,
                      "Height x width at which masks are cut (default 512x1024)");
  addNumber<std::int64_t>(*command, "--images", arguments->images,
                          "At most so many images (default 500)", 1, kMostImages);
  addNumber(*command, "--components", arguments->components,
            "Length of the mask code of the network (default 60)", 1, 784);
  addNumber<std::int64_t>(*command, "--seed", arguments->seed, "Of the noise (default 0)", 0,
                          kLargestSeed);
  command->add_option("--out", arguments->out, "File to write, .npz")
      ->required()
      ->check(notEmpty());
  command->callback([arguments] { fit(*arguments); });
}

}  // namespace uninet
