#pragma once

#include <string>
#include <vector>

#include "core/data/sample.h"
#include "model/engine/engine.h"

namespace uninet {

/// Detections of at least this score stand in for missing objects.
inline constexpr float kPseudoScore = 0.4f;

/// The sample with its missing ground truth replaced by the prediction on its own image (attacks
/// §1). A note is added for each part that was replaced; nothing is predicted if nothing is
/// missing.
Sample completeTruth(const Sample& sample, const Engine& engine, std::vector<std::string>& notes);

}  // namespace uninet
