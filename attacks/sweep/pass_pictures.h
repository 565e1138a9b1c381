#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "attacks/sweep/sweep_plan.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// Of so many images the panels are kept for figures.
constexpr std::int64_t kPictureImages = 8;

/// Panels for Figure 4 and, for each of `pairs` (swaps of two classes), for Figure 6.
std::map<std::string, cv::Mat> panelsOf(const Prediction& prediction, const Prediction& clean,
                                        const std::vector<SwappedPair>& pairs);

/// The swaps of detection of which the plan keeps pictures.
std::vector<SwappedPair> picturedPairs(const SweepPlan& plan);

}  // namespace uninet
