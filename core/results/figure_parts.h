#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/results/figures.h"

namespace uninet {

// What the files that make figures share.

inline constexpr double kTwoColumns = 174;  ///< mm

/// PGD on an objective as in the paper; nullptr: none.
const RunReport* pgd(const SweepReport& report, const std::string& objective,
                     const std::string& epsilon = "1");
/// The kept image that shows most of these classes, of those named in `among` if any are.
std::optional<std::int64_t> bestPicture(const ResultStore& store, std::int64_t run,
                                        const std::string& kind, const std::vector<int>& trainIds,
                                        const std::set<std::string>& among);
/// The two runs of Figure 4, and that of Figures 5 and 6: those of the paper, or the first that
/// there are; nullptr: none.
struct HidingRuns {
  const RunReport *segmentation = nullptr, *depth = nullptr;
};
HidingRuns hidingRuns(const SweepReport& report);
const RunReport* swapRun(const SweepReport& report);
/// " (iterations 5, norm l2)": what in a run is not as in the paper, but for what `said` names.
std::string departures(const StoredRun& run, const std::set<std::string>& said);
std::vector<const RunReport*> runsWithLevels(const SweepReport& report);

std::optional<Figure> swapFigure(const SweepReport& report);
std::optional<Figure> swapPictures(const SweepReport& report, const ResultStore& store,
                                   const std::set<std::string>& among);
std::optional<Figure> shapeFigure(const SweepReport& report);
std::optional<Figure> patchingFigure(const SweepReport& report);
std::optional<Figure> interactionFigure(const SweepReport& report);
std::optional<Figure> gradientsFigure(const SweepReport& report);

/// What a manifest says of one results file.
nlohmann::json resultsManifest(const SweepReport& report);

}  // namespace uninet
