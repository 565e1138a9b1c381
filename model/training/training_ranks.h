#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/launcher.h"
#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "model/network/network.h"
#include "model/ranks/rank_group.h"
#include "model/ranks/rank_meeting.h"
#include "model/training/optimiser.h"
#include "model/training/train_options.h"
#include "model/training/train_state.h"

namespace uninet {

/// Of a run of several ranks, which share every batch.
struct RankedTraining {
  RankPlace place;
  /// What all ranks have to run, e.g. version and hash of the program.
  std::string build;
  /// So long a rank waits for the others in the middle of a step.
  std::chrono::milliseconds timeout{300'000};
};

/// The ranks of a launcher that train one network. Rank 0 alone reads and writes the folder, and
/// validates. Everything throws RankLost when another rank is gone.
class TrainingRanks {
 public:
  /// Meets rank 0, or lets itself be found. Throws Error naming what this rank has otherwise than
  /// rank 0: build, options, number of training images, the first of them, arithmetic of LibTorch.
  TrainingRanks(const std::filesystem::path& folder, const RankedTraining& ranked,
                const TrainOptions& options, const Dataset& training, const Progress& progress);

  /// When rank 0 is ready to begin and all have come, they are connected. Throws Error with the
  /// reason of a rank that does not take part.
  void connect(const Progress& progress);
  /// Afterwards.
  const BatchShare& share() const { return *group_; }
  /// Everybody begins with what rank 0 has: weights, mask code, moments, counters, precision.
  void shareStart(Network& network, Optimiser& optimiser, TrainState& state,
                  Precision& precision) const;
  /// Throws Error naming a rank whose weights are not those of rank 0 to the last bit.
  void requireSameWeights(const Network& network) const;

  /// Lets the others know that rank 0 has validated after so many images, or was stopped then.
  void validated(std::int64_t images, bool stopped);
  /// For the others: waits for that, however long it takes. Throws Cancelled if it was stopped.
  void awaitValidation(std::int64_t images);

  /// At the end, however it came: rank 0, which serves the store, goes last.
  void leave() noexcept;
  /// What a person is told when this rank ends by `error`; the others are told, too.
  std::string explained(const Error& error) noexcept;
  /// This rank was stopped; before they are connected the others have to be told.
  void stopped() noexcept;

 private:
  std::optional<std::string> failure();

  RankPlace place_;
  std::chrono::milliseconds timeout_;
  std::filesystem::path folder_;
  std::optional<RankStore> store_;
  std::unique_ptr<RankMeeting> meeting_;
  std::unique_ptr<RankGroup> group_;
  bool failed_ = false;
};

}  // namespace uninet
