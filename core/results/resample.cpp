#include "core/results/resample.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace uninet {
namespace {

double at(const std::map<std::string, double>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? Estimate::kNone : found->second;
}

}  // namespace

Draws::Draws(const std::map<std::int64_t, std::string>& images, const BootstrapOptions& options) {
  for (const auto& [id, name] : images) places_[id] = places_.size();
  Random random(options.seed);
  for (int r = 0; r < options.resamples; ++r) {
    times_.emplace_back(places_.size(), 0);
    for (std::size_t i = 0; i < places_.size(); ++i) ++times_.back()[random.below(places_.size())];
  }
}

std::vector<int> Draws::times(std::size_t resample, const Images& images) const {
  std::vector<int> result;
  for (const std::int64_t image : images) result.push_back(times_[resample][places_.at(image)]);
  return result;
}

std::map<std::string, double> flatMetrics(const Metrics& metrics) {
  std::map<std::string, double> all = metrics.values;
  for (const auto& [name, entries] : metrics.classes)
    for (const auto& [key, value] : entries) all[name + "/" + key] = value;
  return all;
}

Resampled resample(std::vector<ImageMeasures> measures, const Classes& classes,
                   const Images& images, const Draws& draws, const Progress& progress) {
  const MeasureSet set(std::move(measures), classes);
  Resampled result;
  const Metrics whole = set.metrics();
  result.value = flatMetrics(whole);
  result.behind = whole.behind;
  // Of one image there is nothing to draw from.
  if (images.size() < 2) return result;
  for (std::size_t r = 0; r < draws.count(); ++r) {
    if (progress.stopRequested()) throw Cancelled();
    result.samples.push_back(flatMetrics(set.metrics(draws.times(r, images))));
  }
  return result;
}

Estimate Measured::estimate(const std::string& key) const {
  Estimate result;
  result.value = at(all.value, key);
  for (const auto& sample : all.samples) result.samples.push_back(at(sample, key));
  if (checkedImages.empty()) return result;
  std::vector<double> samples;
  for (const auto& sample : checked.samples) samples.push_back(at(sample, key));
  result.check = checkOf(checkedImages.size(), at(checked.value, key), at(there, key),
                         std::move(samples), true);
  return result;
}

Estimate meanOverImages(const std::vector<double>& numbers, const Images& images,
                        const Draws& draws) {
  const auto mean = [&](const std::vector<int>& times) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!std::isfinite(numbers[i])) continue;
      const double weight = times.empty() ? 1 : times[i];
      sum += weight * numbers[i];
      count += weight;
    }
    return count > 0 ? sum / count : Estimate::kNone;
  };
  // Of one image there is nothing to draw from.
  const auto known = std::count_if(numbers.begin(), numbers.end(),
                                   [](double number) { return std::isfinite(number); });
  std::vector<double> samples;
  for (std::size_t r = 0; known > 1 && r < draws.count(); ++r)
    samples.push_back(mean(draws.times(r, images)));
  return estimateOf(mean({}), std::move(samples), true);
}

Estimate meanOverImages(const std::vector<double>& numbers, const std::vector<double>& others,
                        const Images& images, const Draws& draws, const Draws& checkDraws) {
  Estimate result = meanOverImages(numbers, images, draws);
  std::vector<double> here, there;
  Images checked;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (!std::isfinite(others[i])) continue;
    here.push_back(numbers[i]);
    there.push_back(others[i]);
    checked.push_back(images[i]);
  }
  if (checked.empty()) return result;
  Estimate ofChecked = meanOverImages(here, checked, checkDraws);
  result.check =
      checkOf(checked.size(), ofChecked.value, meanOverImages(there, checked, checkDraws).value,
              std::move(ofChecked.samples), true);
  return result;
}

void LogMean::add(std::size_t image, double ratio) {
  if (!(ratio > 0) || !std::isfinite(ratio)) return;
  sums_[image] += std::log(ratio);
  ++counts_[image];
}

Estimate LogMean::estimate(const Images& images, const Draws& draws) const {
  const auto mean = [&](const std::vector<int>& times) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const double weight = times.empty() ? 1 : times[i];
      sum += weight * sums_[i];
      count += weight * counts_[i];
    }
    return count > 0 ? std::exp(sum / count) : Estimate::kNone;
  };
  const auto known =
      std::count_if(counts_.begin(), counts_.end(), [](double count) { return count > 0; });
  std::vector<double> samples;
  for (std::size_t r = 0; known > 1 && r < draws.count(); ++r)
    samples.push_back(mean(draws.times(r, images)));
  return estimateOf(mean({}), std::move(samples), true);
}

}  // namespace uninet
