#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attacks/sweep/sweep_plan.h"
#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/note_counter.h"
#include "core/results/shard.h"
#include "model/engine/engine.h"

namespace uninet {

/// What a call of runSweep() did.
struct SweepSummary {
  std::size_t images = 0;   ///< of the split, or of the shard of it
  std::size_t pairs = 0;    ///< (run, image) pairs that this call computed
  std::size_t skipped = 0;  ///< of them: nothing to attack, or no finite number
  /// Why the plan's images could not be checked by another arithmetic; empty: they were, or none
  /// were to be.
  std::string unchecked;
  /// Name and reason of the images that were left out: unreadable, or changed since a part of their
  /// results was measured. The same call tries them again.
  std::vector<std::pair<std::string, std::string>> leftOut;
  int ranks = 0;           ///< that took part; 0: this process alone, without a launcher
  NoteCounter notes;       ///< what the images lack, and what is assumed of them
  double wallSeconds = 0;  ///< from the first image to the last
  /// Of these the compute thread attacked and predicted; the rest it waited.
  double busySeconds = 0;
  /// Processor time of reading, decoding, metrics and writing on their own threads. At worst all of
  /// it was taken from the compute thread.
  double besideSeconds = 0;
};

/// Attacks the first `limit` images (0 = all) by every run of the plan and writes `file` (see
/// ResultStore). Goes on where an earlier call stopped, with everything that it computed, or was
/// killed: lost are at most three results, that of the run in flight and those of the two before
/// it, whose measures may not be written yet (each of all images that are computed together).
/// Reading and decoding run ahead on their own thread,
/// metrics and writing behind on another. `stored` is called, on that thread, after each written
/// result. Of a shard only its images are attacked; its file is no whole sweep's, and is joined
/// with the others by mergeShards(). Throws Error: no image that can be read, other checkpoint,
/// images, plan or arithmetic than in the file, a file that another run writes; Cancelled.
SweepSummary runSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                      std::size_t limit, const std::filesystem::path& file,
                      const Progress& progress, const std::function<void()>& stored = {},
                      const Shard& shard = {});

}  // namespace uninet
