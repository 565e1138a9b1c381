#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/data/dataset.h"

namespace uninet {

/// The procedural street world (workbench §3), rendered when asked for. `split` is train, val or
/// test and selects disjoint seeds; `size` is that of the frames. Thread safe.
std::unique_ptr<Dataset> openStreetscape(const std::string& split, std::size_t count,
                                         std::uint64_t seed, cv::Size size);

}  // namespace uninet
