#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/option_flags.h"
#include "app/sources.h"
#include "app/version_text.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/launcher.h"
#include "core/base/log.h"
#include "core/streetscape/streetscape.h"
#include "model/network/network_file.h"
#include "model/networks/backbone_mapping.h"
#include "model/networks/open_network.h"
#include "model/training/train_state.h"
#include "model/training/trainer.h"

namespace uninet {
namespace {

constexpr std::int64_t kTrainingScenes = 100000;

struct TrainArguments {
  std::string data, out, recipe, backbone;
  CheckpointArgument start;
  std::int64_t validationScenes = 200;
  bool alone = false;  ///< whatever launcher there is
  double rankTimeoutSeconds = 300;
  DeferredOptionFlags flags;
};

TrainOptions startOptions(const TrainArguments& arguments) {
  TrainOptions options;
  if (arguments.recipe == "demo") options = TrainOptions::demo();
  const auto state = std::filesystem::path(arguments.out) / "state.safetensors";
  if (const std::string saved = trainStateOptions(state); !saved.empty())
    fromJson(options, nlohmann::json::parse(saved));
  arguments.flags.apply(options);
  return options;
}

void report(const EpochReport& epoch) {
  std::printf("%lld/%lld images, loss %.4f, %.2f images/s, %.1f %% waiting for data\n",
              static_cast<long long>(epoch.images), static_cast<long long>(epoch.plannedImages),
              epoch.trainLoss, 1 / epoch.secondsPerImage, 100 * epoch.waitShare);
  if (epoch.validation) {
    const Metrics& found = *epoch.validation;
    std::printf("  mIoU %.4f, AP box %.4f, AP mask %.4f, depth RMSE %.2f m, instance depth %.4f\n",
                found.value("miou"), found.value("ap_box"), found.value("ap_mask"),
                found.value("depth_rmse_m"), found.value("inst_depth_abs_rel"));
  }
  std::fflush(stdout);
}

/// How this process trains with others; nullopt: alone.
std::optional<RankedTraining> ranksOf(const TrainArguments& arguments) {
  if (arguments.alone) return std::nullopt;
  const std::optional<RankPlace> place = rankFromEnvironment();
  if (!place || place->size == 1) return std::nullopt;
  return RankedTraining{
      *place, buildText(),
      std::chrono::milliseconds(static_cast<std::int64_t>(1000 * arguments.rankTimeoutSeconds))};
}

void train(const TrainArguments& arguments) {
  const TrainOptions options = startOptions(arguments);
  const cv::Size size = options.spec().size;
  std::unique_ptr<Dataset> training, validation;
  if (arguments.data == "streetscape") {
    training = openDefaultStreetscape("train", size, kTrainingScenes);
    validation =
        openDefaultStreetscape("val", size, static_cast<std::size_t>(arguments.validationScenes));
  } else {
    training = openDataset(arguments.data, "train");
    validation = openDataset(arguments.data, "val");
  }
  if (!training->hasGroundTruth())
    throw Error(concat(arguments.data,
                       " holds pictures without ground truth; training needs a "
                       "Cityscapes tree or \"streetscape\""));
  prepareOutput(arguments.out);
  std::function<void(Network&)> initial;
  const OpenOptions opening = arguments.start.options();
  if (!arguments.start.file.empty()) {
    initial = [&arguments, opening](Network& network) {
      startFrom(network, arguments.start.file, opening);
    };
  } else if (arguments.start.opensSpecially() && arguments.backbone.empty()) {
    throw Error("train: --weights and --mask-components say how to open --init; give that too");
  }
  if (!arguments.backbone.empty()) {
    const CheckpointFile backbone = openCheckpoint(arguments.backbone, opening);
    initial = [backbone, &arguments](Network& network) {
      logInfo(loadBackbone(network, backbone, arguments.backbone));
    };
  }
  const std::optional<RankedTraining> ranks = ranksOf(arguments);
  if (ranks && ranks->place.rank > 0) {
    trainNetwork(options, *training, *validation, arguments.out, Progress({}, &stopFlag()), {},
                 initial, ranks);
    return;
  }
  if (ranks)
    std::printf("note: %s has started %d ranks, which share every batch\n",
                ranks->place.launcher.c_str(), ranks->place.size);
  const Network network = trainNetwork(options, *training, *validation, arguments.out,
                                       terminalProgress("train"), report, initial, ranks);
  const std::filesystem::path folder = arguments.out;
  saveNetwork(network, folder / "network-half.safetensors", true, network.metadata);
  std::printf("written to %s and, in half precision, network-half.safetensors\n",
              (folder / "network.safetensors").c_str());
}

}  // namespace

void addTrainCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "train", "Trains a network; the same command goes on with a run that was stopped");
  const auto arguments = std::make_shared<TrainArguments>();
  command->add_option("--data", arguments->data, "Cityscapes tree, or \"streetscape\"")->required();
  command->add_option("--out", arguments->out, "Folder of the run")->required();
  command->add_option("--recipe", arguments->recipe, "demo: the settings of the demo checkpoint")
      ->check(CLI::IsMember({"demo"}));
  command
      ->add_option("--init-backbone", arguments->backbone,
                   "ImageNet weights of DLA-34 to start from")
      ->check(notEmpty());
  command
      ->add_option("--init", arguments->start.file,
                   "Checkpoint of the same network to go on from with a new schedule")
      ->check(notEmpty())
      ->excludes("--init-backbone");
  arguments->start.addOpening(*command, /*size=*/false);
  addNumber<std::int64_t>(*command, "--validation-scenes", arguments->validationScenes,
                          "Scenes of the Streetscape validation split (default 200)", 1,
                          kMostImages);
  command->add_flag(
      "--no-ranks", arguments->alone,
      "This process trains alone, though mpirun, srun or torchrun has started others: they train "
      "together by default, each with its share of every batch (see resources/docs/cluster.md)");
  addNumber(*command, "--rank-timeout", arguments->rankTimeoutSeconds,
            "Seconds after which a rank that does not answer ends the training of all; 300 unless "
            "told",
            1.0, 86400.0);
  arguments->flags.add(*command, TrainOptions(), "Options");
  command->callback([arguments] { train(*arguments); });
}

}  // namespace uninet
