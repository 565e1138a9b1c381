#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/tasks.h"
#include "core/session/run_store.h"

namespace uninet {

/// What kept runs did to the images of some data. What was computed of a run is remembered as long
/// as the run is there: runs do not change.
class RunDamage {
 public:
  /// By name of the image: the share that its hardest hit task lost, 0 … 1, to its latest run. An
  /// image without a run, or on which no metric is defined, is not there. Runs on the
  /// network `second` (its identity) and transfers are left out.
  std::map<std::string, double> of(const std::vector<KeptRun>& runs, const std::string& data,
                                   const std::string& second = {});

 private:
  std::map<std::int64_t, double> lost_;  ///< by id of the run; NaN: not defined
};

/// The share that this task lost between the measures, 0 … 1, or the hardest hit one without it;
/// NaN: not defined.
double lostShare(const ImageMeasures& clean, const ImageMeasures& attacked, const Classes& classes,
                 std::optional<Task> task = {});

}  // namespace uninet
