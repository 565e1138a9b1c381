#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "core/base/progress.h"

namespace uninet {

/// Median of values and the interval between two of them that holds the median of what they were
/// drawn from with 95 % or more, whatever its distribution (order statistics, binomial). NaN: no
/// value; the interval also with fewer than six, which say nothing at 95 %.
struct MedianEstimate {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double median = kNone, low = kNone, high = kNone;

  /// Largest distance of an end of the interval from the median, as a share of it; infinite where
  /// there is none.
  double uncertainty() const;
};
MedianEstimate medianOf(std::vector<double> values);

struct RepeatOptions {
  double uncertainty = 0.02;  ///< enough when the median is known to this share of it
  double mostSeconds = 120;   ///< no further pass is begun after that
  int mostPasses = 100000;
};

/// What repeatUntilKnown() measured, seconds.
struct RepeatedTime {
  MedianEstimate seconds;
  int passes = 0;    ///< measured
  double total = 0;  ///< of the measured passes
};

/// Runs `work` once unmeasured, and then until the median of its time is known or time is up, at
/// least once. `clock` in seconds; without one, that of the system. Throws Cancelled between two
/// passes.
RepeatedTime repeatUntilKnown(const std::function<void()>& work, const RepeatOptions& options,
                              const Progress& progress, const std::function<double()>& clock = {});

}  // namespace uninet
