#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "attacks/engine/together.h"
#include "attacks/registry/registry.h"

namespace uninet {

/// An attack on each of `inputs`, of one engine: together as far as the attack and `batch` can,
/// otherwise one after the other. A problem of one is no matter of the others. `callback` gets the
/// number of the input. A stop is no error: results are marked.
std::vector<AttackOutcome> attackImages(
    const AttackInfo& attack, const Options& options, const std::vector<const AttackInput*>& inputs,
    ImageBatch& batch, const Progress& progress,
    const std::function<void(std::size_t, const AttackIteration&)>& callback);

}  // namespace uninet
