#include "core/results/sweep_report.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

using Images = std::vector<std::int64_t>;

double percentile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// How often each image of the split is drawn, for every resample; the same for all runs, so that
/// differences between runs are paired.
class Draws {
 public:
  Draws(const std::map<std::int64_t, std::string>& images, const BootstrapOptions& options) {
    for (const auto& [id, name] : images) places_[id] = places_.size();
    Random random(options.seed);
    for (int r = 0; r < options.resamples; ++r) {
      times_.emplace_back(places_.size(), 0);
      for (std::size_t i = 0; i < places_.size(); ++i)
        ++times_.back()[random.below(places_.size())];
    }
  }
  std::size_t count() const { return times_.size(); }
  std::vector<int> times(std::size_t resample, const Images& images) const {
    std::vector<int> result;
    for (const std::int64_t image : images) result.push_back(times_[resample][places_.at(image)]);
    return result;
  }

 private:
  std::map<std::int64_t, std::size_t> places_;
  std::vector<std::vector<int>> times_;
};

/// "ap_box" → value, "person/iou" → value.
std::map<std::string, double> flat(const Metrics& metrics) {
  std::map<std::string, double> all = metrics.values;
  for (const auto& [name, entries] : metrics.classes)
    for (const auto& [key, value] : entries) all[name + "/" + key] = value;
  return all;
}

/// All metrics of a set of images: as it is, and for every resample.
struct Resampled {
  std::map<std::string, double> value;
  std::map<std::string, Metrics::Support> behind;
  std::vector<std::map<std::string, double>> samples;
};

Resampled resample(std::vector<ImageMeasures> measures, const Classes& classes,
                   const Images& images, const Draws& draws, const Progress& progress) {
  const MeasureSet set(std::move(measures), classes);
  Resampled result;
  const Metrics whole = set.metrics();
  result.value = flat(whole);
  result.behind = whole.behind;
  // Of one image there is nothing to draw from.
  if (images.size() < 2) return result;
  for (std::size_t r = 0; r < draws.count(); ++r) {
    if (progress.stopRequested()) throw Cancelled();
    result.samples.push_back(flat(set.metrics(draws.times(r, images))));
  }
  return result;
}

/// `statistic` of the values of a key, as they are and for every resample.
template <class Statistic>
Estimate estimate(const std::string& key, const Statistic& statistic, bool keep,
                  const std::vector<const Resampled*>& sets) {
  const auto at = [&](const std::map<std::string, double>& values) {
    const auto found = values.find(key);
    return found == values.end() ? Estimate::kNone : found->second;
  };
  std::vector<double> values;
  for (const Resampled* set : sets) values.push_back(at(set->value));
  const double value = statistic(values);
  std::vector<double> samples;
  for (std::size_t r = 0; r < sets[0]->samples.size(); ++r) {
    for (std::size_t i = 0; i < sets.size(); ++i) values[i] = at(sets[i]->samples[r]);
    samples.push_back(statistic(values));
  }
  return estimateOf(value, std::move(samples), keep);
}

/// Mean of one number per image.
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

/// Geometric mean over entries that lie in images: sums of logarithms and counts per image.
struct LogMean {
  std::vector<double> sums, counts;

  explicit LogMean(std::size_t images) : sums(images, 0), counts(images, 0) {}
  void add(std::size_t image, double ratio) {
    if (!(ratio > 0) || !std::isfinite(ratio)) return;
    sums[image] += std::log(ratio);
    ++counts[image];
  }
  Estimate estimate(const Images& images, const Draws& draws) const {
    const auto mean = [&](const std::vector<int>& times) {
      double sum = 0, count = 0;
      for (std::size_t i = 0; i < sums.size(); ++i) {
        const double weight = times.empty() ? 1 : times[i];
        sum += weight * sums[i];
        count += weight * counts[i];
      }
      return count > 0 ? std::exp(sum / count) : Estimate::kNone;
    };
    const auto known =
        std::count_if(counts.begin(), counts.end(), [](double count) { return count > 0; });
    std::vector<double> samples;
    for (std::size_t r = 0; known > 1 && r < draws.count(); ++r)
      samples.push_back(mean(draws.times(r, images)));
    return estimateOf(mean({}), std::move(samples), true);
  }
};

