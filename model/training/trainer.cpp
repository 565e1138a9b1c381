#include "model/training/trainer.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/base/prefetch.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/data/augment.h"
#include "model/engine/evaluate.h"
#include "model/losses/earlier_losses.h"
#include "model/losses/losses.h"
#include "model/network/network_file.h"
#include "model/networks/open_network.h"
#include "model/networks/registry.h"
#include "model/training/optimiser.h"
#include "model/training/step_guard.h"
#include "model/training/train_state.h"
#include "model/training/train_tables.h"
#include "model/training/training_images.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

/// Each rank drops other values: its images are others.
std::uint64_t dropoutSeed(std::int64_t seed, std::int64_t step, int rank) {
  const std::uint64_t first = streamSeed(seed, kDropout, step);
  return rank == 0 ? first : Random::mix(first, static_cast<std::uint64_t>(rank));
}

/// Adds up the gradients of the ranks, which are defined for the same weights on all.
void addUp(std::vector<at::Tensor>& gradients, const BatchShare& share) {
  if (share.whole()) return;
  std::vector<at::Tensor> parts;
  for (const at::Tensor& gradient : gradients)
    if (gradient.defined()) parts.push_back(gradient.to(at::kFloat).reshape({-1}));
  at::Tensor sums = at::cat(parts);
  share.addUp(sums);
  std::int64_t begin = 0;
  for (at::Tensor& gradient : gradients)
    if (gradient.defined()) {
      gradient = sums.narrow(0, begin, gradient.numel()).view(gradient.sizes());
      begin += gradient.numel();
    }
}

at::Tensor inputOf(const std::vector<const Sample*>& samples) {
  std::vector<at::Tensor> images;
  for (const Sample* sample : samples) images.push_back(pixelsFromImage(sample->image));
  return normalise(at::cat(images));
}

/// Options that must not change when a run goes on.
nlohmann::json fixedPart(const TrainOptions& options) {
  nlohmann::json json = toJson(options);
  for (const char* key : {"epochs", "epoch-images", "validate-every", "validate-images"})
    json.erase(key);
  json["tasks"] = options.spec().tasks.text();
  json["neck"] = neckName(options.spec().neck);
  return json;
}

void refuseOtherOptions(const TrainOptions& options, const std::filesystem::path& state) {
  const std::string text = trainStateOptions(state);
  if (text.empty()) return;
  TrainOptions before;
  fromJson(before, nlohmann::json::parse(text));
  const nlohmann::json old = fixedPart(before), now = fixedPart(options);
  for (const auto& [key, value] : now.items())
    if (old.at(key) != value)
      throw Error(concat(state.string(), " belongs to a run with ", key, " ", old.at(key).dump(),
                         ", not ", value.dump(), "; give the same options or another folder"));
}

/// Box and instance-depth outputs end in a ReLU: from a positive start no channel begins dead.
void startPositive(Network& network) {
  const at::NoGradGuard noGrad;
  for (WeightEntry& entry : network.weights.entries()) {
    if (entry.key.ends_with(".bbox_pred.bias")) entry.tensor.fill_(2);
    if (entry.key.ends_with(".inst_depth_logits.bias")) entry.tensor.fill_(20);
  }
}

}  // namespace

double learningRate(const TrainOptions& options, std::int64_t images, std::int64_t planned,
                    std::int64_t step) {
  const double done = std::min(1.0, static_cast<double>(images) / static_cast<double>(planned));
  double rate = options.rate;
  if (options.schedule == "cosine") rate *= 0.5 * (1 + std::cos(std::numbers::pi * done));
  if (options.schedule == "steps") rate *= done < 0.7 ? 1 : done < 0.9 ? 0.1 : 0.01;
  if (step < options.warmup)
    rate *= static_cast<double>(step + 1) / static_cast<double>(options.warmup);
  return rate;
}

