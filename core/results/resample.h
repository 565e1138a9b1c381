#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/results/estimate.h"
#include "core/results/sweep_report.h"

namespace uninet {

// The paired bootstrap over images from which the intervals of a report come.

using Images = std::vector<std::int64_t>;

/// How often each image is drawn, for every resample; the same for all runs, so that differences
/// between runs are paired.
class Draws {
 public:
  Draws(const std::map<std::int64_t, std::string>& images, const BootstrapOptions& options);
  std::size_t count() const { return times_.size(); }
  /// Of some of the images.
  std::vector<int> times(std::size_t resample, const Images& images) const;

 private:
  std::map<std::int64_t, std::size_t> places_;
  std::vector<std::vector<int>> times_;
};

/// "ap_box" → value, "person/iou" → value.
std::map<std::string, double> flatMetrics(const Metrics& metrics);

/// All metrics of a set of images: as it is, and for every resample.
struct Resampled {
  std::map<std::string, double> value;
  std::map<std::string, Metrics::Support> behind;
  std::vector<std::map<std::string, double>> samples;
};
/// `measures` one for each of `images`. Throws Cancelled.
Resampled resample(std::vector<ImageMeasures> measures, const Classes& classes,
                   const Images& images, const Draws& draws, const Progress& progress);

/// The measures of some images, clean or attacked, and of the checked ones among them by the other
/// arithmetic too.
struct Measured {
  Resampled all;
  Images checkedImages;
  Resampled checked;                    ///< of the checked images
  std::map<std::string, double> there;  ///< the same by the other arithmetic

  Estimate estimate(const std::string& key) const;
};

/// `statistic` (of a vector of numbers) of a key's values in each of `sets`.
template <class Statistic>
Estimate estimate(const std::string& key, const Statistic& statistic, bool keep,
                  const std::vector<const Measured*>& sets) {
  std::vector<Estimate> estimates;
  std::vector<const Estimate*> parts;
  estimates.reserve(sets.size());
  for (const Measured* set : sets) parts.push_back(&estimates.emplace_back(set->estimate(key)));
  Estimate result = combined(parts, statistic);
  if (!keep) {
    result.samples.clear();
    result.check.samples.clear();
  }
  return result;
}

/// Mean of one number per image; NaN: the image has none.
Estimate meanOverImages(const std::vector<double>& numbers, const Images& images,
                        const Draws& draws);
/// The same where some images have a number by the other arithmetic (NaN: not checked).
Estimate meanOverImages(const std::vector<double>& numbers, const std::vector<double>& others,
                        const Images& images, const Draws& draws, const Draws& checkDraws);

/// Geometric mean over entries that lie in images: sums of logarithms and counts per image.
class LogMean {
 public:
  explicit LogMean(std::size_t images) : sums_(images, 0), counts_(images, 0) {}
  void add(std::size_t image, double ratio);
  Estimate estimate(const Images& images, const Draws& draws) const;

 private:
  std::vector<double> sums_, counts_;
};

}  // namespace uninet