/// Works on one run of the store.
class RunReader {
 public:
  RunReader(const ResultStore& store, const StoredRun& run, const Draws& draws,
            const Progress& progress)
      : store_(store), draws_(draws), progress_(progress) {
    report_.run = run;
    report_.skipped = store.skipped(run.id);
    for (auto& [image, measures] : store.measures(run.id)) {
      images_.push_back(image);
      attacked_.push_back(measures);
    }
    for (auto& [image, facts] : store.facts(run.id)) facts_.push_back(std::move(facts));
    report_.images = images_.size();
  }

  RunReport read(const std::map<std::int64_t, ImageMeasures>& clean) {
    if (images_.empty()) return report_;
    std::vector<ImageMeasures> cleanMeasures;
    for (const std::int64_t image : images_) cleanMeasures.push_back(clean.at(image));
    const Resampled before =
        resample(std::move(cleanMeasures), store_.classes(), images_, draws_, progress_);
    const Resampled after = resample(attacked_, store_.classes(), images_, draws_, progress_);
    metrics(before, after);
    levels(before, after);
    shapes();
    report_.gradients = gradients(facts_, images_, draws_);
    diagnostics();
    return report_;
  }

  static std::vector<GradientEstimate> gradients(const std::vector<ImageFacts>& facts,
                                                 const Images& images, const Draws& draws) {
    std::map<int, std::vector<const GradientMatrix*>> byIteration;
    for (std::size_t i = 0; i < facts.size(); ++i)
      for (const GradientMatrix& matrix : facts[i].gradients) {
        auto& list = byIteration[matrix.iteration];
        list.resize(facts.size(), nullptr);
        list[i] = &matrix;
      }
    std::vector<GradientEstimate> found;
    for (const auto& [iteration, matrices] : byIteration) {
      GradientEstimate estimate;
      estimate.iteration = iteration;
      for (const GradientMatrix* matrix : matrices)
        if (matrix != nullptr) estimate.losses = matrix->losses;
      const auto mean = [&, &matrices = matrices](auto part) {
        const std::size_t n = estimate.losses.size();
        std::vector<std::vector<Estimate>> rows(n, std::vector<Estimate>(n));
        for (std::size_t a = 0; a < n; ++a)
          for (std::size_t b = 0; b < n; ++b) {
            std::vector<double> numbers;
            for (const GradientMatrix* matrix : matrices)
              numbers.push_back(matrix == nullptr ? Estimate::kNone : (matrix->*part).at(a).at(b));
            rows[a][b] = meanOverImages(numbers, images, draws);
            rows[a][b].samples.clear();
          }
        return rows;
      };
      estimate.cosine = mean(&GradientMatrix::cosine);
      estimate.signAgreement = mean(&GradientMatrix::signAgreement);
      estimate.normRatio = mean(&GradientMatrix::normRatio);
      found.push_back(std::move(estimate));
    }
    return found;
  }

 private:
  std::set<std::string> classesOfInterest() const {
    std::set<std::string> names;
    for (const char* key : {"category", "first", "second"})
      if (const std::string name = optionOf(report_.run, key); !name.empty()) names.insert(name);
    return names;
  }

  void metrics(const Resampled& before, const Resampled& after) {
    const std::set<std::string> interest = classesOfInterest();
    for (const auto& [key, value] : after.value) {
      const std::size_t slash = key.find('/');
      const bool keep = slash == std::string::npos || interest.contains(key.substr(0, slash));
      const auto only = [](const std::vector<double>& v) { return v[0]; };
      MetricEstimate& metric = report_.metrics[key];
      metric.clean = estimate(key, only, keep, {&before});
      metric.attacked = estimate(key, only, keep, {&after});
      if (key.find("aspect") == std::string::npos)
        metric.ratio = estimate(key,
                                [&key = key](const std::vector<double>& v) {
                                  return metricRatio(v[0], v[1], higherIsBetter(key));
                                },
                                keep, {&before, &after});
      if (const auto behind = after.behind.find(key); behind != after.behind.end()) {
        metric.behind = behind->second;
        if (metric.behind.images < 2)
          for (Estimate* e : {&metric.clean, &metric.attacked, &metric.ratio})
            *e = estimateOf(e->value, {}, false);
      }
    }
  }