MaskCode fitMaskCode(const Dataset& training, std::size_t images, const NetworkSpec& spec,
                     std::int64_t seed, const Progress& progress) {
  std::vector<at::Tensor> grids;
  const auto count = static_cast<std::int64_t>(std::min(images, training.size()));
  Prefetcher<Sample> samples(0, count, 1, 4, [&](std::int64_t i) {
    return resizeSample(makeSample(training.load(static_cast<std::size_t>(i))), spec.size);
  });
  for (std::int64_t i = 0; i < count; ++i) {
    progress.step(i, count, "collecting masks for the mask code");
    const Sample sample = samples.next();
    for (const Instance& instance : sample.instances) {
      if (instance.box.width() < 1 || instance.box.height() < 1) continue;
      const cv::Mat grid = maskGrid(instance.mask);
      if (cv::countNonZero(grid) == 0) continue;
      grids.push_back(at::from_blob(grid.data, {static_cast<std::int64_t>(grid.total())}).clone());
    }
  }
  if (grids.empty())
    throw Error(concat(training.title(), ": no instance mask to fit the mask code on"));
  const at::Tensor masks = at::stack(grids);
  const at::Tensor noise = at::rand(
      masks.sizes(), at::detail::createCPUGenerator(streamSeed(seed, kPcaNoise, 0)), at::kFloat);
  return fitMaskCode(masks, noise, spec.maskCode);
}

void startFrom(Network& network, const std::filesystem::path& file, const OpenOptions& options) {
  const Network start = loadNetwork(file, options);
  if (specText(start.spec) != specText(network.spec))
    throw Error(concat(file.string(), ": expected ", specText(network.spec),
                       " as the options say, found ", specText(start.spec)));
  const at::NoGradGuard noGrad;
  for (WeightEntry& entry : network.weights.entries())
    entry.tensor.copy_(start.weights.at(entry.key));
  network.maskCode = start.maskCode;
  nlohmann::json origin{{"sha256", sha256OfFile(file)}};
  for (const char* key : {"train.images", "train.options", "train.start"})
    if (const auto found = start.metadata.find(key); found != start.metadata.end())
      origin[key] = found->second;
  network.metadata["train.start"] = origin.dump();
}

Precision fasterPrecision() {
  if (!canComputeInBfloat16()) return Precision::float32;
  const auto cost = [](at::ScalarType type) {
    const at::NoGradGuard noGrad;
    const at::Tensor x = at::ones({2, 64, 32, 64}, type).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor w = at::ones({64, 64, 3, 3}, type).contiguous(at::MemoryFormat::ChannelsLast);
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
      const auto start = Clock::now();
      at::conv2d(x, w, {}, 1, 1);
      best = std::min(best, seconds(start, Clock::now()));
    }
    return best;
  };
  static const Precision faster =
      cost(at::kBFloat16) < 0.8 * cost(at::kFloat) ? Precision::bfloat16 : Precision::float32;
  return faster;
}

