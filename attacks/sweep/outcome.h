#pragma once

#include <cstddef>
#include <string>

#include "core/data/dataset.h"
#include "model/engine/engine.h"

namespace uninet {

/// Why the outcome cannot be measured; empty if it can.
std::string brokenOutcome(const Engine::Evaluated& found);

/// SHA-256 of the names of the first `count` images: with the fingerprint of each, the identity of
/// the data, wherever it lies.
std::string namesHash(const Dataset& data, std::size_t count);

}  // namespace uninet