  void levels(const Resampled& before, const Resampled& after) {
    if (facts_.empty()) return;
    for (std::size_t l = 0; l < facts_[0].levels.size(); ++l) {
      LevelEstimate level;
      level.level = facts_[0].levels[l].level;
      std::vector<double> drift, cka;
      for (const ImageFacts& image : facts_) {
        drift.push_back(image.levels.at(l).drift);
        cka.push_back(image.levels.at(l).cka);
      }
      level.drift = meanOverImages(drift, images_, draws_);
      level.cka = meanOverImages(cka, images_, draws_);
      const auto share = [&](const std::string& variant, int numerator) {
        std::map<std::string, Estimate> shares;
        std::vector<ImageMeasures> patched;
        for (auto& [image, measures] : store_.measures(report_.run.id, variant))
          patched.push_back(measures);
        if (patched.size() != images_.size()) return shares;
        const Resampled outcome =
            resample(std::move(patched), store_.classes(), images_, draws_, progress_);
        std::vector<std::string> keys;
        for (const TaskInfo& task : tasks()) keys.push_back(task.metricKey);
        for (const std::string& name : classesOfInterest())
          for (const char* key : {"ap_box", "ap_mask", "iou", "depth_rmse_m", "inst_depth_abs_rel"})
            keys.push_back(name + "/" + key);
        for (const std::string& key : keys)
          shares[key] = estimate(key,
                                 [&](const std::vector<double>& v) {
                                   const double damage = v[0] - v[1];
                                   if (damage == 0) return Estimate::kNone;
                                   return (numerator > 0 ? v[2] - v[1] : v[0] - v[2]) / damage;
                                 },
                                 false, {&before, &after, &outcome});
        return shares;
      };
      level.undone = share("clean " + level.level, 1);
      level.done = share("attacked " + level.level, -1);
      report_.levels.push_back(std::move(level));
    }
  }

  void shapes() {
    const auto pair = swappedPair(report_.run);
    if (!pair) return;
    std::vector<ShapeRecord> records;
    bool any = false;
    for (const ImageFacts& image : facts_) {
      any = any || image.shapes.has_value();
      records.push_back(image.shapes.value_or(ShapeRecord()));
    }
    if (!any) return;
    const int first = store_.classes()->instanceByName(pair->first);
    const int second = store_.classes()->instanceByName(pair->second);
    for (const int classId : {first, second}) {
      const int other = classId == first ? second : first;
      ShapeEstimate shape;
      shape.classId = classId;
      const std::size_t n = records.size();
      LogMean objectClean(n), objectAttacked(n), locationClean(n), locationAttacked(n),
          flippedClean(n), flippedAttacked(n);
      for (std::size_t i = 0; i < n; ++i) {
        for (const ObjectShape& object : records[i].objects) {
          if (object.classId != classId || object.clean.classId == 0 ||
              object.attacked.classId == 0)
            continue;
          ++shape.objects;
          objectClean.add(i, object.clean.aspect());
          objectAttacked.add(i, object.attacked.aspect());
          report_.arrows.push_back(object);
        }
        for (const LocationShape& location : records[i].locations) {
          if (location.classId != classId) continue;
          ++shape.locations;
          locationClean.add(i, location.clean.aspect());
          locationAttacked.add(i, location.attacked.aspect());
          if (location.clean.classId != classId || location.attacked.classId != other) continue;
          ++shape.flippedLocations;
          flippedClean.add(i, location.clean.aspect());
          flippedAttacked.add(i, location.attacked.aspect());
        }
      }
      shape.objectClean = objectClean.estimate(images_, draws_);
      shape.objectAttacked = objectAttacked.estimate(images_, draws_);
      shape.locationClean = locationClean.estimate(images_, draws_);
      shape.locationAttacked = locationAttacked.estimate(images_, draws_);
      shape.flippedClean = flippedClean.estimate(images_, draws_);
      shape.flippedAttacked = flippedAttacked.estimate(images_, draws_);
      report_.shapes.push_back(std::move(shape));
    }
  }

