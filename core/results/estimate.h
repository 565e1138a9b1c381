#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace uninet {

/// The same number on the checked images alone (SweepPlan::arithmeticCheck), by the arithmetic of
/// the results and by another one: what rounding alone does to it.
struct ArithmeticCheck {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::size_t images = 0;              ///< 0: not checked
  double here = kNone, there = kNone;  ///< by the arithmetic of the results, by the other
  double low = kNone, high = kNone;    ///< 95 % interval of `here`, of these images
  std::vector<double> samples{};       ///< of `here`, where comparisons need them

  /// Greatest minus smallest; NaN: not checked.
  double spread() const { return std::abs(here - there); }
};

/// A dataset-level number with its 95 % interval from a paired bootstrap over images (attacks §8).
/// NaN: undefined.
struct Estimate {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double value = kNone, low = kNone, high = kNone;
  std::vector<double> samples{};  ///< one per resample, where comparisons need them
  ArithmeticCheck check{};
};
/// Of `value` with the 2.5 and 97.5 percentiles of the finite samples; no interval without samples,
/// as of a single image.
Estimate estimateOf(double value, std::vector<double> samples, bool keep);
/// Likewise of both arithmetics on `images` images.
ArithmeticCheck checkOf(std::size_t images, double here, double there, std::vector<double> samples,
                        bool keep);

/// `statistic` (of a vector of numbers, one a part) of the parts: of their values, sample by sample
/// where all have samples, and of their checks where all were checked.
template <class Statistic>
Estimate combined(const std::vector<const Estimate*>& parts, const Statistic& statistic) {
  std::vector<double> numbers(parts.size());
  const auto of = [&](const auto& number) {
    for (std::size_t i = 0; i < parts.size(); ++i) numbers[i] = number(*parts[i]);
    return statistic(numbers);
  };
  const auto samplesOf = [&](const auto& samples) {
    std::size_t count = parts.empty() ? 0 : samples(*parts[0]).size();
    for (const Estimate* part : parts) count = std::min(count, samples(*part).size());
    std::vector<double> found;
    for (std::size_t r = 0; r < count; ++r)
      found.push_back(of([&](const Estimate& e) { return samples(e)[r]; }));
    return found;
  };
  Estimate result =
      estimateOf(of([](const Estimate& e) { return e.value; }),
                 samplesOf([](const Estimate& e) -> const auto& { return e.samples; }), true);
  std::size_t images = parts.empty() ? 0 : parts[0]->check.images;
  for (const Estimate* part : parts) images = std::min(images, part->check.images);
  if (images > 0)
    result.check =
        checkOf(images, of([](const Estimate& e) { return e.check.here; }),
                of([](const Estimate& e) { return e.check.there; }),
                samplesOf([](const Estimate& e) -> const auto& { return e.check.samples; }), true);
  return result;
}

}  // namespace uninet
