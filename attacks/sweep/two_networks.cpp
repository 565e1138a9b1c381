#include "attacks/sweep/two_networks.h"

#include <utility>

#include "core/base/error.h"

namespace uninet {

HalfProgress::HalfProgress(const Progress& whole, int place)
    : stop_(whole.stopRequested()),
      part_(
          [this, whole, place](const ProgressReport& report) {
            whole.report(place * report.total + report.done, 2 * report.total, report.text);
            stop_ = whole.stopRequested();
          },
          &stop_) {}

std::string attackSecond(const AttackOnTwo& both, const CleanImage& cleanFirst,
                         const Experiment& made, const CleanImage& cleanSecond,
                         const Progress& progress, const std::function<void(Experiment)>& told) {
  const HalfProgress half(progress, 1);
  std::string problem;
  std::optional<Experiment> own;
  // Somebody listens: first failures are noted as they are on the first network.
  const auto noted = [](const AttackIteration&, const Prediction&, const std::vector<RatioBar>&) {};
  try {
    own = runExperiment(both.second, cleanSecond, both.attack, both.options, half.part(),
                        both.region, noted);
  } catch (const Error& error) {
    problem = error.what();  // what the first network makes of it can be measured all the same
  }
  const bool stopped = own && own->result.cancelled;
  if (own && !(stopped && own->result.iterationsDone == 0)) told(*own);
  if (stopped || progress.stopRequested()) return problem;
  told(transferExperiment(both.second, cleanSecond, made));
  if (own) told(transferExperiment(both.first, cleanFirst, *own));
  return problem;
}

}  // namespace uninet