  void diagnostics() {
    for (const ImageFacts& image : facts_) {
      if (!image.diagnostics) continue;
      report_.warnings += image.diagnostics->warnings.size();
      for (const auto& [task, survives] : image.diagnostics->survivesPng)
        report_.survivesPng[task] += survives ? 1 : 0;
    }
  }

  const ResultStore& store_;
  const Draws& draws_;
  const Progress& progress_;
  RunReport report_;
  Images images_;
  std::vector<ImageMeasures> attacked_;
  std::vector<ImageFacts> facts_;
};

}  // namespace

Estimate estimateOf(double value, std::vector<double> samples, bool keep) {
  Estimate result;
  result.value = value;
  std::vector<double> finite;
  for (const double sample : samples)
    if (std::isfinite(sample)) finite.push_back(sample);
  if (std::isfinite(value) && finite.size() >= 2) {
    std::sort(finite.begin(), finite.end());
    result.low = percentile(finite, 0.025);
    result.high = percentile(finite, 0.975);
  }
  if (keep) result.samples = std::move(samples);
  return result;
}

const MetricEstimate& RunReport::metric(const std::string& key) const {
  static const MetricEstimate kNothing;
  const auto found = metrics.find(key);
  return found == metrics.end() ? kNothing : found->second;
}

bool higherIsBetter(const std::string& key) {
  const std::string name = key.substr(key.find('/') + 1);
  return name.starts_with("ap") || name.ends_with("iou");
}

const RunReport* SweepReport::find(const std::string& attack,
                                   const std::map<std::string, std::string>& options) const {
  const RunReport* found = nullptr;
  for (const RunReport& report : runs) {
    const StoredRun& run = report.run;
    const auto given = [&](const auto& option) {
      return optionOf(run, option.first) == option.second;
    };
    const auto allowed = [&](const auto& option) {
      return option.first == "seed" || options.contains(option.first);
    };
    if (run.attack != attack || !std::all_of(options.begin(), options.end(), given) ||
        !std::all_of(run.changed.begin(), run.changed.end(), allowed))
      continue;
    if (found != nullptr) return nullptr;
    found = &report;
  }
  return found;
}

const RunReport* SweepReport::twin(const RunReport& run, const std::string& attack) const {
  for (const RunReport& report : runs)
    if (report.run.attack == attack && report.run.options == run.run.options) return &report;
  return nullptr;
}

SweepReport reportOf(const ResultStore& store, const BootstrapOptions& options,
                     const Progress& progress) {
  SweepReport report;
  report.about = store.about();
  report.classes = store.classes();
  report.images = store.images();
  report.resamples = options.resamples;
  report.seed = options.seed;
  if (report.images.empty()) throw Error("the results hold no image yet");
  const Draws draws(report.images, options);
  const std::map<std::int64_t, ImageMeasures> clean = store.measures(0);
  const auto total = static_cast<std::int64_t>(store.runs().size());
  for (const StoredRun& run : store.runs()) {
    progress.step(run.id, total, run.title);
    if (run.id == 0) {
      Images images;
      std::vector<ImageFacts> facts;
      for (auto& [image, found] : store.facts(0)) {
        images.push_back(image);
        facts.push_back(std::move(found));
      }
      report.cleanGradients = RunReader::gradients(facts, images, draws);
    } else {
      report.runs.push_back(RunReader(store, run, draws, progress).read(clean));
    }
  }
  progress.step(total, total, "intervals");
  return report;
}

}  // namespace uninet
