#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/results/result_store.h"

namespace uninet {

/// One attack on every image of a split, and what is measured beside the metrics.
struct PlannedRun {
  std::string attack;   ///< registry key
  std::string options;  ///< JSON of every option
  std::string title;
  bool levels = false;     ///< drift and activation patching (attacks §7)
  bool gradients = false;  ///< gradient matrix at every iterate (attacks §8)
  bool shapes = false;     ///< shape bias (attacks §5); always with dag-detection
  bool pictures = false;   ///< panels of the first images, for figures
};

inline constexpr int kMostCheckedImages = 1'000'000;

/// What a sweep does.
struct SweepPlan {
  std::string name;
  std::vector<PlannedRun> runs;
  bool cleanGradients = false;  ///< gradient matrix at the clean image
  /// So many of the first images are also attacked and measured by another arithmetic, which says
  /// what rounding does to the results; 0: none.
  int arithmeticCheck = 5;
  /// Every attacked image is kept in the results (kAttackedImage), whatever the plan says of
  /// pictures; no part of planHash().
  bool keepImages = false;
  /// Images that are computed together (ImageBatch); 0: as many as a card has room for. No part of
  /// planHash(), as it moves results by rounding only.
  int batch = 0;
};

/// {"name": …, "clean-gradients": false, "arithmetic-check": 5, "attacks": [{"attack": "pgd",
/// "options": {…}, "epsilon": [1, 2], "seed": [0, 1], "title": …, "levels": false, "gradients":
/// false, "shapes": false, "pictures": false}, …]}: every attack with each of its epsilons and
/// seeds. Throws Error naming `where` and the entry.
SweepPlan planFromJson(const std::string& json, const std::string& where);

struct SweepPreset {
  const char* key;
  const char* title;  ///< marked for translation
  const char* help;
};
/// figure3a, figure3b, table3, figure5, levels, interaction, epsilon, and paper: all but epsilon
/// in one file.
std::span<const SweepPreset> sweepPresets();
/// Throws Error that lists the keys.
SweepPlan presetPlan(const std::string& key);

/// The runs as they are stored; run 0 is the clean one.
std::vector<StoredRun> storedRuns(const SweepPlan& plan);
/// SHA-256 of what the plan says of runs; how many images are checked stands for itself.
std::string planHash(const SweepPlan& plan);

}  // namespace uninet
