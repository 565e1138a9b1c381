#include "core/results/estimate.h"

#include <tuple>
#include <utility>

namespace uninet {
namespace {

double percentile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// 2.5 and 97.5 percentiles of the finite samples; NaN: fewer than two, or no value.
std::pair<double, double> interval(double value, const std::vector<double>& samples) {
  std::vector<double> finite;
  for (const double sample : samples)
    if (std::isfinite(sample)) finite.push_back(sample);
  if (!std::isfinite(value) || finite.size() < 2) return {Estimate::kNone, Estimate::kNone};
  std::sort(finite.begin(), finite.end());
  return {percentile(finite, 0.025), percentile(finite, 0.975)};
}

}  // namespace

Estimate estimateOf(double value, std::vector<double> samples, bool keep) {
  Estimate result;
  result.value = value;
  std::tie(result.low, result.high) = interval(value, samples);
  if (keep) result.samples = std::move(samples);
  return result;
}

ArithmeticCheck checkOf(std::size_t images, double here, double there, std::vector<double> samples,
                        bool keep) {
  ArithmeticCheck check;
  check.images = images;
  check.here = here;
  check.there = there;
  std::tie(check.low, check.high) = interval(here, samples);
  if (keep) check.samples = std::move(samples);
  return check;
}

}  // namespace uninet
