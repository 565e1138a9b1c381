#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/note_counter.h"
#include "core/results/result_store.h"
#include "model/engine/engine.h"

namespace uninet {

/// Registry key of a run whose attack is not known here.
inline constexpr const char* kOutsideAttack = "outside";

/// What a call of runCompare() did.
struct CompareSummary {
  std::size_t images = 0;    ///< of the clean split that are in the attacked one as well
  std::size_t measured = 0;  ///< by this call
  NoteCounter notes;         ///< what the clean images lack, and what is assumed of them
  /// Name and reason of images that were left out: not in the attacked split, unreadable, of
  /// another size, or changed since.
  std::vector<std::pair<std::string, std::string>> leftOut;
};

/// Measures images that somebody else attacked beside the clean ones, and writes `file` as a sweep
/// with that one run does (see ResultStore). Images belong together by their name; ground truth is
/// that of the clean ones. An attacked image has the size of the network, which is evaluated as it
/// is, or of the clean image, which is resized like it. `run` says which attack it was; its id is
/// set. Goes on where an earlier call stopped. Throws Error: no image in common, other checkpoint,
/// images, attack or arithmetic than in the file; Cancelled.
CompareSummary runCompare(const Engine& engine, const Dataset& clean, const Dataset& attacked,
                          StoredRun run, std::size_t limit, const std::filesystem::path& file,
                          const Progress& progress);

}  // namespace uninet
