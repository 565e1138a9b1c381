#include "ui/document/run_damage.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attacks/sweep/experiment.h"

namespace uninet {

double lostShare(const ImageMeasures& clean, const ImageMeasures& attacked, const Classes& classes,
                 std::optional<Task> task) {
  double lost = std::numeric_limits<double>::quiet_NaN();
  for (const RatioBar& bar : metricRatios(MeasureSet({clean}, classes).metrics(),
                                          MeasureSet({attacked}, classes).metrics()))
    if (std::isfinite(bar.ratio) && (!task || bar.task == *task)) {
      const double share = std::clamp(1 - bar.ratio, 0.0, 1.0);
      lost = std::isnan(lost) ? share : std::max(lost, share);
    }
  return lost;
}

std::map<std::string, double> RunDamage::of(const std::vector<KeptRun>& runs,
                                            const std::string& data, const std::string& second) {
  // Another session gives the same ids once more; between two there is none.
  std::erase_if(lost_, [&](const auto& known) {
    return std::none_of(runs.begin(), runs.end(),
                        [&](const KeptRun& run) { return run.id == known.first; });
  });
  std::map<std::string, double> damage;
  for (const KeptRun& run : runs) {
    if (run.data != data || !run.attackedOn.empty()) continue;
    if (!second.empty() && run.networkHash == second) continue;
    const auto [known, fresh] = lost_.try_emplace(run.id);
    if (fresh) known->second = lostShare(run.clean, run.attacked, run.classes);
    damage[run.image] = known->second;
  }
  std::erase_if(damage, [](const auto& image) { return std::isnan(image.second); });
  return damage;
}

}  // namespace uninet
