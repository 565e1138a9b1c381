#include "core/data/weighted_objectives.h"

#include <array>

namespace uninet {
namespace {

constexpr std::array<WeightedObjective, 3> kWeighted{{
    {"segpgd", "SegPGD", PixelWeights::segPgd, Loss::segment},
    {"cospgd", "CosPGD", PixelWeights::cosPgd, Loss::segment},
    {"cospgd-depth", "CosPGD, depth", PixelWeights::cosPgd, Loss::depth},
}};

}  // namespace

std::span<const WeightedObjective> weightedObjectives() { return kWeighted; }

const char* objectiveLabel(std::string_view key) {
  for (const ObjectiveInfo& info : objectives())
    if (key == info.key) return info.label;
  for (const WeightedObjective& info : kWeighted)
    if (key == info.key) return info.label;
  return "";
}

}  // namespace uninet
