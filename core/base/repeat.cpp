#include "core/base/repeat.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace uninet {
namespace {

double systemSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// How many values may lie outside the interval on each side: the most for which both sides
/// together have at most 5 % (binomial with one half); −1: not even none.
int outsideOf(int count) {
  double below = 0, logarithm = -count * std::log(2.0);  // of the probability of k
  for (int k = 0; k < count / 2; ++k) {
    below += std::exp(logarithm);
    if (below > 0.025) return k - 1;
    logarithm += std::log(static_cast<double>(count - k)) - std::log(k + 1.0);
  }
  return count / 2 - 1;
}

}  // namespace

double MedianEstimate::uncertainty() const {
  const double share = std::max(high - median, median - low) / median;
  return std::isfinite(share) ? share : std::numeric_limits<double>::infinity();
}

MedianEstimate medianOf(std::vector<double> values) {
  MedianEstimate found;
  if (values.empty()) return found;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  found.median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  const int outside = outsideOf(static_cast<int>(values.size()));
  if (outside < 0) return found;
  found.low = values[static_cast<std::size_t>(outside)];
  found.high = values[values.size() - 1 - static_cast<std::size_t>(outside)];
  return found;
}

RepeatedTime repeatUntilKnown(const std::function<void()>& work, const RepeatOptions& options,
                              const Progress& progress, const std::function<double()>& clock) {
  const std::function<double()> now = clock ? clock : systemSeconds;
  progress.step(0, 0, "first pass");
  work();
  RepeatedTime result;
  std::vector<double> times;
  const double begin = now();
  for (;;) {
    progress.step(result.passes, 0, "passes");
    const double start = now();
    work();
    const double end = now();
    times.push_back(end - start);
    ++result.passes;
    result.total += end - start;
    result.seconds = medianOf(times);
    if (result.seconds.uncertainty() <= options.uncertainty || end - begin >= options.mostSeconds ||
        result.passes >= options.mostPasses)
      return result;
  }
}

}  // namespace uninet
