#pragma once

#include <filesystem>
#include <string>

#include "model/network/network.h"
#include "model/training/optimiser.h"
#include "model/training/train_tables.h"

namespace uninet {

/// Counters of a run. Order, augmentation and noise are functions of seed and image number, so the
/// counter is all the generator state there is.
struct TrainState {
  std::int64_t images = 0;
  std::string options;  ///< JSON of TrainOptions
  LossMeans means;      ///< of the steps since the last row of losses.csv
};

/// Writes network, moments and counters; atomic.
void saveTrainState(const std::filesystem::path& file, const Network& network,
                    const Optimiser& optimiser, const TrainState& state);
/// Reads what saveTrainState() wrote into `network` and `optimiser`; throws Error naming the file.
TrainState loadTrainState(const std::filesystem::path& file, Network& network,
                          Optimiser& optimiser);
/// The options alone; "" if there is no such file.
std::string trainStateOptions(const std::filesystem::path& file);

}  // namespace uninet
