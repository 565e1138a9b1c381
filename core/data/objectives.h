#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/data/tasks.h"

namespace uninet {

/// The seven losses in the order in which Eq. 1 multiplies them (losses §9).
enum class Loss { cls, reg, cent, instSeg, instDepth, segment, depth };

struct LossInfo {
  Loss loss;
  const char* key;  ///< cls reg cent is id seg depth: option values
  const char* title;
  double lambda;  ///< λ of losses §9
  Task task;      ///< whose head it needs
};
const std::array<LossInfo, 7>& losses();

/// One entry of the list of objectives (attacks §2).
struct ObjectiveInfo {
  const char* key;
  const char* label;  ///< marked for translation
  std::vector<Loss> losses;
  bool geometric = false;  ///< geometric mean of the λ-weighted losses; otherwise their plain sum
};
/// The seven losses, then semantic (paper Eq. 2), geometric (Eq. 3) and multi-task (Eq. 1).
std::span<const ObjectiveInfo> objectives();

}  // namespace uninet
