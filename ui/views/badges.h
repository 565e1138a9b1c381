#pragma once

#include <array>
#include <vector>

#include "attacks/sweep/experiment.h"
#include "ui/views/canvas_state.h"

namespace uninet {

/// Badges of the panels for the metrics of one image, or the reason why one has none. `why` are
/// sentences about missing ground truth (Sample::notes).
std::array<Badge, kPanels> badgesOf(const std::vector<RatioBar>& bars,
                                    const std::vector<std::string>& why = {});
std::array<Badge, kPanels> badgesOf(const Experiment& experiment);

}  // namespace uninet
