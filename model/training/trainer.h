#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/metrics/metrics.h"
#include "model/network/network.h"
#include "model/networks/open_options.h"
#include "model/training/train_options.h"
#include "model/training/training_ranks.h"

namespace uninet {

/// Where a run stands after an epoch.
struct EpochReport {
  std::int64_t images = 0;  ///< seen so far
  std::int64_t plannedImages = 0;
  double trainLoss = 0;  ///< combined loss, mean over the epoch
  double secondsPerImage = 0;
  double waitShare = 0;  ///< share of the time spent waiting for data
  std::optional<Metrics> validation;
};

/// Trains in `folder`, which holds state.safetensors (weights, moments, counters; written after
/// each epoch and on stop), network.safetensors (the weights alone), losses.csv and
/// validation.csv. With a state there it goes on from it, bit-equal to a run without a stop; other
/// options than those of the state are refused, except `epochs`, `epoch-images` and the validation
/// ones, which may be changed to lengthen or shorten a run. `initial` (a pretrained backbone, say)
/// is used where there is no state. Throws Cancelled when stopped, after the state was saved.
/// One thread computes, another reads and augments.
///
/// `ranked`: this process is one of several that a launcher started, which train with every batch
/// as one does with all of it: losses, batch statistics and gradients are of the whole batch, whose
/// images they divide among them. Rank 0 alone reads and writes `folder`, reports and validates;
/// `initial` counts there. A stop of any stops all, before the same step. With as many ranks a run
/// goes on bit-equal; dropout apart, it is that of one process but for rounding. Throws Error: a
/// rank with other options, data, build or arithmetic; one that is lost; weights that are not the
/// same on all ranks.
Network trainNetwork(const TrainOptions& options, const Dataset& training,
                     const Dataset& validation, const std::filesystem::path& folder,
                     const Progress& progress,
                     const std::function<void(const EpochReport&)>& report = {},
                     const std::function<void(Network&)>& initial = {},
                     const std::optional<RankedTraining>& ranked = {});

/// Gives `network` the weights and the mask code of a checkpoint of the same tasks, encoder and
/// width (the size may differ), and notes in its metadata (train.start) what it started from.
/// Throws Error naming the file if it is of another network.
void startFrom(Network& network, const std::filesystem::path& file,
               const OpenOptions& options = {});

/// Learning rate at `images` of `planned` images and optimiser step `step` (from 0).
double learningRate(const TrainOptions& options, std::int64_t images, std::int64_t planned,
                    std::int64_t step);

/// PCA of the mask code from the objects of up to `images` training frames (architecture §10), as
/// a training run of this `seed` fits it from 500.
MaskCode fitMaskCode(const Dataset& training, std::size_t images, const NetworkSpec& spec,
                     std::int64_t seed, const Progress& progress);

/// bfloat16 if it can be computed here and a training-like convolution is faster in it on this
/// machine, measured once.
Precision fasterPrecision();

}  // namespace uninet
