#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "attacks/engine/gradient_attack.h"
#include "model/engine/image_batch.h"

namespace uninet {

/// What became of one of several attacks.
struct AttackOutcome {
  AttackResult result;
  std::string problem;  ///< why there is none; empty: there is
};

/// Each of `attacks` as runGradientAttack() runs it, passes through the network computed together
/// as far as `batch` has it and they want the same of it. `callback` gets the number of the attack.
std::vector<AttackOutcome> runTogether(
    const Engine& engine, const std::vector<GradientAttack>& attacks, ImageBatch& batch,
    const Progress& progress,
    const std::function<void(std::size_t, const AttackIteration&)>& callback = {});

}  // namespace uninet
