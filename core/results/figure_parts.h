#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/results/figures.h"

namespace uninet {

// What the files that make figures share.

inline constexpr double kTwoColumns = 174;  ///< mm

/// PGD on an objective as in the paper; nullptr: none.
const RunReport* pgd(const SweepReport& report, const std::string& objective,
                     const std::string& epsilon = "1");
/// The kept image that shows most of these classes.
std::optional<std::int64_t> bestPicture(const ResultStore& store, std::int64_t run,
                                        const std::string& kind, const std::vector<int>& trainIds);
/// " (iterations 5, norm l2)": what in a run is not as in the paper, but for what `said` names.
std::string departures(const StoredRun& run, const std::set<std::string>& said);
std::vector<const RunReport*> runsWithLevels(const SweepReport& report);

std::optional<Figure> swapFigure(const SweepReport& report);
std::optional<Figure> swapPictures(const SweepReport& report, const ResultStore& store);
std::optional<Figure> shapeFigure(const SweepReport& report);
std::optional<Figure> patchingFigure(const SweepReport& report);
std::optional<Figure> interactionFigure(const SweepReport& report);
std::optional<Figure> gradientsFigure(const SweepReport& report);

}  // namespace uninet