namespace {

/// `ranks`: this process is one of several, which run this together; null: it is alone.
Network train(const TrainOptions& options, const Dataset& training, const Dataset& validation,
              const std::filesystem::path& folder, const Progress& progress,
              const std::function<void(const EpochReport&)>& report,
              const std::function<void(Network&)>& initial, int rank, TrainingRanks* ranks) {
  const std::filesystem::path stateFile = folder / "state.safetensors";
  if (rank == 0) refuseOtherOptions(options, stateFile);

  NetworkSpec spec = options.spec();
  spec.classes = training.classes();
  const bool resumed = rank == 0 && isThere(stateFile);
  Network network = makeNetwork(spec, static_cast<std::uint64_t>(options.seed));
  if (rank == 0 && !resumed) {
    if (options.positiveStart) startPositive(network);
    if (initial) initial(network);
    if (spec.tasks.has(Task::instSeg) && network.maskCode.empty())
      network.maskCode = fitMaskCode(training, 500, spec, options.seed, progress);
  }
  Optimiser::Settings settings;
  settings.kind = options.optimiser == "adamw" ? OptimiserKind::adamw : OptimiserKind::radam;
  settings.decay = options.decay;
  settings.decayConvolutionsOnly = options.decayConvolutionsOnly;
  Optimiser optimiser(network.weights, settings);
  TrainState state;
  if (resumed) state = loadTrainState(stateFile, network, optimiser);
  state.options = toJson(options).dump();

  if (options.precision == "bfloat16" && !canComputeInBfloat16())
    throw Error(
        "option 'precision': bfloat16 cannot be computed on this processor (it needs AVX-512); "
        "choose float32, or auto for whichever is faster here");
  Precision precision = options.precision == "auto"      ? fasterPrecision()
                        : options.precision == "float32" ? Precision::float32
                                                         : Precision::bfloat16;
  const std::int64_t batch = options.batch;
  if (const NetworkInfo& info = networkByKey(spec.network); batch < info.smallestBatch)
    throw Error(concat("option 'batch': ", info.title, " normalises over the images of a batch; ",
                       "expected at least ", info.smallestBatch, ", found ", batch));
  const std::int64_t planned = options.plannedImages(static_cast<std::int64_t>(training.size()));
  const std::int64_t epochImages = planned / options.epochs;
  const std::int64_t lastStep = planned / batch;
  if (lastStep == 0)
    throw Error(concat("training: expected at least one batch of ", batch, " images, found ",
                       planned,
                       " planned (epochs times epoch-images, or the size of the training set)"));
  if (ranks != nullptr) {
    ranks->connect(progress);
    ranks->shareStart(network, optimiser, state, precision);
  }
  const BatchShare& share = ranks != nullptr ? ranks->share() : wholeBatch();
  const std::int64_t images = batch / share.size(), firstImage = rank * images;
  TrainTable lossTable(folder / "losses.csv", lossHeader(spec), state.images);
  TrainTable validationTable(folder / "validation.csv", validationHeader(), state.images);

  const auto save = [&] {
    if (rank != 0) return;
    saveTrainState(stateFile, network, optimiser, state);
    network.metadata["train.images"] = std::to_string(state.images);
    network.metadata["train.options"] = state.options;
    saveNetwork(network, folder / "network.safetensors", false, network.metadata);
    lossTable.write();
    validationTable.write();
  };

  Order order(options.seed, training.size());
  Prefetcher<std::vector<Sample>> batches(
      state.images / batch, lastStep, 1, 3, [&](std::int64_t step) {
        std::vector<Sample> samples;
        for (std::int64_t i = 0; i < images; ++i) {
          const std::int64_t image = step * batch + firstImage + i;
          samples.push_back(
              trainingSample(options, training.load(order.at(image)), spec.size, image));
        }
        return samples;
      });

  RunningStatistics statistics(network);
  LossMeans& means = state.means;
  LossMeans epochMeans;
  int unusable = 0;
  double waited = 0;
  auto epochStart = Clock::now();
  std::int64_t epochFirst = state.images;
  try {
    for (std::int64_t step = state.images / batch; step < lastStep; ++step) {
      // Whichever rank is stopped, all of them stop before the same step.
      if (share.sum(progress.stopRequested() ? 1. : 0.) > 0) throw Cancelled();
      progress.report(state.images, planned,
                      means.steps > 0 ? concat("loss ", means.total / means.steps) : "training");
      const auto before = Clock::now();
      const std::vector<Sample> samples = batches.next();
      waited += seconds(before, Clock::now());
      std::vector<const Sample*> pointers;
      for (const Sample& sample : samples) pointers.push_back(&sample);

      const Targets targets = makeTargets(pointers, network.maskCode,
                                          streamSeed(options.seed, kMaskNoise, step), share);
      statistics.keep();
      at::manual_seed(dropoutSeed(options.seed, step, rank));
      const RawOutputs outputs = network.forward(inputOf(pointers), spec.tasks, true, precision, {},
                                                 share, /*beforeResize=*/true);
      const LossValues values = computeLosses(outputs, targets, share);
      const std::vector<at::Tensor> earlier = earlierLosses(outputs, targets, share);
      const at::Tensor combined = options.combination == "geometric"
                                      ? geometricMean(values, 6, earlier)
                                      : weightedSum(values, earlier);
      // A batch of which either is not finite changes nothing of the network.
      std::vector<at::Tensor> gradients;
      std::string fault = "loss";
      if (combined.defined() && std::isfinite(combined.item<double>())) {
        gradients = torch::autograd::grad({combined}, optimiser.parameters(), {}, {}, false,
                                          /*allow_unused=*/true);
        addUp(gradients, share);
        fault = notFinite(gradients, network);
      }
      if (fault.empty()) {
        const double rate = learningRate(options, state.images, planned, optimiser.steps());
        optimiser.step(gradients, rate);
        means.add(values, earlier, combined.item<double>());
        epochMeans.add(values, earlier, combined.item<double>());
        unusable = 0;
        if (means.steps == 10) {
          lossTable.add(means.row((step + 1) * batch, rate));
          means = {};
        }
      } else {
        statistics.restore();
        if (++unusable == 20)
          throw Error(
              concat("training: no finite ", fault, " in 20 batches before image ", state.images));
      }
      state.images = (step + 1) * batch;

      const std::int64_t epoch = state.images / epochImages;
      if (state.images / epochImages == (state.images - batch) / epochImages && step + 1 < lastStep)
        continue;
      EpochReport epochReport;
      epochReport.images = state.images;
      epochReport.plannedImages = planned;
      epochReport.trainLoss = epochMeans.total / std::max(1, epochMeans.steps);
      const double elapsed = seconds(epochStart, Clock::now());
      epochReport.secondsPerImage =
          elapsed / static_cast<double>(std::max<std::int64_t>(1, state.images - epochFirst));
      epochReport.waitShare = elapsed > 0 ? waited / elapsed : 0;
      if (ranks != nullptr) ranks->requireSameWeights(network);
      save();
      const bool last = step + 1 == lastStep;
      const bool validates =
          options.validateEvery > 0 && (epoch % options.validateEvery == 0 || last);
      if (validates && rank == 0) {
        const Engine engine(std::make_shared<Network>(network));
        try {
          epochReport.validation =
              evaluateDataset(engine, validation, static_cast<std::size_t>(options.validateImages),
                              progress)
                  .metrics;
        } catch (const Cancelled&) {
          if (ranks != nullptr) ranks->validated(state.images, /*stopped=*/true);
          throw;
        }
        if (ranks != nullptr) ranks->validated(state.images, /*stopped=*/false);
        validationTable.add(validationRow(state.images, *epochReport.validation));
        validationTable.write();
      } else if (validates) {
        ranks->awaitValidation(state.images);
      }
      if (report) report(epochReport);
      epochMeans = {};
      waited = 0;
      epochFirst = state.images;
      epochStart = Clock::now();
    }
  } catch (const Cancelled&) {
    save();
    logInfo(concat("training stopped at image ", state.images, " of ", planned,
                   "; the same command goes on from there"));
    throw;
  }
  save();
  return network;
}

}  // namespace

Network trainNetwork(const TrainOptions& options, const Dataset& training,
                     const Dataset& validation, const std::filesystem::path& folder,
                     const Progress& progress,
                     const std::function<void(const EpochReport&)>& report,
                     const std::function<void(Network&)>& initial,
                     const std::optional<RankedTraining>& ranked) {
  if (training.size() == 0) throw Error(concat(training.title(), ": no training image"));
  makeFolder(folder);
  if (!ranked)
    return train(options, training, validation, folder, progress, report, initial, 0, nullptr);
  TrainingRanks ranks(folder, *ranked, options, training, progress);
  try {
    Network network = train(options, training, validation, folder, progress, report, initial,
                            ranked->place.rank, &ranks);
    ranks.leave();
    return network;
  } catch (const Cancelled&) {
    ranks.stopped();
    ranks.leave();
    throw;
  } catch (const Error& error) {
    const Error told(ranks.explained(error));
    ranks.leave();
    throw told;
  }
}

}  // namespace uninet
