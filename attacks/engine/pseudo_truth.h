#pragma once

#include <string>
#include <vector>

#include "attacks/engine/attack.h"

namespace uninet {

/// Detections of at least this score stand in for missing objects.
inline constexpr float kPseudoScore = 0.4f;

/// The input's sample with its missing ground truth replaced by the clean prediction (attacks §1).
/// A note is added for each part that was replaced; nothing is predicted if nothing is missing.
Sample completeTruth(const AttackInput& input, std::vector<std::string>& notes);

}  // namespace uninet
