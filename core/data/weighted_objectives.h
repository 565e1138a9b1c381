#pragma once

#include <span>
#include <string_view>

#include "core/data/objectives.h"

namespace uninet {

/// Objectives of the field beside those of the paper: one dense loss, whose pixels are weighed anew
/// in each step.
enum class PixelWeights {
  alike,
  segPgd,  ///< by whether the pixel is right, and by how many steps are done (Gu et al. 2022)
  cosPgd,  ///< by the cosine of prediction and label (Agnihotri et al. 2024)
};

struct WeightedObjective {
  const char* key;    ///< option value
  const char* label;  ///< marked for translation
  PixelWeights weights;
  Loss loss;  ///< segment or depth
};
std::span<const WeightedObjective> weightedObjectives();

/// Of either list; "" for another key.
const char* objectiveLabel(std::string_view key);

}  // namespace uninet
