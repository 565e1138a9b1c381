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

/// The scenes that window and commands show unless told otherwise: the same split is the same
/// scenes, and at the size of the network the same numbers, wherever it is opened.
inline constexpr std::uint64_t kStreetscapeSeed = 1;
inline constexpr std::size_t kStreetscapeScenes = 200;
/// Size of the frames where no network is open.
inline const cv::Size kStreetscapeSize{512, 256};
std::unique_ptr<Dataset> openDefaultStreetscape(const std::string& split, cv::Size networkSize,
                                                std::size_t count = kStreetscapeScenes);

}  // namespace uninet
